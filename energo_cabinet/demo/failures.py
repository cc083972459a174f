"""What did not arrive in the demo: a letter to a full mailbox and a code that came too late."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlmodel import Session

from energo_cabinet.demo.places import ANNA, BORIS
from energo_cabinet.models import OutboxLetter, SmsMessage, User

LETTER: dict[str, Any] = {"to_email": BORIS, "subject": "Ответ на обращение № 2", "html": "", "attempts": 1}
SMS: dict[str, Any] = {"to_phone": "+79000001842", "attempts": 4}


def load(session: Session, now: datetime, people: dict[str, User]) -> None:
    """Given up some hours ago."""
    letter = OutboxLetter(message_id="demo-failed", text="", last_error="SMTPDataError [552]", **LETTER, **_at(now, 5))
    user_id = people[ANNA].id
    sms = SmsMessage(message_id="demo-failed", user_id=user_id, text="", last_error="expired", **SMS, **_at(now, 30))
    session.add_all([letter, sms])
    session.flush()


def _at(now: datetime, hours: int) -> dict[str, Any]:
    return dict.fromkeys(("created_at", "next_try_at", "failed_at"), now - timedelta(hours=hours))
