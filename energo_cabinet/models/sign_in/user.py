"""People who sign in, their consents, login sessions and one-time codes."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, Column
from sqlmodel import Field

from energo_cabinet.models.row import Row
from energo_cabinet.models.types import enum_type


class UserStatus(StrEnum):
    """PENDING until the mailed link is confirmed (Э-36)."""

    PENDING = "pending"
    ACTIVE = "active"
    DISABLED = "disabled"


class ConsumerClass(StrEnum):
    """Object class chosen before registration (Э-6…Э-15)."""

    FLAT = "flat"
    PREMISES = "premises"
    COMPANY = "company"
    HOUSE = "house"


class User(Row, table=True):
    """Somebody who signs in with an e-mail address (Э-26). `email` is stored case-folded."""

    __tablename__ = "user_account"

    email: str = Field(max_length=254, unique=True)
    full_name: str = Field(max_length=200)
    phone: str = Field(default="", max_length=20)
    address: str = Field(default="", max_length=300)
    contract_number: str = Field(default="", max_length=60)
    consumer_class: ConsumerClass | None = Field(default=None, sa_type=enum_type(ConsumerClass))
    password_hash: str = Field(max_length=200)
    password_changed_at: datetime
    status: UserStatus = Field(default=UserStatus.PENDING, sa_type=enum_type(UserStatus))
    language: str = Field(default="ru", max_length=2)
    failed_sign_ins: int = 0
    created_at: datetime


class Consent(Row, table=True):
    """A consent as given: rows are never overwritten (SECURITY 2.4, R-37)."""

    user_id: int = Field(foreign_key="user_account.id", index=True)
    purpose: str = Field(max_length=40)
    text_version: str = Field(max_length=20)
    text_sha256: str = Field(max_length=64)
    given_at: datetime
    ip: str = Field(default="", max_length=45)
    channel: str = Field(default="web", max_length=20)


class LoginSession(Row, table=True):
    """A signed-in browser: only the SHA-256 of its cookie is kept.

    `proved_at`: when its user last showed who they are; `passkey_at`: when by a passkey.
    `viewing_…`: a member of the staff looks through a customer's eyes until then (auth.view).
    """

    token_sha256: str = Field(max_length=64, unique=True)
    user_id: int = Field(foreign_key="user_account.id", index=True)
    created_at: datetime
    last_seen_at: datetime
    idle_until: datetime
    expires_at: datetime
    revoked_at: datetime | None = None
    remember: bool = False
    ip: str = Field(default="", max_length=45)
    device: str = Field(default="", max_length=200)
    proved_at: datetime | None = None
    passkey_at: datetime | None = None
    viewing_user_id: int | None = None
    viewing_supplier_id: int | None = None
    viewing_until: datetime | None = None


class CodePurpose(StrEnum):
    """What a one-time code may be redeemed for."""

    ACTIVATION = "activation"
    RESET = "reset"
    OPEN = "open"


class OneTimeCode(Row, table=True):
    """A mailed secret: stored as SHA-256, redeemed by one atomic UPDATE.

    `application`: what an activation link makes of the account, its password's hash too; gone once one is used.
    """

    purpose: CodePurpose = Field(sa_type=enum_type(CodePurpose))
    code_sha256: str = Field(max_length=64, unique=True)
    user_id: int = Field(foreign_key="user_account.id", index=True)
    created_at: datetime
    expires_at: datetime
    used_at: datetime | None = None
    bound_to: str = Field(default="", max_length=64)
    application: dict[str, Any] | None = Field(default=None, sa_column=Column(JSON(none_as_null=True)))
