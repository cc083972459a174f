"""The data quality board of a supplier: who is silent, what is missing by day, what is estimated (F-9, Э-56)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

import numpy as np
from sqlalchemy import exists, func
from sqlmodel import Session, col, select

from energo_cabinet.auth.access import Subject, service
from energo_cabinet.auth.supplier_access import visible_supplier_points
from energo_cabinet.domain.time.local_day import epoch_day, from_epoch_day, local_day, midnight, slots_of_day
from energo_cabinet.domain.values.profile_day import MISSING, decode_values
from energo_cabinet.models import (
    Channel,
    MeteringPoint,
    MeterInstallation,
    MeterReading,
    ProfileDay,
    ProfileSeries,
    ReadingQuality,
)
from energo_cabinet.settings import get_settings

DAYS = 31
PAGE, MOST = 20, 100
SILENT_SHOWN = 500
USUAL_STEP = 30


@dataclass(frozen=True, slots=True)
class SilentPoint:
    """A point whose values have stopped; `last_at` local, None: nothing ever came. `days`: whole days since then."""

    id: int
    number: str
    name: str
    last_at: datetime | None
    days: int | None
    by_hand: bool


@dataclass(frozen=True, slots=True)
class SilentPage:
    """The worst first; `next`: how many to skip for the next page, None on the last; `total` of all (at most shown)."""

    points: tuple[SilentPoint, ...]
    next: int | None
    total: int


class DayCell(NamedTuple):
    """Values of a point on a day: came, expected, and of those that came how many are estimated, non-commercial."""

    present: int
    expected: int
    estimated: int = 0
    non_commercial: int = 0


@dataclass(frozen=True, slots=True)
class HeatRow:
    """A point with a cell for each day."""

    id: int
    number: str
    name: str
    cells: tuple[DayCell, ...]

    @property
    def whole(self) -> DayCell:
        """All days together."""
        return DayCell(*(sum(column) for column in zip(*self.cells, strict=True)))


@dataclass(frozen=True, slots=True)
class HeatPage:
    """Points by number over `days`; `next`: the number to go on after, None on the last page."""

    days: tuple[date, ...]
    rows: tuple[HeatRow, ...]
    next: str | None


@service("staff:quality", "quality.silent_points")
def silent_points(session: Session, subject: Subject, skip: int = 0, limit: int = PAGE) -> SilentPage:
    """Points that stand with a meter and have not reported for longer than the settings allow."""
    skip, limit = max(0, min(skip, SILENT_SHOWN)), max(1, min(limit, MOST))
    found = [*_silent_profiles(session, subject), *_silent_by_hand(session, subject)]
    found.sort(key=lambda point: (point.days is not None, -(point.days or 0), point.number))
    shown = [_exact(session, subject, point) for point in found[skip : skip + limit]]
    return SilentPage(tuple(shown), skip + limit if len(found) > skip + limit else None, len(found))


@service("staff:quality", "quality.completeness")
def completeness(session: Session, subject: Subject, after: str = "", limit: int = PAGE) -> HeatPage:
    """How much of the last 31 days came, by point and day."""
    limit = max(1, min(limit, MOST))
    query = (
        visible_supplier_points(subject)
        .join(ProfileSeries, col(ProfileSeries.point_id) == MeteringPoint.id)
        .where(ProfileSeries.channel == Channel.A_PLUS, col(MeteringPoint.number) > after)
        .order_by(col(MeteringPoint.number))
        .limit(limit + 1)
        .with_only_columns(MeteringPoint, ProfileSeries.id)  # type: ignore[call-overload]
    )
    found: list[tuple[MeteringPoint, int]] = list(session.execute(query))
    days = last_days(subject)
    cells = _cells(session, {series: point for point, series in found[:limit]}, days)
    rows = (HeatRow(point.id, point.number, point.name, cells[series]) for point, series in found[:limit])
    return HeatPage(days, tuple(rows), found[limit - 1][0].number if len(found) > limit else None)


@service("staff:quality", "quality.shares", audited=False)
def quality_shares(session: Session, subject: Subject) -> DayCell:
    """The last 31 days of all points of the supplier together."""
    days = last_days(subject)
    own = visible_supplier_points(subject).join(ProfileSeries, col(ProfileSeries.point_id) == MeteringPoint.id)
    own = own.where(ProfileSeries.channel == Channel.A_PLUS)
    zones = own.with_only_columns(MeteringPoint.zone_name, func.count()).group_by(col(MeteringPoint.zone_name))  # type: ignore[call-overload]
    expected = sum(
        count * slots_of_day(day, zone, USUAL_STEP) for zone, count in session.execute(zones) for day in days
    )
    rows = own.join(ProfileDay, col(ProfileDay.series_id) == ProfileSeries.id)
    rows = rows.where(col(ProfileDay.day).between(epoch_day(days[0]), epoch_day(days[-1])))
    columns = (MeteringPoint.zone_name, ProfileDay.day, ProfileDay.step_min, func.count(), func.sum(ProfileDay.n))
    grouped = rows.with_only_columns(*columns).group_by(*columns[:3])  # type: ignore[call-overload]
    present = 0
    for zone, day, step, count, values in session.execute(grouped):
        present += int(values)
        usual = slots_of_day(from_epoch_day(day), zone, USUAL_STEP)
        expected += count * (slots_of_day(from_epoch_day(day), zone, step) - usual)
    flagged = rows.where(col(ProfileDay.q).is_not(None)).with_only_columns(ProfileDay.q)  # type: ignore[call-overload]
    marks = [_marks(q) for q in session.scalars(flagged)]
    return DayCell(present, expected, sum(m[0] for m in marks), sum(m[1] for m in marks))


def last_days(subject: Subject) -> tuple[date, ...]:
    """The last 31 days that are over everywhere."""
    last = local_day(subject.at, get_settings().default_zone) - timedelta(days=1)
    return tuple(last - timedelta(days=back) for back in range(DAYS - 1, -1, -1))


def _cells(session: Session, points: dict[int, MeteringPoint], days: Sequence[date]) -> dict[int, tuple[DayCell, ...]]:
    """Series → a cell for each day; blobs of values stay closed, flags are read where there are any."""
    columns = (ProfileDay.series_id, ProfileDay.day, ProfileDay.step_min, ProfileDay.n, ProfileDay.q)
    query = select(*columns).where(  # type: ignore[call-overload]
        col(ProfileDay.series_id).in_(points), col(ProfileDay.day).between(epoch_day(days[0]), epoch_day(days[-1]))
    )
    found: dict[tuple[int, int], DayCell] = {}
    steps = dict.fromkeys(points, USUAL_STEP)
    for series, day, step, n, q in session.execute(query):
        steps[series] = step
        expected = slots_of_day(from_epoch_day(day), points[series].zone_name, step)
        found[series, day] = DayCell(n, expected, *(_marks(q) if q else (0, 0)))
    return {
        series: tuple(
            found.get((series, epoch_day(day)), DayCell(0, slots_of_day(day, point.zone_name, steps[series])))
            for day in days
        )
        for series, point in points.items()
    }


def _marks(q: bytes) -> tuple[int, int]:
    """Estimated and non-commercial values of a day."""
    counts = np.bincount(np.frombuffer(q, np.uint8), minlength=len(ReadingQuality))
    return int(counts[ReadingQuality.ESTIMATED]), int(counts[ReadingQuality.NON_COMMERCIAL])


def _standing() -> Any:
    here = (MeterInstallation.point_id == MeteringPoint.id, col(MeterInstallation.removed_on).is_(None))
    return exists(select(MeterInstallation.id).where(*here))


def _silent_profiles(session: Session, subject: Subject) -> Iterable[SilentPoint]:
    today = local_day(subject.at, get_settings().default_zone)
    newest = select(func.max(ProfileDay.day)).where(ProfileDay.series_id == ProfileSeries.id).scalar_subquery()
    oldest_good = epoch_day(today) - max(1, get_settings().data_missing_hours // 24)
    query = (
        visible_supplier_points(subject)
        .join(ProfileSeries, col(ProfileSeries.point_id) == MeteringPoint.id)
        .where(ProfileSeries.channel == Channel.A_PLUS, _standing(), func.coalesce(newest, 0) < oldest_good)
        .with_only_columns(MeteringPoint, newest)
        .order_by(newest)
        .limit(SILENT_SHOWN)
    )
    for point, day in session.execute(query):
        last = midnight(from_epoch_day(day + 1), point.zone_name) if day is not None else None
        yield _silent(point, last, subject, by_hand=False)


def _silent_by_hand(session: Session, subject: Subject) -> Iterable[SilentPoint]:
    newest = (
        select(func.max(MeterReading.read_at))
        .where(MeterReading.point_id == MeteringPoint.id, MeterReading.channel == Channel.A_PLUS)
        .scalar_subquery()
    )
    profiled = exists(select(ProfileSeries.id).where(ProfileSeries.point_id == MeteringPoint.id))
    long_ago = subject.at - timedelta(days=get_settings().reading_silent_days)
    query = (
        visible_supplier_points(subject)
        .where(_standing(), ~profiled, (newest < long_ago) | newest.is_(None))
        .with_only_columns(MeteringPoint, newest)
        .order_by(newest)
        .limit(SILENT_SHOWN)
    )
    for point, at in session.execute(query):
        yield _silent(point, at, subject, by_hand=True)


def _silent(point: MeteringPoint, last_at: datetime | None, subject: Subject, by_hand: bool) -> SilentPoint:
    local = last_at.astimezone(ZoneInfo(point.zone_name)) if last_at else None
    days = (subject.at - last_at).days if last_at else None
    return SilentPoint(point.id, point.number, point.name, local, days, by_hand)


def _exact(session: Session, subject: Subject, point: SilentPoint) -> SilentPoint:
    """With the very moment of the last value: one day's values are opened for a line that is shown."""
    if point.by_hand or point.last_at is None:
        return point
    query = (
        select(ProfileDay, MeteringPoint.zone_name)
        .join(ProfileSeries, col(ProfileSeries.id) == ProfileDay.series_id)
        .join(MeteringPoint, col(MeteringPoint.id) == ProfileSeries.point_id)
        .where(ProfileSeries.point_id == point.id, ProfileSeries.channel == Channel.A_PLUS)
        .order_by(col(ProfileDay.day).desc())
    )
    row, zone = session.exec(query).first() or (None, "")
    present = np.flatnonzero(decode_values(row.vals) != MISSING) if row else np.array([], int)
    if row is None or not len(present):
        return point
    slots = timedelta(minutes=row.step_min * (int(present[-1]) + 1))
    last = midnight(from_epoch_day(row.day), zone) + slots
    return SilentPoint(
        point.id, point.number, point.name, last.astimezone(ZoneInfo(zone)), (subject.at - last).days, point.by_hand
    )
