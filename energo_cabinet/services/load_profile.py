"""The load profile of a point (Н-100…Н-102)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from zoneinfo import ZoneInfo

from sqlmodel import Session, select

from energo_cabinet.auth.access import Subject, service, visible_point
from energo_cabinet.domain.clock import midnight
from energo_cabinet.domain.load_profile import LoadProfile
from energo_cabinet.domain.profile_grid import counts_by_day, energy_kwh, grid, summary
from energo_cabinet.errors import InvalidInput
from energo_cabinet.models import ProfileSeries
from energo_cabinet.services.period import MAX_PROFILE_DAYS, check_period
from energo_cabinet.services.stored_profile import day_rows

STEPS = (30, 60)
DEFAULT_CHANNEL = "A+"
ONE = Decimal(1)


@service("customer")
def load_profile(
    session: Session,
    subject: Subject,
    point_id: int,
    first: date,
    last: date,
    step_min: int = 30,
    channel: str = DEFAULT_CHANNEL,
) -> LoadProfile:
    """Values of a channel by 30 or 60 minutes, at most 366 days; empty where a point has no intervals.

    InvalidInput: first, last, step, channel. NotFound: not the caller's point.
    """
    check_period(first, last, MAX_PROFILE_DAYS)
    if type(step_min) is not int or step_min not in STEPS:
        raise InvalidInput({"step": "step_invalid"})
    point = visible_point(session, subject, point_id)
    found = session.exec(select(ProfileSeries).where(ProfileSeries.point_id == point.id)).all()
    series = _chosen(found, channel)
    rows = day_rows(session, series.id or 0, first, last) if series else []
    step = max([step_min, *{row[1] for row in rows}])
    values, marks = grid(rows, first, last, point.zone_name, step)
    ratio = point.current_ratio * point.voltage_ratio
    scale = ONE if series is None or series.is_primary else ratio
    start = midnight(first, point.zone_name).astimezone(ZoneInfo(point.zone_name))
    return LoadProfile(
        point_id=point_id,
        channel=channel,
        channels=tuple(sorted(s.channel for s in found)),
        first=first,
        last=last,
        zone_name=point.zone_name,
        asked_step_min=step_min,
        step_min=step,
        start=start,
        energy=energy_kwh(values, scale),
        marks=marks,
        summary=summary(rows, values, step, start, scale),
        day_counts=counts_by_day(rows, first, last, point.zone_name, subject.at),
        ratio=ratio,
        ratio_applied=scale != ONE,
    )


def _chosen(found: Sequence[ProfileSeries], channel: object) -> ProfileSeries | None:
    """The series of the channel; None where a point has none at all."""
    for series in found:
        if series.channel == channel:
            return series
    if found or channel != DEFAULT_CHANNEL:
        raise InvalidInput({"channel": "channel_invalid"})
    return None
