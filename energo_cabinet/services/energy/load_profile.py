"""The load profile of a point (Н-100…Н-102)."""

from __future__ import annotations

from decimal import Decimal

from sqlmodel import Session

from energo_cabinet.auth.access import Subject, service
from energo_cabinet.domain.energy.load_profile import LoadProfile
from energo_cabinet.domain.energy.profile_grid import measure
from energo_cabinet.domain.time.period import Period
from energo_cabinet.errors import InvalidInput
from energo_cabinet.models import Channel
from energo_cabinet.services.period import MAX_PROFILE_DAYS, check_period
from energo_cabinet.services.values.profile_read import PointHead, SeriesHead, day_rows, point_head

STEPS = (30, 60)
ONE = Decimal(1)


@service("customer", "energy.load_profile")
def load_profile(
    session: Session,
    subject: Subject,
    point_id: int,
    period: Period,
    step_min: int = 30,
    channel: str = Channel.A_PLUS,
) -> LoadProfile:
    """Values of a channel by 30 or 60 minutes, at most 366 days; empty where a point has no intervals.

    InvalidInput: first, last, step, channel. NotFound: not the caller's point.
    """
    _check(period, step_min)
    point = point_head(session, subject, point_id)
    series = _chosen(point, channel)
    rows = day_rows(session, series.id, period.first, period.last) if series else []
    scale = ONE if series is None or series.is_primary else point.ratio
    return LoadProfile(
        point_id=point_id,
        channel=channel,
        channels=tuple(s.channel for s in point.series),
        first=period.first,
        last=period.last,
        zone_name=point.zone_name,
        asked_step_min=step_min,
        values=measure(rows, period.first, period.last, point.zone_name, step_min, scale, subject.at),
        ratio=point.ratio,
        ratio_applied=scale != ONE,
    )


def _check(period: Period, step_min: object) -> None:
    check_period(period, MAX_PROFILE_DAYS)
    if type(step_min) is not int or step_min not in STEPS:
        raise InvalidInput({"step": "step_invalid"})


def _chosen(point: PointHead, channel: object) -> SeriesHead | None:
    """The series of the channel; None where a point has none at all."""
    series = point.channel(channel)
    if series is None and (point.series or channel != Channel.A_PLUS):
        raise InvalidInput({"channel": "channel_invalid"})
    return series
