"""What of a file concerns the supplier's own points: the rest is refused by row, whoever else's it may be."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import Enum
from zoneinfo import ZoneInfo

from sqlmodel import Session, col, select

from energo_cabinet.errors import CabinetError
from energo_cabinet.formats.files.content import FileContent, Notice, ReadingInFile, RegisterInFile
from energo_cabinet.models import Meter, MeteringPoint, MeterInstallation, Supplier
from energo_cabinet.services.supplier.supplier import some

AT_ONCE = 10_000
MOST_TOLD = 5_000


class Unknown(Enum):
    """What becomes of points the supplier has not."""

    REFUSE_FILE = 1
    REFUSE_ROWS = 2
    CREATE = 3


@dataclass(frozen=True, slots=True)
class Matched:
    """A file cut down to known points, those points by number, and what was left out (`rows`: values)."""

    content: FileContent
    points: Mapping[str, MeteringPoint]
    refused: Sequence[Notice]
    rows: int


def match(session: Session, supplier: Supplier, content: FileContent, unknown: Unknown, zone_name: str = "") -> Matched:
    """Find, create (in `zone_name`, else the file's) or refuse the points of a file; CabinetError "unknown_points"."""
    told = {row.point: row.line for row in reversed(content.readings) if row.point}
    names = {number: number for number in told} | {point.number: point.name for point in content.points}
    points = _known(session, supplier, names)
    missing = [number for number in names if number not in points]
    if missing:
        serials = {point.number: point.serial or point.number for point in content.points}
        points |= _by_serial(session, supplier, {n: serials.get(n, n) for n in missing})
        missing = [number for number in missing if number not in points]
    if missing and unknown is Unknown.REFUSE_FILE:
        raise CabinetError("unknown_points", "points", points=some(missing))
    if missing and unknown is Unknown.CREATE:
        points |= _created(session, supplier, {n: names[n] for n in missing}, zone_name or content.zone_name)
        missing = []
    lines = told | {point.number: point.line for point in content.points}
    values = _values_by_point(content) if missing else Counter[str]()
    refused = [
        Notice("unknown_point", lines.get(n, 0), {"point": n[:60], "values": values[n]}, _member(content))
        for n in missing
    ]
    kept = _without(content, set(missing)) if missing else content
    registers, by_row = _registers(session, supplier, kept, points)
    rows = sum(max(values[n], 1) for n in missing) + len(by_row) + content.refused_rows
    told_refused = [*(_placed(notice, content) for notice in content.refused), *refused, *by_row][:MOST_TOLD]
    return Matched(replace(kept, registers=[*kept.registers, *registers], readings=[]), points, told_refused, rows)


def _known(session: Session, supplier: Supplier, numbers: Iterable[str]) -> dict[str, MeteringPoint]:
    wanted, known = list(numbers), dict[str, MeteringPoint]()
    for at in range(0, len(wanted), AT_ONCE):
        query = select(MeteringPoint).where(
            MeteringPoint.supplier_id == supplier.id, col(MeteringPoint.number).in_(wanted[at : at + AT_ONCE])
        )
        known |= {row.number: row for row in session.exec(query)}
    return known


def _by_serial(session: Session, supplier: Supplier, serials: Mapping[str, str]) -> dict[str, MeteringPoint]:
    """Points named by the number of the meter that stands there now."""
    standing: dict[str, list[MeteringPoint]] = {}
    wanted = sorted(set(serials.values()))
    for at in range(0, len(wanted), AT_ONCE):
        query = (
            select(Meter.serial_number, MeteringPoint)
            .join(MeterInstallation, col(MeterInstallation.meter_id) == Meter.id)
            .join(MeteringPoint, col(MeteringPoint.id) == MeterInstallation.point_id)
            .where(Meter.supplier_id == supplier.id, MeteringPoint.supplier_id == supplier.id)
            .where(col(Meter.serial_number).in_(wanted[at : at + AT_ONCE]), col(MeterInstallation.removed_on).is_(None))
        )
        for serial, point in session.exec(query):
            standing.setdefault(serial, []).append(point)
    return {n: standing[s][0] for n, s in serials.items() if len(standing.get(s, ())) == 1}


def _created(
    session: Session, supplier: Supplier, names: Mapping[str, str], zone_name: str
) -> dict[str, MeteringPoint]:
    made = {
        number: MeteringPoint(supplier_id=supplier.id, number=number, name=name, zone_name=zone_name)
        for number, name in names.items()
    }
    session.add_all(made.values())
    session.flush()
    return made


def _values_by_point(content: FileContent) -> Counter[str]:
    counted = Counter({series.point: 0 for series in content.series})
    for series in content.series:
        counted[series.point] += sum(row.n for row in series.rows)
    for rows in (content.registers, content.events, content.transformers, content.network, content.norms):
        counted.update(one.point for one in rows)
    for row in content.readings:
        counted[row.point] += bool(row.point)
    return counted


def _without(content: FileContent, gone: set[str]) -> FileContent:
    return replace(
        content,
        points=[point for point in content.points if point.number not in gone],
        series=[one for one in content.series if one.point not in gone],
        registers=[one for one in content.registers if one.point not in gone],
        events=[one for one in content.events if one.point not in gone],
        transformers=[one for one in content.transformers if one.point not in gone],
        network=[one for one in content.network if one.point not in gone],
        norms=[one for one in content.norms if one.point not in gone],
        readings=[row for row in content.readings if row.point not in gone],
    )


def _registers(
    session: Session, supplier: Supplier, content: FileContent, points: dict[str, MeteringPoint]
) -> tuple[list[RegisterInFile], list[Notice]]:
    """Rows of a table of readings as readings of points; rows of unknown meters are refused."""
    places = _places(session, supplier, {row.serial for row in content.readings if row.serial})
    numbers = {point.id: number for number, point in points.items()}
    made: list[RegisterInFile] = []
    refused: list[Notice] = []
    for row in content.readings:
        number = row.point or _standing(row, places, supplier, points, numbers)
        if number in points:
            made.append(RegisterInFile(number, row.channel, row.zone, row.read_at, row.register_wh, 0))
        else:
            code = "meter_not_installed" if row.serial in places else "unknown_serial"
            refused.append(Notice(code, row.line, {"serial": row.serial}, _member(content)))
    return made, refused


Place = tuple[MeteringPoint, int, int]


def _places(session: Session, supplier: Supplier, serials: set[str]) -> dict[str, list[Place]]:
    """Serial number → where and when the meter stood; an empty list for a meter in store."""
    wanted, found = sorted(serials), dict[str, list[Place]]()
    for at in range(0, len(wanted), AT_ONCE):
        query = (
            select(Meter.serial_number, MeteringPoint, MeterInstallation)
            .outerjoin(MeterInstallation, col(MeterInstallation.meter_id) == Meter.id)
            .outerjoin(MeteringPoint, col(MeteringPoint.id) == MeterInstallation.point_id)
            .where(Meter.supplier_id == supplier.id, col(Meter.serial_number).in_(wanted[at : at + AT_ONCE]))
        )
        for serial, point, stood in session.exec(query):
            places = found.setdefault(serial, [])
            if point is not None:
                end = stood.removed_on.toordinal() if stood.removed_on else 10**7
                places.append((point, stood.installed_on.toordinal(), end))
    return found


def _standing(
    row: ReadingInFile,
    places: Mapping[str, Sequence[Place]],
    supplier: Supplier,
    points: dict[str, MeteringPoint],
    numbers: dict[int, str],
) -> str:
    """Number of the point where the row's meter stood at the row's moment; "" when it stood nowhere."""
    day = datetime.fromtimestamp(row.read_at, UTC).astimezone(ZoneInfo(supplier.zone_name)).date().toordinal()
    found = {p.id: p for p, first, end in places.get(row.serial, ()) if first <= day <= end}
    if len(found) != 1:
        return ""
    (point,) = found.values()
    if point.id not in numbers:
        numbers[point.id] = point.number
        points[point.number] = point
    return numbers[point.id]


def _member(content: FileContent) -> str:
    """The file's name within its archive."""
    return content.name.partition("/")[2][:200]


def _placed(notice: Notice, content: FileContent) -> Notice:
    return notice if notice.member else replace(notice, member=_member(content))
