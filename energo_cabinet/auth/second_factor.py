"""Checking a code of the second factor: TOTP, a recovery code or a code by SMS, each good for one use (ASVS 6.5)."""

from __future__ import annotations

import base64
import hmac
import re
import secrets
from datetime import datetime, timedelta

import pyotp
from sqlmodel import Session, col, delete, or_, select, update

from energo_cabinet.auth.login_session import is_staff, sha256
from energo_cabinet.auth.passwords import hash_password, verify_password
from energo_cabinet.auth.sealed import CannotUnseal, unseal
from energo_cabinet.errors import CabinetError
from energo_cabinet.models import FactorKind, Passkey, PhoneCode, RecoveryCode, SecondFactor
from energo_cabinet.settings import get_settings

STEP_S = 30
RECOVERY_CODES = 10
RECOVERY_BYTES = 15
"""120 bits: enough to be kept as a plain SHA-256 (ASVS 6.5.2)."""
PHONE_CODE_LIFE = timedelta(minutes=5)


def active_factor(session: Session, user_id: int) -> SecondFactor | None:
    """The user's second factor when it is on."""
    factor = session.get(SecondFactor, user_id, populate_existing=True)
    return factor if factor is not None and factor.confirmed_at is not None else None


def has_passkey(session: Session, user_id: int) -> bool:
    """Whether a passkey of the user's opens something."""
    good = (Passkey.user_id == user_id, col(Passkey.disabled_at).is_(None))
    return session.exec(select(Passkey.id).where(*good).limit(1)).first() is not None


def needs_second_step(session: Session, user_id: int) -> bool:
    """Whether the password alone opens nothing: a factor is on, or a member of the staff has a passkey.

    A customer's passkey is a way in beside the password, which stays as it was.
    """
    if active_factor(session, user_id) is not None:
        return True
    return has_passkey(session, user_id) and is_staff(session, user_id)


def secured_at(session: Session, user_id: int) -> datetime | None:
    """When the newest of what stands behind the password was set up; None where nothing does."""
    if not needs_second_step(session, user_id):
        return None
    factor = active_factor(session, user_id)
    made: list[datetime] = list(session.exec(select(Passkey.created_at).where(Passkey.user_id == user_id)))
    if factor is not None and factor.confirmed_at is not None:
        made.append(factor.confirmed_at)
    return max(made)


def remove_factor(session: Session, user_id: int) -> None:
    """The authenticator or the SMS is gone, and the recovery codes with what they stand in for."""
    session.exec(delete(SecondFactor).where(col(SecondFactor.user_id) == user_id))
    session.expire_all()
    if not needs_second_step(session, user_id):
        session.exec(delete(RecoveryCode).where(col(RecoveryCode.user_id) == user_id))


def remove_passkeys(session: Session, user_id: int, since: datetime | None = None) -> int:
    """Take all passkeys from an account, or those added after `since`; how many. With `remove_factor`: a reset."""
    mine = delete(Passkey).where(col(Passkey.user_id) == user_id)
    gone: int = session.exec(mine if since is None else mine.where(col(Passkey.created_at) > since)).rowcount
    session.expire_all()
    if not needs_second_step(session, user_id):
        session.exec(delete(RecoveryCode).where(col(RecoveryCode.user_id) == user_id))
    return gone


def is_right_code(session: Session, factor: SecondFactor, code: object, bound_to: str, at: datetime) -> bool:
    """Whether the code of the factor itself is right; it is used up by that."""
    plain = re.sub(r"\s", "", code) if isinstance(code, str) and len(code) <= 40 else ""
    if not re.fullmatch(r"[0-9]{6}", plain):
        return False
    if factor.kind == FactorKind.TOTP:
        return _use_totp(session, factor, plain, at)
    return use_phone_code(session, factor.user_id, plain, bound_to, at)


