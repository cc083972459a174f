"""The phone's side of joining: claim a code, ask how it stands, come in (Э-71, F-21). Nobody is signed in here."""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, select, update

from energo_cabinet import routes
from energo_cabinet.auth import rate
from energo_cabinet.auth.access import Subject, service
from energo_cabinet.auth.device_token import new_token
from energo_cabinet.auth.login_session import find_session, open_session, sha256
from energo_cabinet.auth.pairing_code import MAX_LENGTH, argon2_of, check_number, typed_of
from energo_cabinet.domain.form_text import has_forbidden
from energo_cabinet.domain.phone.scanned import Scanned, read_scanned
from energo_cabinet.errors import CabinetError, Conflict, NotFound, PermissionDenied
from energo_cabinet.models import LiveEvent, LoginSession, PairedDevice, Pairing, User, UserStatus
from energo_cabinet.services.phone.pairing import TOPIC, Status, confirm_time, status_of
from energo_cabinet.services.sign_in.account import sign_in
from energo_cabinet.settings import get_settings

NAME_LENGTH = 60
PLAIN = {"synchronize_session": False}
"""Of the conditional UPDATEs: the database alone decides who was first."""


@dataclass(frozen=True, slots=True)
class Claim:
    """What the claiming phone gets: a secret to come in with once confirmed, the number both screens show."""

    claim: str
    check: str
    seconds: int


@dataclass(frozen=True, slots=True)
class NewDevice:
    """A paired application and its bearer token."""

    device_id: int
    name: str
    token: str


@service("public", "pairing.claim")
def claim_pairing(session: Session, subject: Subject, code: str, device_name: str) -> Claim:
    """Take a shown code for this phone; it grants nothing before «Подтвердить» on the computer.

    NotFound("pairing_unknown"), Conflict("pairing_used" | "pairing_expired"), TooManyAttempts.
    """
    settings, address = get_settings(), ("pairing-claim", subject.ip)
    rate.take_from(settings.limit_pairing_claim, *address)
    row = _shown(session, code)
    claim = secrets.token_urlsafe(32)
    values = {
        "claimed_at": subject.at,
        "claim_sha256": sha256(claim),
        "device_name": _name(device_name),
        "device_ip": subject.ip,
        "check_number": check_number(claim),
    }
    open_ = (
        col(Pairing.claimed_at).is_(None),
        col(Pairing.cancelled_at).is_(None),
        col(Pairing.expires_at) > subject.at,
        _is_session_alive(subject),
    )
    taken = update(Pairing).where(col(Pairing.id) == row.id, *open_).values(**values)
    if session.exec(taken, execution_options=PLAIN).rowcount != 1:
        session.refresh(row)
        raise Conflict("pairing_used" if row.claimed_at is not None else "pairing_expired")
    rate.take(settings.limit_pairing_user, "pairing-user", str(row.user_id))
    rate.give_back_from(settings.limit_pairing_claim, *address)
    session.add(LiveEvent(user_id=row.user_id, topic=TOPIC, created_at=subject.at))
    return Claim(claim, values["check_number"], settings.pairing_confirm_seconds)  # type: ignore[arg-type]


@service("public", "pairing.judge_scanned")
def judge_scanned(session: Session, subject: Subject, text: str) -> Scanned:
    """Whether a scanned text is a code of this installation, of another one, or no code at all."""
    return read_scanned(text, get_settings().origins, routes.MOBILE)


@service("public", "pairing.server_address")
def server_address(session: Session, subject: Subject) -> str:
    """This installation's address as a person writes it: the host, with a port where one is needed."""
    return get_settings().base_url.partition("://")[2]


@service("public", "sign_in.on_phone")
def sign_in_on_phone(session: Session, subject: Subject, email: str, password: str, device_name: str) -> str:
    """Sign in on the phone's own front: remembered, and among the devices. Returns and refuses as `sign_in`."""
    token = sign_in(session, subject, email, password, True)
    keep_browser_device(session, subject, token, device_name)
    return token


@service("public", "pairing.claim_status")
def claim_status(session: Session, subject: Subject, claim: str) -> Status:
    """How the claim stands: "claimed" until decided. NotFound("pairing_unknown")."""
    return status_of(_claimed(session, claim), subject.at)


