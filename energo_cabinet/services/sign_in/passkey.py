"""«Ключи доступа» of the profile: added by name, renamed, removed; the owner is told by letter of each change."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlmodel import Session, col, func, select
from webauthn import generate_registration_options
from webauthn.helpers import base64url_to_bytes, bytes_to_base64url, generate_user_handle
from webauthn.helpers.structs import AuthenticatorSelectionCriteria, ResidentKeyRequirement, UserVerificationRequirement

from energo_cabinet.auth.access import Subject, service
from energo_cabinet.auth.login_session import is_staff, revoke
from energo_cabinet.auth.second_factor import has_passkey, make_recovery_codes, needs_second_step
from energo_cabinet.domain.form_text import has_forbidden
from energo_cabinet.errors import CabinetError, InvalidInput, NotFound, WrongSecret
from energo_cabinet.models import CeremonyKind, LoginSession, Passkey, RecoveryCode, User
from energo_cabinet.services.notice import letter
from energo_cabinet.services.sign_in.ceremony import (
    TIMEOUT_MS,
    as_options,
    described,
    issue,
    made,
    note,
    of_session,
    site,
    spend,
)
from energo_cabinet.services.sign_in.reauthentication import confirm_identity, signed_in_user
from energo_cabinet.settings import get_settings

MOST = 20
"""Passkeys of one account."""
LONGEST_NAME = 60


@dataclass(frozen=True, slots=True)
class PasskeyCard:
    """A passkey as its owner sees it, times in the default zone; `disabled_at`: it opens nothing since then."""

    id: int
    name: str
    created_at: datetime
    last_used_at: datetime | None
    disabled_at: datetime | None


@dataclass(frozen=True, slots=True)
class Passkeys:
    """`is_factor`: they are the caller's second step; `asks_code`: changing them needs more than the password."""

    cards: list[PasskeyCard]
    is_factor: bool
    asks_code: bool


@service("customer", "passkey.list")
def list_passkeys(session: Session, subject: Subject) -> Passkeys:
    """The caller's passkeys, the oldest first."""
    zone = ZoneInfo(get_settings().default_zone)
    cards = [_card(row, zone) for row in _own(session, subject)]
    return Passkeys(cards, is_staff(session, subject.user), needs_second_step(session, subject.user))


@service("customer", "passkey.has")
def has_passkeys(session: Session, subject: Subject) -> bool:
    """Whether the caller could show one."""
    return has_passkey(session, subject.user)


@service("customer", "passkey.begin_adding")
def begin_adding(session: Session, subject: Subject, name: str, password: str, code: str) -> dict[str, Any]:
    """Options for the browser to make a passkey by (PublicKeyCredentialCreationOptionsJSON), good for minutes.

    InvalidInput("name"), errors of `confirm_identity`, CabinetError("passkey_too_many"); NotFound for a paired phone.
    """
    bound_to, wanted = of_session(subject), _name(name)
    user = confirm_identity(session, subject, password, code)
    rows = _own(session, subject)
    if len(rows) >= MOST:
        raise CabinetError("passkey_too_many", most=MOST)
    handle = rows[0].user_handle if rows else bytes_to_base64url(generate_user_handle())
    challenge = issue(session, subject, CeremonyKind.ADD, bound_to, (wanted, handle))
    options = generate_registration_options(
        rp_id=site(),
        rp_name=get_settings().system_name,
        user_id=base64url_to_bytes(handle),
        user_name=user.email,
        user_display_name=user.full_name,
        challenge=challenge,
        timeout=TIMEOUT_MS,
        exclude_credentials=described(rows),
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.REQUIRED, user_verification=UserVerificationRequirement.REQUIRED
        ),
    )
    return as_options(options)


@service("customer", "passkey.add")
def add_passkey(session: Session, subject: Subject, answer: str) -> list[str]:
    """Keep what the authenticator has made; the other sessions end, the owner is told.

    Recovery codes for a member of the staff who had none, shown this once; else []. CabinetError("passkey_expired"),
    WrongSecret: "passkey_refused", "passkey_known".
    """
    ceremony = spend(session, subject, CeremonyKind.ADD, of_session(subject))
    new, user = made(ceremony, answer), signed_in_user(session, subject)
    credential = bytes_to_base64url(new.credential_id)
    if session.exec(select(Passkey.id).where(Passkey.credential == credential)).first() is not None:
        raise WrongSecret("passkey_known")
    row = Passkey(
        user_id=user.id,
        credential=credential,
        public_key=bytes_to_base64url(new.credential_public_key),
        user_handle=ceremony.user_handle,
        name=ceremony.name,
        sign_count=new.sign_count,
        created_at=subject.at,
    )
    session.add(row)
    login = session.get_one(LoginSession, subject.session_id)
    login.passkey_at = subject.at
    session.add(login)
    session.flush()
    _changed(session, subject, user, "add", row.name)
    is_bare = is_staff(session, user.id) and not _has_recovery_code(session, user.id)
    return make_recovery_codes(session, user.id, subject.at) if is_bare else []


@service("customer", "passkey.rename")
def rename_passkey(session: Session, subject: Subject, passkey_id: int, name: str) -> None:
    """Another name. NotFound for anybody else's, InvalidInput("name")."""
    row = _one(session, subject, passkey_id)
    row.name = _name(name)
    session.add(row)


@service("customer", "passkey.remove")
def remove_passkey(session: Session, subject: Subject, passkey_id: int, password: str, code: str) -> None:
    """It opens nothing any more; the other sessions end, the owner is told. NotFound; errors of `confirm_identity`."""
    row = _one(session, subject, passkey_id)
    user = confirm_identity(session, subject, password, code)
    session.delete(row)
    session.flush()
    _changed(session, subject, user, "remove", row.name)


def _own(session: Session, subject: Subject) -> list[Passkey]:
    return list(session.exec(select(Passkey).where(Passkey.user_id == subject.user).order_by(col(Passkey.id))))


def _one(session: Session, subject: Subject, passkey_id: int) -> Passkey:
    row = session.get(Passkey, passkey_id)
    if row is None or row.user_id != subject.user:
        raise NotFound
    return row


def _name(name: object) -> str:
    plain = " ".join(name.split()) if isinstance(name, str) else ""
    if not plain:
        raise InvalidInput({"name": "required"})
    if len(plain) > LONGEST_NAME or has_forbidden(plain):
        raise InvalidInput({"name": "passkey_name"}, longest=LONGEST_NAME)
    return plain


def _card(row: Passkey, zone: ZoneInfo) -> PasskeyCard:
    times = [at.astimezone(zone) if at else None for at in (row.last_used_at, row.disabled_at)]
    return PasskeyCard(row.id, row.name, row.created_at.astimezone(zone), *times)


def _has_recovery_code(session: Session, user_id: int) -> bool:
    unused = (RecoveryCode.user_id == user_id, col(RecoveryCode.used_at).is_(None))
    return session.exec(select(func.count()).select_from(RecoveryCode).where(*unused)).one() > 0


def _changed(session: Session, subject: Subject, user: User, what: str, name: str) -> None:
    """As after any change of what an account is opened by."""
    revoke(session, user.id, subject.at, keep=subject.session_id)
    note(session, user, name, f"passkey.{what}", subject)
    kind = "passkey_added" if what == "add" else "passkey_removed"
    letter.post(session, subject, kind, user.email, user.language, name=name, address=subject.ip or "—")
