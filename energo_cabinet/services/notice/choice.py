"""Which notifications a user wants, and where (Н-54, Н-55): from the supplier and from meters, each in two places."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from sqlmodel import Session, col, select

from energo_cabinet.auth.access import Subject, service
from energo_cabinet.errors import InvalidInput
from energo_cabinet.models import Erasure, NotificationChoice, NotificationSource


@dataclass(frozen=True, slots=True)
class Choice:
    """Whether notifications of a source are shown in the cabinet and copied by e-mail."""

    source: NotificationSource
    in_cabinet: bool
    by_email: bool


DEFAULTS = {
    NotificationSource.SUPPLIER: Choice(NotificationSource.SUPPLIER, in_cabinet=True, by_email=True),
    NotificationSource.METERS: Choice(NotificationSource.METERS, in_cabinet=True, by_email=False),
}


@service("customer", "notification.choices")
def my_choices(session: Session, subject: Subject) -> list[Choice]:
    """The caller's choice for every source."""
    return [_chosen(session, [subject.user], s).get(subject.user, DEFAULTS[s]) for s in NotificationSource]


@service("customer", "notification.choose")
def choose(session: Session, subject: Subject, source: str, in_cabinet: bool, by_email: bool) -> Choice:
    """Turn notifications of a source on or off, from now on; what was sent before stays as it is."""
    if source not in set(NotificationSource) or type(in_cabinet) is not bool or type(by_email) is not bool:
        raise InvalidInput({"source": "invalid"})
    chosen = NotificationSource(source)
    row = session.get(NotificationChoice, (subject.user, chosen))
    if row is None:
        row = NotificationChoice(user_id=subject.user, source=chosen, in_cabinet=in_cabinet, by_email=by_email)
    row.in_cabinet, row.by_email = in_cabinet, by_email
    session.add(row)
    return Choice(chosen, in_cabinet, by_email)


def choices_of(session: Session, user_ids: Collection[int], source: NotificationSource) -> dict[int, Choice]:
    """User id → what that user chose for a source, or the default."""
    chosen = _chosen(session, user_ids, source)
    stopped = _without_consent(session, user_ids)
    nothing = Choice(source, in_cabinet=False, by_email=False)
    return {user_id: nothing if user_id in stopped else chosen.get(user_id, DEFAULTS[source]) for user_id in user_ids}


def _chosen(session: Session, user_ids: Collection[int], source: NotificationSource) -> dict[int, Choice]:
    query = select(NotificationChoice).where(NotificationChoice.source == source)
    rows = session.exec(query.where(col(NotificationChoice.user_id).in_(user_ids)))
    return {row.user_id: Choice(source, row.in_cabinet, row.by_email) for row in rows}


def _without_consent(session: Session, user_ids: Collection[int]) -> set[int]:
    """Users who have taken their consent back: nothing is processed for them any more (R-37)."""
    waiting = (col(Erasure.done_at).is_(None), col(Erasure.cancelled_at).is_(None), Erasure.reason == "consent")
    return set(session.exec(select(Erasure.user_id).where(*waiting, col(Erasure.user_id).in_(user_ids))))
