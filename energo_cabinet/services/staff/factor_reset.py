"""A second factor that is lost: asked for by an administrator, stopped by the person or the others, else it goes.

`factor_reset_hours` lie between, because whoever knows the password and has one administrator's ear would else be in.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import quote
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, select, update

from energo_cabinet import routes
from energo_cabinet.auth.access import Subject, service
from energo_cabinet.auth.audit import Actor, append_entry, audit_note
from energo_cabinet.auth.login_session import revoke, sha256
from energo_cabinet.auth.second_factor import remove_factor, remove_passkeys, secured_at
from energo_cabinet.auth.supplier_access import visible_account
from energo_cabinet.errors import CabinetError, Conflict, NotFound
from energo_cabinet.models import FactorReset, StaffMember, User, UserStatus
from energo_cabinet.services.notice import letter
from energo_cabinet.services.notice.administrators import ADMINISTRATORS, tell_administrators
from energo_cabinet.services.staff.account import waiting_reset
from energo_cabinet.services.staff.reach import account_within, concerned
from energo_cabinet.settings import get_settings

MAX_KEY = 100
AT_ONCE = 50


@dataclass(frozen=True, slots=True)
class ResetCard:
    """What the letter was about; `is_open`: it can still be stopped. Times in the default zone."""

    by: str
    asked_at: datetime
    due_at: datetime
    is_open: bool


@service("staff:admin", "account.reset_factor", step_up=True)
def ask_factor_reset(session: Session, subject: Subject, account_id: int) -> None:
    """Have the second factor go after the waiting time; who it concerns is told now.

    CabinetError("no_second_factor"), Conflict("factor_reset_waits"), errors of `account_within`.
    """
    user = account_within(session, subject, account_id)
    row = begin_reset(session, subject, user, subject.user, subject.member.name)
    audit_note(session, due_at=row.due_at)
    told = concerned(session, subject, user)
    tell_administrators(session, subject, told, "account.reset_factor", user.email, "factor_reset_asked")


@service("staff:admin", "account.stop_reset")
def stop_factor_reset(session: Session, subject: Subject, account_id: int) -> None:
    """The factor stays: a second administrator objects, or the first changed their mind. NotFound when none waits."""
    user = visible_account(session, subject, account_id)
    _stop(session, subject, user, subject.member.name)
    told = concerned(session, subject, user)
    tell_administrators(session, subject, told, "account.stop_reset", user.email)


@service("public", "account.look_at_reset")
def look_at_reset(session: Session, subject: Subject, key: str) -> ResetCard:
    """What the key of a letter would stop; CabinetError("invalid_code", "key")."""
    row, zone = _by_key(session, key), ZoneInfo(get_settings().default_zone)
    is_open = row.stopped_at is None and row.done_at is None
    return ResetCard(row.asked_name, row.asked_at.astimezone(zone), row.due_at.astimezone(zone), is_open)


@service("public", "account.stop_reset_by_letter")
def stop_by_letter(session: Session, subject: Subject, key: str) -> None:
    """«Это не я»: the factor stays. CabinetError("invalid_code", "key"), also when it is over."""
    row = _by_key(session, key)
    user, asker = session.get_one(User, row.user_id), _member(session, row.asked_by)
    try:
        _stop(session, subject, user, "")
    except NotFound:
        raise CabinetError("invalid_code", "key") from None
    actor = Actor(user.email, user.id, ip=subject.ip)
    append_entry(session, actor, "account.stop_reset_by_letter", subject.at, {"whose_id": user.id})
    told = asker.supplier_id if asker else None
    tell_administrators(session, subject, told, "account.stop_reset_by_letter", user.email)


@service("system", "account.carry_out_resets")
def carry_out_resets(session: Session, subject: Subject) -> int:
    """What nobody has stopped in time; how many factors are gone.

    Dropped are those asked for by somebody who administers no more, and those about a factor that was set up since.
    """
    query = select(FactorReset.id).where(*_waits(), col(FactorReset.due_at) <= subject.at)
    found = session.exec(query.order_by(col(FactorReset.id)).limit(AT_ONCE)).all()
    return sum(_carry_out(session, subject, session.get_one(FactorReset, key)) for key in found)


def begin_reset(session: Session, subject: Subject, user: User, asked_by: int | None, name: str) -> FactorReset:
    """The row, and the letter with which the person stops it."""
    if secured_at(session, user.id) is None:
        raise CabinetError("no_second_factor")
    if waiting_reset(session, user.id) is not None:
        raise Conflict("factor_reset_waits")
    key, hours = secrets.token_urlsafe(32), get_settings().factor_reset_hours
    due_at = subject.at + timedelta(hours=hours)
    row = FactorReset(
        user_id=user.id,
        asked_by=asked_by,
        asked_name=name[:200],
        asked_at=subject.at,
        due_at=due_at,
        stop_sha256=sha256(key),
    )
    session.add(row)
    session.flush()
    link = f"{get_settings().base_url}{routes.STOP_RESET}?key={quote(key, safe='')}"
    facts = {"link": link, "hours": hours, "who": name or letter.Word("staff.command_line")}
    letter.post(session, subject, "factor_reset_begun", user.email, user.language, **facts)
    return row


def finish_reset(session: Session, subject: Subject, user: User) -> None:
    """The factor, passkeys and recovery codes are gone, sessions end; the person is told."""
    remove_factor(session, user.id)
    remove_passkeys(session, user.id)
    revoke(session, user.id, subject.at)
    letter.post(session, subject, "factor_reset_done", user.email, user.language, link=get_settings().base_url)


def _carry_out(session: Session, subject: Subject, row: FactorReset) -> bool:
    mine = update(FactorReset).where(col(FactorReset.id) == row.id, *_waits())
    user, secured = session.get_one(User, row.user_id), secured_at(session, row.user_id)
    is_older = secured is not None and secured <= row.asked_at
    if not is_older or not _administers(session, row.asked_by):
        session.exec(mine.values(stopped_at=subject.at))
        return False
    if session.exec(mine.values(done_at=subject.at)).rowcount != 1:
        return False
    finish_reset(session, subject, user)
    details = {"whose_id": user.id, "asked_by": row.asked_name}
    append_entry(session, Actor("system"), "account.carry_out_resets", subject.at, details)
    return True


def _administers(session: Session, user_id: int | None) -> bool:
    """Whether who asked is still an administrator, and not disabled; the command line always is."""
    if user_id is None:
        return True
    member = _member(session, user_id)
    is_active = session.get_one(User, user_id).status is UserStatus.ACTIVE
    return member is not None and member.removed_at is None and member.role in ADMINISTRATORS and is_active


def _member(session: Session, user_id: int | None) -> StaffMember | None:
    return session.exec(select(StaffMember).where(StaffMember.user_id == user_id)).first() if user_id else None


def _stop(session: Session, subject: Subject, user: User, by: str) -> None:
    """All that wait for this account."""
    mine = update(FactorReset).where(col(FactorReset.user_id) == user.id, *_waits())
    if session.exec(mine.values(stopped_at=subject.at, stopped_by=by[:200])).rowcount == 0:
        raise NotFound
    letter.post(session, subject, "factor_reset_stopped", user.email, user.language)


def _waits() -> tuple[ColumnElement[bool], ...]:
    return (col(FactorReset.stopped_at).is_(None), col(FactorReset.done_at).is_(None))


def _by_key(session: Session, key: object) -> FactorReset:
    known = isinstance(key, str) and 0 < len(key) <= MAX_KEY
    query = select(FactorReset).where(FactorReset.stop_sha256 == sha256(str(key)))
    row = session.exec(query).first() if known else None
    if row is None:
        raise CabinetError("invalid_code", "key")
    return row
