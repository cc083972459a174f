"""Reads of interval data that several use cases share; the caller has checked whose point it is."""

from __future__ import annotations

from datetime import date
from typing import cast

from sqlalchemy import ColumnElement, literal_column
from sqlmodel import Session, col, select

from energo_cabinet.domain.clock import epoch_day
from energo_cabinet.domain.profile_day import DayRow
from energo_cabinet.models import ProfileDay, ProfileSeries

_CLOSED: ColumnElement[bytes] = literal_column("NULL")
_HEAD = (ProfileDay.day, ProfileDay.step_min, ProfileDay.n, ProfileDay.total)


def series_of(session: Session, point_id: int, channel: str) -> ProfileSeries | None:
    """The series of a channel."""
    query = select(ProfileSeries).where(ProfileSeries.point_id == point_id, ProfileSeries.channel == channel)
    return session.exec(query).first()


def day_rows(session: Session, series_id: int, first: date, last: date, with_values: bool = True) -> list[DayRow]:
    """Rows of the days `first`…`last`, ascending; without values `vals` is None and the blobs stay closed."""
    values = col(ProfileDay.vals) if with_values else _CLOSED
    query = (
        select(*_HEAD, values, ProfileDay.q)  # type: ignore[call-overload]
        .where(ProfileDay.series_id == series_id, col(ProfileDay.day).between(epoch_day(first), epoch_day(last)))
        .order_by(ProfileDay.day)
    )
    return cast(list[DayRow], session.execute(query).all())
