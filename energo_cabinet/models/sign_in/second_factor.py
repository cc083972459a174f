"""The second factor of sign-in: authenticator or SMS, recovery codes, the step between password and code."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlmodel import Field, SQLModel

from energo_cabinet.models.row import Row
from energo_cabinet.models.types import enum_type


class FactorKind(StrEnum):
    """How the code comes: from an authenticator application, or by SMS (Н-13)."""

    TOTP = "totp"
    SMS = "sms"


class SecondFactor(SQLModel, table=True):
    """A user's second factor, off until `confirmed_at`. `last_step`: the newest TOTP step used, never usable again."""

    __tablename__ = "second_factor"

    user_id: int = Field(foreign_key="user_account.id", primary_key=True)
    kind: FactorKind = Field(sa_type=enum_type(FactorKind))
    sealed_secret: str = Field(default="", max_length=300)
    phone: str = Field(default="", max_length=20)
    started_at: datetime
    confirmed_at: datetime | None = None
    last_step: int = 0


class RecoveryCode(Row, table=True):
    """One of ten codes that each replace the second factor once; 120 bits, kept as SHA-256."""

    __tablename__ = "recovery_code"

    user_id: int = Field(foreign_key="user_account.id", index=True)
    code_sha256: str = Field(max_length=64, unique=True)
    created_at: datetime
    used_at: datetime | None = None


class SignInStep(Row, table=True):
    """A browser whose password was right and whose code is awaited: no session, and usable for nothing else."""

    __tablename__ = "sign_in_step"

    token_sha256: str = Field(max_length=64, unique=True)
    user_id: int = Field(foreign_key="user_account.id", index=True)
    remember: bool = False
    created_at: datetime
    expires_at: datetime
    tries: int = 0
    used_at: datetime | None = None


class PhoneCode(Row, table=True):
    """A six-digit code sent by SMS: argon2id, a few tries, for the request it was sent for (`bound_to`) only."""

    __tablename__ = "phone_code"

    user_id: int = Field(foreign_key="user_account.id", index=True)
    bound_to: str = Field(max_length=80)
    code_hash: str = Field(max_length=200)
    created_at: datetime
    expires_at: datetime
    tries: int = 0
    used_at: datetime | None = None


class SmsMessage(Row, table=True):
    """A text message waiting to leave; its text, which holds a code, is forgotten as soon as it has left."""

    __tablename__ = "sms_message"

    message_id: str = Field(max_length=40, unique=True)
    user_id: int = Field(foreign_key="user_account.id", index=True)
    to_phone: str = Field(max_length=20)
    text: str = Field(max_length=200)
    created_at: datetime
    next_try_at: datetime
    attempts: int = 0
    sent_at: datetime | None = Field(default=None, index=True)
    failed_at: datetime | None = None
    last_error: str = Field(default="", max_length=300)
