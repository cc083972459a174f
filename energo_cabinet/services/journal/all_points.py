"""The journals of all points of the caller as one (Э-57)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from sqlalchemy import func, select
from sqlmodel import Session, col

from energo_cabinet.auth.access import Subject, service, visible_point, visible_points
from energo_cabinet.domain.journal.filter import EventFilter
from energo_cabinet.errors import InvalidInput
from energo_cabinet.models import MeteringPoint
from energo_cabinet.services.journal.point import MAX_JOURNAL_DAYS, EventPage, place_of, turned
from energo_cabinet.services.journal.query import AllJournalsQuery
from energo_cabinet.services.journal.row import EVENT, local
from energo_cabinet.services.period import check_period


@dataclass(frozen=True, slots=True)
class Journals:
    """What the caller's journals have: the newest local day (None: nothing), codes that occur, points by number."""

    newest_on: date | None
    codes: tuple[str, ...]
    points: Mapping[int, str]


@service("customer", "journal.list_all")
def journals(session: Session, subject: Subject) -> Journals:
    """What there is to choose from, across the caller's points."""
    points = _points(session, subject)
    own = EVENT.point_id.in_([point.id for point in points])
    newest = session.connection().execute(
        select(EVENT.point_id, func.max(EVENT.started_s)).where(own).group_by(EVENT.point_id)
    )
    zones = {point.id: ZoneInfo(point.zone_name) for point in points}
    days = [local(at, zones[point_id]).date() for point_id, at in newest]
    codes = session.connection().execute(select(EVENT.code).where(own).distinct().order_by(EVENT.code)).scalars()
    names = {point.id: point.name or point.number for point in points}
    return Journals(max(days, default=None), tuple(codes), names)


@service("customer", "journal.all_events")
def list_all_events(
    session: Session,
    subject: Subject,
    asked: EventFilter,
    before: str = "",
    after: str = "",
    point_id: int | None = None,
) -> EventPage:
    """A page of all journals, or of one point's, as `meter_event.list_events`; rows say their point.

    NotFound: not the caller's point.
    """
    if asked.problems:
        raise InvalidInput(asked.problems)
    check_period(asked.period, MAX_JOURNAL_DAYS)
    older_than, newer_than = place_of(before), place_of(after)
    points = _points(session, subject) if point_id is None else [visible_point(session, subject, point_id)]
    zones = {point.id: point.zone_name for point in points}
    if not zones:
        return EventPage((), "", "", "")
    return turned(AllJournalsQuery(session, zones, asked), older_than, newer_than, "")


def _points(session: Session, subject: Subject) -> list[MeteringPoint]:
    return list(session.exec(visible_points(subject).order_by(col(MeteringPoint.number))))
