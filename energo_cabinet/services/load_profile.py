"""The load profile of a point (Н-100…Н-102)."""

from __future__ import annotations

from datetime import date

from sqlmodel import Session

from energo_cabinet.auth.access import Subject, service, visible_point
from energo_cabinet.domain.load_profile import LoadProfile


@service("customer")
def load_profile(
    session: Session, subject: Subject, point_id: int, first: date, last: date, step_min: int = 30, channel: str = "A+"
) -> LoadProfile:
    """Values of a channel by 30 or 60 minutes. InvalidInput: first, last, step, channel; NotFound: not the caller's."""
    visible_point(session, subject, point_id)
    raise NotImplementedError
