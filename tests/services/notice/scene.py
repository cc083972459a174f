"""Notifications sent, and whom they have told."""

from __future__ import annotations

from sqlmodel import select

from energo_cabinet.models import LiveEvent, OutboxLetter
from energo_cabinet.services.notice.sending import send_notification


def send(session, system, kind="debt", title="Уведомление о задолженности", text="", **whom):
    return send_notification(session, system, kind, title, text, **whom)


def letters(session):
    return session.exec(select(OutboxLetter).order_by(OutboxLetter.id)).all()


def told_live(session):
    return [event.user_id for event in session.exec(select(LiveEvent))]
