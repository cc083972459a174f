"""Somebody at their desk: sessions, letters, a password; an export worked off."""

from __future__ import annotations

from dataclasses import replace

from sqlmodel import select

from energo_cabinet.auth.login_session import open_session
from energo_cabinet.models import LoginSession, OutboxLetter, User
from energo_cabinet.services.person.export import ask_export, claim_export, export_done, write_export
from energo_cabinet.settings import get_settings

PASSWORD = "Синий трактор 7"
CANARY = "Канарейка"


def at_desk(session, who, device="Firefox"):
    open_session(
        session, replace(who, device=device, ip="192.0.2.1"), session.get(User, who.user), False, get_settings()
    )
    session.flush()
    newest = session.exec(select(LoginSession).order_by(LoginSession.id.desc())).first()
    return replace(who, session_id=newest.id)


def letters(session):
    return [row.subject for row in session.exec(select(OutboxLetter).order_by(OutboxLetter.id))]


def alive(session):
    return [row.id for row in session.exec(select(LoginSession).order_by(LoginSession.id)) if row.revoked_at is None]


def exported(session, who, system):
    ask_export(session, who, PASSWORD)
    session.flush()
    due, heard = claim_export(session, system), []
    name = write_export(session, system, due.user_id, heard.append)
    assert heard == sorted(heard) and heard[0] == 0
    export_done(session, system, due.id, name)
    session.expire_all()
    return due.id
