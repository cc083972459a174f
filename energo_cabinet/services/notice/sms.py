"""Text messages with codes (Н-13): written with what they belong to, sent by a job, forgotten once sent."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlmodel import Session, col, select, update

from energo_cabinet.auth import rate
from energo_cabinet.auth.access import Subject, service
from energo_cabinet.auth.second_factor import PHONE_CODE_LIFE, make_phone_code
from energo_cabinet.i18n import text
from energo_cabinet.models import SmsMessage, User
from energo_cabinet.settings import get_settings

LEASE = timedelta(seconds=30)
PAUSE = timedelta(seconds=3)


@dataclass(frozen=True, slots=True)
class DueSms:
    """A message claimed for sending."""

    id: int
    message_id: str
    to_phone: str
    text: str
    created_at: datetime


def is_sms_possible() -> bool:
    """Whether codes can be sent: a gateway is configured, or it is the demo, whose mailbox shows them."""
    settings = get_settings()
    return settings.is_demo or bool(settings.sms_url.get_secret_value())


def send_code(session: Session, subject: Subject, user: User, phone: str, bound_to: str) -> None:
    """Send a code that is good for one request; TooManyAttempts by number, account, address and day."""
    settings = get_settings()
    rate.take(settings.limit_letter_address, "sms", phone)
    rate.take(settings.limit_sms_user, "sms-user", str(user.id))
    if subject.ip:
        rate.take_from(settings.limit_sms_ip, "sms-ip", subject.ip)
    code = make_phone_code(session, user.id, bound_to, subject.at)
    send_words(session, subject, user.id, phone, "second.sms", language=user.language, code=code)


def send_words(
    session: Session, subject: Subject, user_id: int, phone: str, key: str, /, *, language: str = "ru", **params: object
) -> None:
    """Send a text of the catalogue on a user's behalf; whoever calls it has counted."""
    words = text(key, language, system=get_settings().system_name, **params)
    session.add(
        SmsMessage(
            message_id=secrets.token_hex(16),
            user_id=user_id,
            to_phone=phone,
            text=words,
            created_at=subject.at,
            next_try_at=subject.at,
        )
    )


@service("system", "sms.claim")
def claim_sms(session: Session, subject: Subject) -> DueSms | None:
    """Take the next due message for LEASE; None when nothing is due. A code that has expired is not sent any more."""
    waiting = (col(SmsMessage.sent_at).is_(None), col(SmsMessage.failed_at).is_(None))
    old = update(SmsMessage).where(*waiting, col(SmsMessage.created_at) < subject.at - PHONE_CODE_LIFE)
    session.exec(old.values(failed_at=subject.at, text="", last_error="expired"))
    due = (*waiting, col(SmsMessage.next_try_at) <= subject.at)
    for row in session.exec(select(SmsMessage).where(*due).order_by(col(SmsMessage.id)).limit(5)).all():
        claim = update(SmsMessage).where(col(SmsMessage.id) == row.id, *due)
        values = {"next_try_at": subject.at + LEASE, "attempts": SmsMessage.attempts + 1}
        if session.exec(claim.values(**values)).rowcount == 1:
            return DueSms(row.id, row.message_id, row.to_phone, row.text, row.created_at)
    return None


@service("system", "sms.sent")
def sms_sent(session: Session, subject: Subject, message_id: int) -> None:
    """It has left: the code is not needed here any more."""
    session.exec(_row(message_id).values(sent_at=subject.at, text="", last_error=""))


@service("system", "sms.postpone")
def sms_postponed(session: Session, subject: Subject, message_id: int, reason: str) -> None:
    """Not now; tried again soon, while the code lives."""
    session.exec(_row(message_id).values(next_try_at=subject.at + PAUSE, last_error=reason[:300]))


def _row(message_id: int) -> Any:
    return update(SmsMessage).where(col(SmsMessage.id) == message_id)
