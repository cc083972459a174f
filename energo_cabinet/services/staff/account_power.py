"""What administrators do to an account at once: disable, enable, unlock, end sessions, withdraw what lets in."""

from __future__ import annotations

from dataclasses import replace

from sqlmodel import Session, col, delete, select, update

from energo_cabinet.auth import rate
from energo_cabinet.auth.access import Subject, service
from energo_cabinet.auth.audit import audit_note
from energo_cabinet.auth.login_session import revoke
from energo_cabinet.domain.form_text import text_problem
from energo_cabinet.errors import CabinetError, Conflict, InvalidInput, NotFound
from energo_cabinet.models import KnownBrowser, StaffMember, StaffRoleName, User
from energo_cabinet.services.notice import letter
from energo_cabinet.services.notice.administrators import administrators, tell_administrators
from energo_cabinet.services.phone.device import revoke_device
from energo_cabinet.services.sign_in.hold import hold, lift, live_hold
from energo_cabinet.services.sign_in.login_device import end_device
from energo_cabinet.services.staff.reach import account_within, concerned
from energo_cabinet.settings import get_settings

LONGEST_REASON = 300


@service("staff:admin", "account.disable", step_up=True)
def disable_account(session: Session, subject: Subject, account_id: int, reason: str) -> None:
    """Nobody signs in with it until it is enabled; what is signed in ends now. The person reads the reason.

    InvalidInput("reason"), Conflict("account_is_disabled"), errors of `account_within`;
    CabinetError("last_administrator") for the only one of the installation.
    """
    user = account_within(session, subject, account_id)
    words = disable(session, subject, user, subject.member.supplier_id, subject.member.name, reason)
    audit_note(session, reason=words)
    tell_administrators(session, subject, concerned(session, subject, user), "account.disable", user.email)


@service("staff:admin", "account.enable", step_up=True)
def enable_account(session: Session, subject: Subject, account_id: int) -> None:
    """Let it sign in again. Conflict when it is not disabled, CabinetError("account_held_above") by whom it is."""
    user = account_within(session, subject, account_id, shared=True)
    enable(session, subject, user, subject.member.supplier_id, subject.member.name)
    tell_administrators(session, subject, concerned(session, subject, user), "account.enable", user.email)


@service("staff:admin", "account.unlock", step_up=True)
def unlock_account(session: Session, subject: Subject, account_id: int) -> None:
    """Forget failed sign-ins: the account is open again to strangers who know its password."""
    user = account_within(session, subject, account_id, shared=True)
    audit_note(session, failed=user.failed_sign_ins)
    unlock(session, user)
    tell_administrators(session, subject, concerned(session, subject, user), "account.unlock", user.email)


@service("staff:admin", "account.end_sessions", step_up=True)
def end_sessions(session: Session, subject: Subject, account_id: int) -> None:
    """Sign it out everywhere, phones too; open tabs close at once."""
    user = account_within(session, subject, account_id, shared=True)
    sign_out_everywhere(session, subject, user)
    tell_administrators(session, subject, concerned(session, subject, user), "account.end_sessions", user.email)


@service("staff:admin", "account.end_session", step_up=True)
def end_session(session: Session, subject: Subject, account_id: int, login_id: int) -> None:
    """End one of its sessions. NotFound when it is not one."""
    user = account_within(session, subject, account_id, shared=True)
    end_device(session, _in_place_of(subject, user), login_id)
    tell_administrators(session, subject, concerned(session, subject, user), "account.end_session", user.email)


@service("staff:admin", "account.withdraw_phone", step_up=True)
def withdraw_phone(session: Session, subject: Subject, account_id: int, device_id: int) -> None:
    """Shut one of its phones out: its token and its login session. NotFound when it is not one."""
    user = account_within(session, subject, account_id, shared=True)
    name = revoke_device(session, _in_place_of(subject, user), device_id)
    audit_note(session, device=name)
    letter.post(session, subject, "account_phone_withdrawn", user.email, user.language, name=name or "—")
    tell_administrators(session, subject, concerned(session, subject, user), "account.withdraw_phone", user.email)


@service("staff:admin", "account.forget_browser", step_up=True)
def forget_browser(session: Session, subject: Subject, account_id: int, browser_id: int) -> None:
    """A browser in which it was opened before is a stranger's from now on. NotFound when it is not one."""
    user = account_within(session, subject, account_id, shared=True)
    mine = delete(KnownBrowser).where(col(KnownBrowser.id) == browser_id, col(KnownBrowser.user_id) == user.id)
    if session.exec(mine).rowcount != 1:
        raise NotFound
    tell_administrators(session, subject, concerned(session, subject, user), "account.forget_browser", user.email)


def disable(session: Session, subject: Subject, user: User, supplier_id: int | None, by: str, reason: object) -> str:
    """Hold an account in the name of a supplier or the installation; the reason as it is kept."""
    if text_problem(reason, LONGEST_REASON) or not isinstance(reason, str):
        raise InvalidInput({"reason": "hold_reason"}, longest=LONGEST_REASON)
    _keep_one_administrator(session, user)
    hold(session, subject, user, supplier_id, by, reason.strip())
    return reason.strip()


def enable(session: Session, subject: Subject, user: User, supplier_id: int | None, by: str) -> None:
    """Lift the hold; a supplier lifts its own alone."""
    row = live_hold(session, user.id)
    if row is None:
        raise Conflict("account_is_enabled")
    if supplier_id is not None and row.supplier_id != supplier_id:
        raise CabinetError("account_held_above")
    lift(session, subject, user, row, by)


def unlock(session: Session, user: User) -> None:
    """No failed sign-in counts any more, for strangers, in its own browsers and at its second factor."""
    session.exec(update(User).where(col(User.id) == user.id).values(failed_sign_ins=0))
    settings = get_settings()
    for token in session.exec(select(KnownBrowser.token_sha256).where(KnownBrowser.user_id == user.id)):
        rate.forget(settings.limit_login_account, "sign-in", f"{user.email}|{token}")
    rate.forget(settings.limit_login_account, "prove", str(user.id))
    rate.forget(settings.limit_second_factor, "second-factor", str(user.id))


def sign_out_everywhere(session: Session, subject: Subject, user: User) -> None:
    """End all sessions and phones, and tell the person."""
    revoke(session, user.id, subject.at)
    letter.post(session, subject, "account_signed_out", user.email, user.language)


def _keep_one_administrator(session: Session, user: User) -> None:
    """Of two who disable each other at once the second waits here and is refused."""
    roots = update(StaffMember).where(col(StaffMember.role) == StaffRoleName.SYSTEM_ADMIN)
    session.exec(roots.values(role=StaffRoleName.SYSTEM_ADMIN))
    left = [root.id for root in administrators(session, None) if root.id != user.id]
    was = [root.id for root in administrators(session, None) if root.id == user.id]
    if was and not left:
        raise CabinetError("last_administrator")


def _in_place_of(subject: Subject, user: User) -> Subject:
    """The system, about this account: for what its owner does in the profile."""
    return replace(subject.as_system(), user_id=user.id, session_id=None, device_id=None)