@service("public", "sign_in.by_claim")
def enter_by_claim(session: Session, subject: Subject, claim: str) -> str:
    """The `sid` cookie of a login session for the confirmed phone's browser; a claim works once.

    NotFound, PermissionDenied("pairing_refused"), Conflict("pairing_waiting" | "pairing_used" | "pairing_expired").
    """
    row, user = _collect(session, subject, claim)
    token = open_session(session, subject, user, True, get_settings())
    keep_browser_device(session, subject, token, row.device_name)
    return token


@service("public", "pairing.token")
def token_by_claim(session: Session, subject: Subject, claim: str) -> NewDevice:
    """The bearer token of the confirmed phone's application; refusals as in `enter_by_claim`."""
    row, user = _collect(session, subject, claim)
    token = new_token()
    device = PairedDevice(
        user_id=user.id,
        name=row.device_name,
        token_sha256=sha256(token),
        paired_at=subject.at,
        last_seen_at=subject.at,
        ip=subject.ip,
    )
    session.add(device)
    session.flush()
    return NewDevice(device.id, device.name, token)


def keep_browser_device(session: Session, subject: Subject, token: str, name: str) -> None:
    """Write down the phone whose browser holds the session of cookie `token`."""
    session.flush()
    found = find_session(session, token, subject.at)
    if found is None:
        return
    login, user = found
    device = PairedDevice(
        user_id=user.id,
        name=_name(name),
        login_session_id=login.id,
        paired_at=subject.at,
        last_seen_at=subject.at,
        ip=subject.ip,
    )
    session.add(device)
    session.add(LiveEvent(user_id=user.id, topic=TOPIC, created_at=subject.at))


def _is_possible(secret: object) -> bool:
    return isinstance(secret, str) and 0 < len(secret) <= MAX_LENGTH and secret.isascii()


def _shown(session: Session, code: str) -> Pairing:
    """The pairing of a scanned or typed code."""
    if not _is_possible(code):
        raise NotFound("pairing_unknown")
    typed = typed_of(code)
    match = Pairing.typed_argon2 == argon2_of(typed) if typed else Pairing.code_sha256 == sha256(code)
    row = session.exec(select(Pairing).where(match)).first()
    if row is None:
        raise NotFound("pairing_unknown")
    return row


def _claimed(session: Session, claim: str) -> Pairing:
    if not _is_possible(claim):
        raise NotFound("pairing_unknown")
    row = session.exec(select(Pairing).where(Pairing.claim_sha256 == sha256(claim))).first()
    if row is None:
        raise NotFound("pairing_unknown")
    return row


def _collect(session: Session, subject: Subject, claim: str) -> tuple[Pairing, User]:
    row = _claimed(session, claim)
    ready = (col(Pairing.confirmed_at) > subject.at - confirm_time(), col(Pairing.collected_at).is_(None))
    first = update(Pairing).where(col(Pairing.id) == row.id, *ready, _is_session_alive(subject))
    user = session.get(User, row.user_id)
    if session.exec(first.values(collected_at=subject.at), execution_options=PLAIN).rowcount != 1:
        session.refresh(row)
        raise _why_not(row, status_of(row, subject.at))
    if user is None or user.status != UserStatus.ACTIVE:
        raise PermissionDenied("pairing_refused")
    return row, user


def _why_not(row: Pairing, status: Status) -> CabinetError:
    if row.collected_at is not None:
        return Conflict("pairing_used")
    if status == "refused":
        return PermissionDenied("pairing_refused")
    return Conflict("pairing_waiting" if status == "claimed" else "pairing_expired")


def _is_session_alive(subject: Subject) -> ColumnElement[bool]:
    """The login session that showed the code has not ended meanwhile."""
    alive = select(LoginSession.id).where(
        col(LoginSession.revoked_at).is_(None),
        LoginSession.idle_until > subject.at,
        LoginSession.expires_at > subject.at,
    )
    return col(Pairing.session_id).in_(alive)


def _name(given: object) -> str:
    """A device's name as its owner will read it: one line of printable characters; "" when there is none."""
    text = " ".join(given.split()) if isinstance(given, str) else ""
    return "" if has_forbidden(text) else text[:NAME_LENGTH]