def use_recovery_code(session: Session, user_id: int, code: object, at: datetime) -> bool:
    """Use a recovery code up, by one atomic UPDATE; whether it was one."""
    plain = re.sub(r"[^A-Z2-7]", "", code.upper()) if isinstance(code, str) and len(code) <= 60 else ""
    if len(plain) != RECOVERY_BYTES * 8 // 5:
        return False
    unused = (col(RecoveryCode.user_id) == user_id, col(RecoveryCode.used_at).is_(None))
    query = update(RecoveryCode).where(*unused, col(RecoveryCode.code_sha256) == sha256(plain))
    return bool(session.exec(query.values(used_at=at)).rowcount == 1)


def make_recovery_codes(session: Session, user_id: int, at: datetime) -> list[str]:
    """Ten new codes in place of all older ones; only their digests are kept."""
    session.exec(delete(RecoveryCode).where(col(RecoveryCode.user_id) == user_id))
    codes = [base64.b32encode(secrets.token_bytes(RECOVERY_BYTES)).decode() for _ in range(RECOVERY_CODES)]
    session.add_all(RecoveryCode(user_id=user_id, code_sha256=sha256(code), created_at=at) for code in codes)
    return ["-".join(code[i : i + 4] for i in range(0, len(code), 4)) for code in codes]


def make_phone_code(session: Session, user_id: int, bound_to: str, at: datetime) -> str:
    """A new six-digit code for one request; older ones of that request die."""
    pending = update(PhoneCode).where(col(PhoneCode.user_id) == user_id, col(PhoneCode.used_at).is_(None))
    session.exec(pending.where(col(PhoneCode.bound_to) == bound_to).values(used_at=at))
    code = f"{secrets.randbelow(1_000_000):06d}"
    session.add(
        PhoneCode(
            user_id=user_id,
            bound_to=bound_to,
            code_hash=hash_password(code),
            created_at=at,
            expires_at=at + PHONE_CODE_LIFE,
        )
    )
    return code


def use_phone_code(session: Session, user_id: int, code: str, bound_to: str, at: datetime) -> bool:
    """Use the code of a request up; the try is counted before it is looked at, so that races gain nothing."""
    live = (
        col(PhoneCode.user_id) == user_id,
        col(PhoneCode.bound_to) == bound_to,
        col(PhoneCode.used_at).is_(None),
        col(PhoneCode.expires_at) > at,
        col(PhoneCode.tries) < get_settings().code_tries,
    )
    row = session.exec(select(PhoneCode).where(*live).order_by(col(PhoneCode.id).desc())).first()
    if row is None:
        return False
    mine = update(PhoneCode).where(col(PhoneCode.id) == row.id)
    if session.exec(mine.where(*live).values(tries=PhoneCode.tries + 1)).rowcount != 1:
        return False
    if not verify_password(code, row.code_hash):
        return False
    return bool(session.exec(mine.where(col(PhoneCode.used_at).is_(None)).values(used_at=at)).rowcount == 1)


def totp_secret(factor: SecondFactor) -> str:
    """The base32 secret of an authenticator."""
    return unseal(factor.sealed_secret, f"second_factor:{factor.user_id}")


def _use_totp(session: Session, factor: SecondFactor, code: str, at: datetime) -> bool:
    """A code of this step or a neighbour, newer than any used before: a code seen over a shoulder is worth nothing."""
    try:
        totp, now = pyotp.TOTP(totp_secret(factor)), int(at.timestamp()) // STEP_S
    except CannotUnseal:
        raise CabinetError("factor_unreadable", "code") from None
    steps = [step for step in (now - 1, now, now + 1) if hmac.compare_digest(totp.generate_otp(step), code)]
    if not steps:
        return False
    newer = update(SecondFactor).where(col(SecondFactor.user_id) == factor.user_id)
    # When the clock was ahead at the last use, nobody has seen the codes of now.
    was_ahead = col(SecondFactor.last_step) > now + 1
    newer = newer.where(or_(col(SecondFactor.last_step) < steps[-1], was_ahead))
    return bool(session.exec(newer.values(last_step=steps[-1])).rowcount == 1)
