"""Signing in by a passkey: alone, or after the password as the second step; and showing anew who one is."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session, col, select
from webauthn import generate_authentication_options
from webauthn.helpers.structs import UserVerificationRequirement

from energo_cabinet.auth import rate
from energo_cabinet.auth.access import Subject, service
from energo_cabinet.auth.login_session import is_staff, open_session, revoke, sha256
from energo_cabinet.errors import CabinetError, NotFound, WrongSecret
from energo_cabinet.models import CeremonyKind, LoginSession, Passkey
from energo_cabinet.services.sign_in.ceremony import (
    TIMEOUT_MS,
    as_options,
    described,
    issue,
    of_session,
    shown,
    site,
    spend,
)
from energo_cabinet.services.sign_in.second_step import FinishedStep, count_step, finish_step, open_step
from energo_cabinet.settings import get_settings


@dataclass(frozen=True, slots=True)
class Asked:
    """Options for the browser (PublicKeyCredentialRequestOptionsJSON); `token` is what its answer is bound to."""

    options: dict[str, Any]
    token: str


@service("public", "passkey.begin_sign_in")
def begin_sign_in(session: Session, subject: Subject) -> Asked:
    """Ask for any passkey of this site's. Counted by address as a failed sign-in until it has succeeded."""
    rate.take_from(get_settings().limit_login_ip, "passkey-ip", subject.ip)
    token = secrets.token_urlsafe(32)
    return Asked(_options(issue(session, subject, CeremonyKind.SIGN_IN, _binding(token)), []), token)


@service("public", "sign_in.by_passkey")
def sign_in_by_passkey(session: Session, subject: Subject, token: str, answer: str, remember: bool) -> FinishedStep:
    """Open a session by a passkey alone: the authenticator has verified its user.

    CabinetError("passkey_expired"), WrongSecret("passkey_staff") (staff give the password first); errors of `shown`.
    """
    ceremony = spend(session, subject, CeremonyKind.SIGN_IN, _binding(token))
    user = shown(session, subject, ceremony, answer)
    if is_staff(session, user.id):
        raise WrongSecret("passkey_staff")
    rate.give_back_from(get_settings().limit_login_ip, "passkey-ip", subject.ip)
    if subject.user_id is not None:  # the browser's old session ends: a new value at every sign-in
        revoke(session, subject.user_id, subject.at, only=subject.session_id)
    opened = open_session(session, subject, user, remember is True, get_settings(), by_passkey=True)
    return FinishedStep(opened, remember is True)


@service("public", "passkey.begin_second_step")
def begin_second_step(session: Session, subject: Subject, token: str) -> dict[str, Any]:
    """Ask for a passkey of whose password was right in this browser. CabinetError("second_step_expired")."""
    _, user = open_step(session, subject, token)
    return _options_of(session, subject, user.id, CeremonyKind.SECOND_STEP, _binding(token))


@service("public", "sign_in.second_step_by_passkey")
def finish_by_passkey(session: Session, subject: Subject, token: str, answer: str) -> FinishedStep:
    """Open the session of a browser whose password was right a moment ago, by a passkey; counted as a code is.

    CabinetError: "second_step_expired", "passkey_expired"; TooManyAttempts; errors of `shown`.
    """
    step, user = open_step(session, subject, token)
    count_step(session, subject, step)
    ceremony = spend(session, subject, CeremonyKind.SECOND_STEP, _binding(token))
    shown(session, subject, ceremony, answer, user.id)
    return finish_step(session, subject, step, user, by_passkey=True)


@service("customer", "passkey.begin_proof")
def begin_proof(session: Session, subject: Subject) -> dict[str, Any]:
    """Ask the caller for a passkey; NotFound for a paired phone, CabinetError("passkey_none")."""
    return _options_of(session, subject, subject.user, CeremonyKind.PROVE, of_session(subject))


@service("customer", "sign_in.prove_by_passkey")
def prove_by_passkey(session: Session, subject: Subject, answer: str) -> None:
    """As `step_up.prove`, by a passkey. CabinetError("passkey_expired"), TooManyAttempts, errors of `shown`."""
    login = session.get(LoginSession, subject.session_id) if subject.session_id else None
    if login is None:
        raise NotFound
    limit, keys = get_settings().limit_login_account, ("prove", str(subject.user))
    rate.take(limit, *keys)
    ceremony = spend(session, subject, CeremonyKind.PROVE, of_session(subject))
    shown(session, subject, ceremony, answer, subject.user)
    rate.forget(limit, *keys)
    login.proved_at = login.passkey_at = subject.at
    session.add(login)


def _options_of(session: Session, subject: Subject, user_id: int, kind: CeremonyKind, bound_to: str) -> dict[str, Any]:
    good = (Passkey.user_id == user_id, col(Passkey.disabled_at).is_(None))
    rows = list(session.exec(select(Passkey).where(*good)))
    if not rows:
        raise CabinetError("passkey_none")
    return _options(issue(session, subject, kind, bound_to), rows)


def _options(challenge: bytes, allowed: list[Passkey]) -> dict[str, Any]:
    return as_options(
        generate_authentication_options(
            rp_id=site(),
            challenge=challenge,
            timeout=TIMEOUT_MS,
            allow_credentials=described(allowed),
            user_verification=UserVerificationRequirement.REQUIRED,
        )
    )


def _binding(token: object) -> str:
    """What a challenge for somebody not signed in is bound to: the browser, by its cookie."""
    return f"browser:{sha256(token if isinstance(token, str) and 0 < len(token) <= 100 else '')}"
