"""A file of measured values into the database: all of it or nothing, the same file twice changes nothing (F-9)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType

import numpy as np
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, col, select

from energo_cabinet.auth.access import Subject, service
from energo_cabinet.domain.journal.records import LoggedEvent
from energo_cabinet.domain.network.network import decode
from energo_cabinet.domain.time.local_day import local_day
from energo_cabinet.domain.values.profile_day import MISSING, Change, DayRow, relocate
from energo_cabinet.errors import ImportRefused
from energo_cabinet.formats.files.content import MERGE, FileContent, FormatError, NetworkInFile
from energo_cabinet.formats.files.content import Notice as Notice
from energo_cabinet.formats.files.options import ReadOptions
from energo_cabinet.formats.process.parsing import ParseProcess
from energo_cabinet.formats.process.reader import Progress
from energo_cabinet.models import ImportFile, MeteringPoint, ProfileSeries, Supplier
from energo_cabinet.services.imports.match import Matched, Unknown, match
from energo_cabinet.services.notice.live_event import tell_measured
from energo_cabinet.services.reminders.alarm import tell_of_alarms
from energo_cabinet.services.supplier.supplier import supplier_of
from energo_cabinet.services.values.event_write import store_events
from energo_cabinet.services.values.meter_write import store_meters
from energo_cabinet.services.values.network_write import is_ahead, store_network, store_norms
from energo_cabinet.services.values.profile_write import store_days
from energo_cabinet.services.values.reading_write import store_readings
from energo_cabinet.services.values.transformer_write import store_transformers


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What a file held and what became of its values. `total_wh`: channel → sum of the file's interval values.

    `refused`: rows left out, the first of `refused_rows`.
    """

    format: str
    points: int
    channels: int
    days: int
    values: int
    change: Change
    total_wh: Mapping[str, int]
    warnings: Sequence[Notice] = field(default_factory=tuple)
    refused: Sequence[Notice] = field(default_factory=tuple)
    refused_rows: int = 0


class FileReader:
    """Reads files in a process of their own: `with FileReader() as reader: reader.read(path, options)`."""

    def __init__(self) -> None:
        self._process = ParseProcess()

    def __enter__(self) -> FileReader:
        self._process.__enter__()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._process.__exit__(kind, error, at)

    def read(
        self,
        path: Path,
        options: ReadOptions,
        progress: Progress | None = None,
        tick: Callable[[], None] = lambda: None,
    ) -> list[FileContent]:
        """What a file, or each file of an archive, says; ImportRefused with lines and reasons.

        `tick` is called now and then; what it raises ends the reading.
        """
        self._process.tick = tick
        try:
            return self._process.read(path, options, progress)
        except FormatError as error:
            raise ImportRefused(error.notices) from error


@service("system", "import.store_contents")
def store_contents(
    session: Session,
    subject: Subject,
    supplier_code: str,
    contents: Sequence[FileContent],
    create_points: bool = False,
    point_zone: str = "",
) -> ImportReport:
    """Store what `FileReader.read` returned. Created points get `point_zone`, else the file's own zone.

    CabinetError "unknown_supplier" or "unknown_points"; ImportRefused when a point's slots do not meet the file's.
    """
    supplier = supplier_of(session, supplier_code)
    unknown = Unknown.CREATE if create_points else Unknown.REFUSE_FILE
    return store_files(session, subject, supplier, contents, unknown, point_zone)


def store_files(
    session: Session,
    subject: Subject,
    supplier: Supplier,
    contents: Sequence[FileContent],
    unknown: Unknown,
    point_zone: str = "",
    job_id: int | None = None,
) -> ImportReport:
    """`store_contents` of a supplier's own file; the caller has been let in already."""
    session.exec(select(Supplier).where(Supplier.id == supplier.id).with_for_update())  # one import at a time
    done = [_store(session, subject, supplier, content, unknown, point_zone, job_id) for content in contents]
    return _summary([matched.content for matched, _ in done], done)


def _store(
    session: Session,
    subject: Subject,
    supplier: Supplier,
    content: FileContent,
    unknown: Unknown,
    point_zone: str,
    job_id: int | None,
) -> tuple[Matched, Change]:
    if is_ahead(content.network, subject.at):
        raise ImportRefused([Notice("network_ahead")])
    file, is_again = _file(session, subject, supplier, content, job_id)
    matched = match(session, supplier, content, unknown, point_zone)
    done = _store_values(session, subject, matched, file.id)
    done = done.plus(store_meters(session, supplier, content.serials))
    if done.stored or done.replaced or done.removed:
        owners = {p.contract_id for p in matched.points.values() if p.contract_id}
        tell_measured(session, subject, owners)
    file.values = _count(matched.content)
    file.stored, file.replaced, file.unchanged = done.stored, done.replaced, done.unchanged
    if is_again and not (done.stored or done.replaced or done.removed):
        session.delete(file)
    session.flush()
    return matched, done


def _file(
    session: Session, subject: Subject, supplier: Supplier, content: FileContent, job_id: int | None
) -> tuple[ImportFile, bool]:
    """The row of a file, and whether the very same file has come before."""
    same = select(ImportFile.id).where(ImportFile.supplier_id == supplier.id, ImportFile.sha256 == content.sha256)
    earlier = session.exec(same).first()
    file = ImportFile(
        supplier_id=supplier.id,
        job_id=job_id,
        name=content.name[-255:],
        sha256=content.sha256,
        format=content.format,
        message_number=content.number,
        imported_at=subject.at,
    )
    session.add(file)
    session.flush()  # takes SQLite's write lock before anything is compared
    return file, earlier is not None


