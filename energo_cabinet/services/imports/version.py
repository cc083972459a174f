"""Earlier versions of a day side by side: which values a re-sent file replaced (F-9)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlmodel import Session, col, select

from energo_cabinet.auth.access import Subject, service
from energo_cabinet.auth.supplier_access import own_supplier, visible_supplier_point, visible_supplier_points
from energo_cabinet.domain.time.local_day import from_epoch_day, midnight
from energo_cabinet.domain.values.profile_day import MISSING, decode_values
from energo_cabinet.errors import NotFound
from energo_cabinet.models import ImportFile, MeteringPoint, ProfileDay, ProfileDayVersion, ProfileSeries
from energo_cabinet.services.imports.job import visible_import

PAGE = 50
MOST_VERSIONS = 5


@dataclass(frozen=True, slots=True)
class ReplacedDay:
    """A day of a series that an import replaced: sums in Wh before and after."""

    id: int
    point: str
    channel: str
    day: date
    before_wh: int
    after_wh: int


@dataclass(frozen=True, slots=True)
class ReplacedPage:
    """Days in the order they were replaced; `next` goes on after them as `after`."""

    items: tuple[ReplacedDay, ...]
    next: int | None


@dataclass(frozen=True, slots=True)
class DayVersion:
    """One version of a day: where it came from (`file_name` "" for what no file brought) and how long it held good."""

    file_name: str
    number: int | None
    job_id: int | None
    arrived_at: datetime | None
    until: datetime | None
    total_wh: int


@dataclass(frozen=True, slots=True)
class SlotValues:
    """A slot: local time of its beginning, Wh in every version (None: a gap)."""

    start: datetime
    values: tuple[int | None, ...]


@dataclass(frozen=True, slots=True)
class DayVersions:
    """The versions of a day, oldest first, the last one in force."""

    point_id: int
    point: str
    point_name: str
    channel: str
    day: date
    step_min: int
    versions: tuple[DayVersion, ...]
    slots: tuple[SlotValues, ...]


@service("staff:imports", "import.replaced_days")
def replaced_days(session: Session, subject: Subject, job_id: int, after: int = 0) -> ReplacedPage:
    """Days that an import replaced."""
    job = visible_import(session, subject, job_id)
    files = select(ImportFile.id).where(ImportFile.job_id == job.id)
    query = (
        select(ProfileDayVersion, ProfileSeries.channel, MeteringPoint.number)
        .join(ProfileSeries, col(ProfileSeries.id) == ProfileDayVersion.series_id)
        .join(MeteringPoint, col(MeteringPoint.id) == ProfileSeries.point_id)
        .where(col(ProfileDayVersion.replaced_by_file_id).in_(files), col(ProfileDayVersion.id) > after)
        .where(MeteringPoint.supplier_id == job.supplier_id)
    )
    rows = session.exec(query.order_by(col(ProfileDayVersion.id)).limit(PAGE + 1)).all()
    items = tuple(
        ReplacedDay(v.id, number, channel, from_epoch_day(v.day), v.total, _next(session, v).total)
        for v, channel, number in rows[:PAGE]
    )
    return ReplacedPage(items, items[-1].id if len(rows) > PAGE else None)


@service("staff:imports", "import.day_versions")
def day_versions(session: Session, subject: Subject, version_id: int) -> DayVersions:
    """All versions of the day that a version on record belongs to; NotFound for another supplier's."""
    own = visible_supplier_points(subject).with_only_columns(col(MeteringPoint.id))
    query = (
        select(ProfileDayVersion, ProfileSeries)
        .join(ProfileSeries, col(ProfileSeries.id) == ProfileDayVersion.series_id)
        .where(ProfileDayVersion.id == version_id, col(ProfileSeries.point_id).in_(own))
    )
    found = session.exec(query).first()
    if found is None:
        raise NotFound
    version, series = found
    point = visible_supplier_point(session, subject, series.point_id)
    rows = _all_versions(session, version.series_id, version.day)
    zone = ZoneInfo(own_supplier(session, subject, point.supplier_id).zone_name)
    step_min = min(row.step_min for row in rows)
    return DayVersions(
        point_id=point.id,
        point=point.number,
        point_name=point.name,
        channel=series.channel,
        day=from_epoch_day(version.day),
        step_min=step_min,
        versions=_described(session, rows, zone),
        slots=_slots(rows, point, step_min),
    )


Row = ProfileDayVersion | ProfileDay


def _all_versions(session: Session, series_id: int, day: int) -> list[Row]:
    """The newest MOST_VERSIONS, oldest first; the one in force last."""
    mine = (ProfileDayVersion.series_id == series_id, ProfileDayVersion.day == day)
    newest = select(ProfileDayVersion).where(*mine).order_by(col(ProfileDayVersion.id).desc()).limit(MOST_VERSIONS - 1)
    rows: list[Row] = [*reversed(session.exec(newest).all())]
    current = session.get(ProfileDay, (series_id, day))
    return [*rows, current] if current else rows


def _next(session: Session, version: ProfileDayVersion) -> Row:
    """What came after a version."""
    later = select(ProfileDayVersion).where(
        ProfileDayVersion.series_id == version.series_id,
        ProfileDayVersion.day == version.day,
        col(ProfileDayVersion.id) > version.id,
    )
    found: Row | None = session.exec(later.order_by(col(ProfileDayVersion.id)).limit(1)).first()
    return found or session.get(ProfileDay, (version.series_id, version.day)) or version


def _described(session: Session, rows: Sequence[Row], zone: ZoneInfo) -> tuple[DayVersion, ...]:
    ids = {row.file_id for row in rows if row.file_id}
    files = {file.id: file for file in session.exec(select(ImportFile).where(col(ImportFile.id).in_(ids)))}
    made = []
    for row in rows:
        file = files.get(row.file_id or 0)
        until = row.replaced_at.astimezone(zone) if isinstance(row, ProfileDayVersion) else None
        name, number = (file.name, file.message_number) if file else ("", None)
        arrived = file.imported_at.astimezone(zone) if file else None
        made.append(DayVersion(name, number, file.job_id if file else None, arrived, until, row.total))
    return tuple(made)


def _slots(rows: Sequence[Row], point: MeteringPoint, step_min: int) -> tuple[SlotValues, ...]:
    """Every version on the finest step; a value of a longer interval stands at its beginning."""
    start, zone = midnight(from_epoch_day(rows[-1].day), point.zone_name), ZoneInfo(point.zone_name)
    columns = []
    for row in rows:
        every = row.step_min // step_min
        values = decode_values(row.vals).tolist()
        columns.append({index * every: value for index, value in enumerate(values) if value != MISSING})
    count = max(len(decode_values(row.vals)) * (row.step_min // step_min) for row in rows)
    return tuple(
        SlotValues(
            (start.astimezone(UTC) + timedelta(minutes=step_min * slot)).astimezone(zone),
            tuple(column.get(slot) for column in columns),
        )
        for slot in range(count)
    )
