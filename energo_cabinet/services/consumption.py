"""Consumption by months, weeks or days (Н-98, Н-99)."""

from __future__ import annotations

from datetime import date

from sqlmodel import Session

from energo_cabinet.auth.access import Subject, service, visible_point
from energo_cabinet.domain.clock import By
from energo_cabinet.domain.consumption import Consumption


@service("customer")
def consumption(
    session: Session, subject: Subject, point_id: int, by: By, first: date, last: date, compare: bool = False
) -> Consumption:
    """Consumption of a point. InvalidInput: by, first, last; NotFound: not the caller's point."""
    visible_point(session, subject, point_id)
    raise NotImplementedError
