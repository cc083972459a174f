"""Reads of points and their interval data that several use cases share, by statements built once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, cast

from sqlalchemy import Select, bindparam, literal_column
from sqlmodel import Session, col, select

from energo_cabinet.auth.access import Subject, prepare_point, visible_point_rows
from energo_cabinet.domain.time.local_day import epoch_day
from energo_cabinet.domain.values.profile_day import DayRow
from energo_cabinet.models import MeteringPoint, ProfileDay, ProfileSeries


@dataclass(frozen=True, slots=True)
class SeriesHead:
    """A series: `is_primary` when its values already carry the transformer ratio."""

    id: int
    channel: str
    is_primary: bool


@dataclass(frozen=True, slots=True)
class PointHead:
    """What the figures of a point depend on. `ratio`: current × voltage; series by channel."""

    id: int
    zone_name: str
    tariff_id: int | None
    ratio: Decimal
    series: tuple[SeriesHead, ...]

    def channel(self, name: object) -> SeriesHead | None:
        """The series of a channel."""
        return next((s for s in self.series if s.channel == name), None)


_HEAD = {
    is_system: query.outerjoin(ProfileSeries, col(ProfileSeries.point_id) == MeteringPoint.id)
    .add_columns(col(ProfileSeries.id), col(ProfileSeries.channel), col(ProfileSeries.is_primary))
    .order_by(col(ProfileSeries.channel))
    for is_system, query in prepare_point(
        MeteringPoint.zone_name,
        MeteringPoint.tariff_id,
        MeteringPoint.current_ratio,
        MeteringPoint.voltage_ratio,
    ).items()
}


def _days(vals: Any) -> Select[Any]:
    columns: tuple[Any, ...] = (ProfileDay.day, ProfileDay.step_min, ProfileDay.n, ProfileDay.total, vals, ProfileDay.q)
    query: Select[Any] = (
        select(*columns)
        .where(
            ProfileDay.series_id == bindparam("series"),
            col(ProfileDay.day).between(bindparam("first"), bindparam("last")),
        )
        .order_by(ProfileDay.day)
    )
    return query


_OPEN, _CLOSED = _days(ProfileDay.vals), _days(literal_column("NULL"))


def point_head(session: Session, subject: Subject, point_id: int) -> PointHead:
    """One visible point with its series, or NotFound."""
    rows = visible_point_rows(session, subject, _HEAD, point_id)
    zone_name, tariff_id, current, voltage = rows[0][:4]
    series = tuple(SeriesHead(*row[4:7]) for row in rows if row[4] is not None)
    return PointHead(point_id, zone_name, tariff_id, current * voltage, series)


def day_rows(session: Session, series_id: int, first: date, last: date, with_values: bool = True) -> list[DayRow]:
    """Rows of the days `first`…`last`, ascending; without values `vals` is None and the blobs stay closed."""
    params = {"series": series_id, "first": epoch_day(first), "last": epoch_day(last)}
    found = session.connection().execute(_OPEN if with_values else _CLOSED, params)
    rows = found.cursor.fetchall()  # integers and bytes need no conversion: the driver's tuples cost a third less
    found.close()
    return cast(list[DayRow], rows)
