"""The load profile of a point (Н-100…Н-102)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from sqlmodel import Session, select

from energo_cabinet.auth.access import Subject, service, visible_point
from energo_cabinet.domain.load_profile import LoadProfile
from energo_cabinet.domain.profile_grid import measure
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
    _check(first, last, step_min)
    point = visible_point(session, subject, point_id)
    found = session.exec(select(ProfileSeries).where(ProfileSeries.point_id == point.id)).all()
    series = _chosen(found, channel)
    rows = day_rows(session, series.id or 0, first, last) if series else []
    ratio = point.current_ratio * point.voltage_ratio
    scale = ONE if series is None or series.is_primary else ratio
    measured = measure(rows, first, last, point.zone_name, step_min, scale, subject.at)
    return LoadProfile(
        point_id=point_id,
        channel=channel,
        channels=tuple(sorted(s.channel for s in found)),
        first=first,
        last=last,
        zone_name=point.zone_name,
        asked_step_min=step_min,
        values=measured,
        ratio=ratio,
        ratio_applied=scale != ONE,
    )


def _check(first: date, last: date, step_min: object) -> None:
    check_period(first, last, MAX_PROFILE_DAYS)
    if type(step_min) is not int or step_min not in STEPS:
        raise InvalidInput({"step": "step_invalid"})


def _chosen(found: Sequence[ProfileSeries], channel: object) -> ProfileSeries | None:
    """The series of the channel; None where a point has none at all."""
    for series in found:
        if series.channel == channel:
            return series
    if found or channel != DEFAULT_CHANNEL:
        raise InvalidInput({"channel": "channel_invalid"})
    return None
