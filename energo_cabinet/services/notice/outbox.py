"""The outbox from the job's side: claim a due letter, say what became of it. No letter is lost, none is sent twice."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session, col, or_, select, update

from energo_cabinet.auth.access import Subject, service
from energo_cabinet.models import Broadcast, OutboxLetter

LEASE = timedelta(minutes=3)
"""A letter claimed by a process that died is tried again after this; longer than any SMTP time-out."""
FIRST_PAUSE, LONGEST_PAUSE = timedelta(seconds=2), timedelta(minutes=15)
GIVE_UP_AFTER = timedelta(days=3)


@dataclass(frozen=True, slots=True)
class DueLetter:
    """A letter claimed for sending."""

    id: int
    message_id: str
    to_email: str
    subject: str
    text: str
    html: str
    created_at: datetime


@service("system", "letter.claim")
def claim_letter(session: Session, subject: Subject) -> DueLetter | None:
    """Take the longest waiting due letter for LEASE, one of a broadcast last; None when nothing is due."""
    free = or_(col(OutboxLetter.leased_until).is_(None), col(OutboxLetter.leased_until) < subject.at)
    due = (
        col(OutboxLetter.sent_at).is_(None),
        col(OutboxLetter.failed_at).is_(None),
        col(OutboxLetter.next_try_at) <= subject.at,
        free,
    )
    waiting = (
        select(OutboxLetter).where(*due).order_by(col(OutboxLetter.is_bulk), col(OutboxLetter.next_try_at)).limit(5)
    )
    for letter in session.exec(waiting).all():
        claim = update(OutboxLetter).where(col(OutboxLetter.id) == letter.id, *due)
        claimed = session.exec(claim.values(leased_until=subject.at + LEASE, attempts=OutboxLetter.attempts + 1))
        if claimed.rowcount == 1:
            return DueLetter(
                letter.id,
                letter.message_id,
                letter.to_email,
                letter.subject,
                letter.text,
                letter.html,
                letter.created_at,
            )
    return None


@service("system", "letter.sent")
def letter_sent(session: Session, subject: Subject, letter_id: int) -> None:
    """It is with the mail server: the text, which may hold a secret link, is not needed here any more."""
    _set(session, letter_id, sent_at=subject.at, leased_until=None, text="", html="", last_error="")


@service("system", "letter.refused")
def letter_refused(session: Session, subject: Subject, letter_id: int, reason: str) -> None:
    """The mail server will never take it; the broadcast it belongs to counts it."""
    _set(session, letter_id, failed_at=subject.at, leased_until=None, text="", html="", last_error=reason[:300])
    of_letter = select(OutboxLetter.broadcast_id).where(OutboxLetter.id == letter_id).scalar_subquery()
    session.exec(update(Broadcast).where(col(Broadcast.id) == of_letter).values(failed=Broadcast.failed + 1))


@service("system", "letter.postpone")
def letter_postponed(session: Session, subject: Subject, letter_id: int, reason: str) -> None:
    """Not now: once more after a pause that doubles up to LONGEST_PAUSE; given up after GIVE_UP_AFTER."""
    letter = session.get(OutboxLetter, letter_id)
    if letter is None:
        return
    if subject.at - letter.created_at > GIVE_UP_AFTER:
        letter_refused(session, subject, letter_id, reason)
        return
    pause = min(FIRST_PAUSE * 2 ** min(letter.attempts - 1, 20), LONGEST_PAUSE)
    _set(session, letter_id, next_try_at=subject.at + pause, leased_until=None, last_error=reason[:300])


def _set(session: Session, letter_id: int, **values: object) -> None:
    session.exec(update(OutboxLetter).where(col(OutboxLetter.id) == letter_id).values(**values))