def _store_values(session: Session, subject: Subject, matched: Matched, file_id: int | None) -> Change:
    content, points = matched.content, matched.points
    ids = {number: point.id for number, point in points.items()}
    done = _store_series(session, subject, content, points, file_id)
    done = done.plus(store_readings(session, content.registers, ids, file_id, subject.at))
    done = done.plus(_store_events(session, content, points, file_id))
    if content.events:
        tell_of_alarms(session, subject, points.values(), file_id)
    done = done.plus(store_transformers(session, content.transformers, ids))
    done = done.plus(store_network(session, subject, content.network, points, file_id))
    return done.plus(store_norms(session, content.norms, ids))


def _store_events(
    session: Session, content: FileContent, points: Mapping[str, MeteringPoint], file_id: int | None
) -> Change:
    events: dict[int, list[LoggedEvent]] = {}
    for sent in content.events:
        events.setdefault(points[sent.point].id, []).append(sent.event)
    return store_events(session, events, {p.id: p.zone_name for p in points.values()}, file_id)


def _store_series(
    session: Session, subject: Subject, content: FileContent, points: Mapping[str, MeteringPoint], file_id: int | None
) -> Change:
    ids = _series_ids(session, content, points)
    whole: list[tuple[int, DayRow]] = []
    moved: list[tuple[int, DayRow]] = []
    for series in content.series:
        point = points[series.point]
        series_id = ids[point.id, series.channel]
        if point.zone_name == content.zone_name:
            whole += [(series_id, row) for row in series.rows]
        else:
            moved += [(series_id, row) for row in _relocated(series.rows, content.zone_name, point)]
    done = store_days(session, whole, file_id, subject.at, merging=content.mode == MERGE)
    # A day of the file covers parts of two days of such a point: only what it says may be replaced.
    return done.plus(store_days(session, moved, file_id, subject.at, merging=True))


def _relocated(rows: Sequence[DayRow], zone_name: str, point: MeteringPoint) -> list[DayRow]:
    try:
        return relocate(rows, zone_name, point.zone_name)
    except ValueError as error:
        params = {"point": point.number, "zone": point.zone_name, "file_zone": zone_name}
        raise ImportRefused([Notice("zones_do_not_meet", 0, params)]) from error


def _series_ids(
    session: Session, content: FileContent, points: Mapping[str, MeteringPoint]
) -> dict[tuple[int, str], int]:
    """Ids of (point id, channel), made where there are none."""
    if not content.series:
        return {}
    values = [
        {"point_id": points[s.point].id, "channel": s.channel, "description": s.description, "is_primary": True}
        for s in content.series
    ]
    dialect = sqlite if session.connection().dialect.name == "sqlite" else postgresql
    session.connection().execute(dialect.insert(ProfileSeries).on_conflict_do_nothing(), values)
    found: dict[tuple[int, str], int] = {}
    wanted = sorted({points[s.point].id for s in content.series})
    for at in range(0, len(wanted), 10_000):
        query = select(ProfileSeries.point_id, ProfileSeries.channel, ProfileSeries.id).where(
            col(ProfileSeries.point_id).in_(wanted[at : at + 10_000])
        )
        found |= {(point_id, channel): series_id or 0 for point_id, channel, series_id in session.exec(query)}
    return found


def _count(content: FileContent) -> int:
    intervals = sum(row.n for series in content.series for row in series.rows)
    network = sum(_network_values(one) for one in content.network)
    facts = len(content.events) + len(content.transformers) + len(content.norms)
    return intervals + network + len(content.registers) + len(content.serials) + facts


def _network_values(one: NetworkInFile) -> int:
    if not one.step_min:
        return len(one.latest)
    return sum(int((decode(column) != MISSING).sum()) for column in one.columns.values())


def _summary(contents: Sequence[FileContent], stored: Sequence[tuple[Matched, Change]]) -> ImportReport:
    total: dict[str, int] = {}
    days: set[int] = set()
    done, warnings = Change(), [notice for content in contents for notice in content.warnings]
    for content, (_, changed) in zip(contents, stored, strict=True):
        done = done.plus(changed)
        warnings += [Notice("values_removed", 0, {"count": changed.removed})] if changed.removed else []
        days |= {row.day for series in content.series for row in series.rows}
        moments = [r.read_at for r in content.registers] + [sent.event.started for sent in content.events]
        moments += [start for one in content.network for start in (*np.frombuffer(one.starts, "<i8"), one.latest_at)]
        days |= {local_day(datetime.fromtimestamp(at, UTC), content.zone_name).toordinal() for at in moments}
        for series in content.series:
            total[series.channel] = total.get(series.channel, 0) + sum(row.total for row in series.rows)
    registers = {(r.point, r.channel, r.zone) for content in contents for r in content.registers}
    channels = {(series.point, series.channel, "") for content in contents for series in content.series} | registers
    channels |= {(one.point, code, "") for content in contents for one in content.network for code in one.latest}
    return ImportReport(
        format="+".join(dict.fromkeys(content.format for content in contents)),
        points=len({point.id for matched, _ in stored for point in matched.points.values()}),
        channels=len(channels),
        days=len(days),
        values=sum(_count(content) for content in contents),
        change=done,
        total_wh=dict(sorted(total.items())),
        warnings=warnings,
        refused=[notice for matched, _ in stored for notice in matched.refused],
        refused_rows=sum(matched.rows for matched, _ in stored),
    )
