"""A phone joined to an account by a code on the computer's screen, and the codes themselves (Э-65…72)."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Field

from energo_cabinet.models.row import Row


class Pairing(Row, table=True):
    """One shown code and what became of it: claimed by a phone, decided on the computer, collected by the phone.

    Only digests: of the code in the picture, of the short one to type, of the secret the claiming phone was given.
    """

    __tablename__ = "pairing"

    user_id: int = Field(foreign_key="user_account.id", index=True)
    session_id: int = Field(foreign_key="loginsession.id", index=True)
    code_sha256: str = Field(max_length=64, unique=True)
    typed_argon2: str = Field(max_length=64, unique=True)
    claim_sha256: str | None = Field(default=None, max_length=64, unique=True)
    created_at: datetime
    expires_at: datetime
    cancelled_at: datetime | None = None
    claimed_at: datetime | None = None
    confirmed_at: datetime | None = None
    refused_at: datetime | None = None
    collected_at: datetime | None = None
    device_name: str = Field(default="", max_length=60)
    device_ip: str = Field(default="", max_length=45)
    check_number: str = Field(default="", max_length=2)


class PairedDevice(Row, table=True):
    """A phone that may enter: with a bearer token (an application) or with a login session (its browser)."""

    __tablename__ = "paired_device"

    user_id: int = Field(foreign_key="user_account.id", index=True)
    name: str = Field(max_length=60)
    token_sha256: str | None = Field(default=None, max_length=64, unique=True)
    login_session_id: int | None = Field(default=None, foreign_key="loginsession.id", index=True)
    paired_at: datetime
    last_seen_at: datetime
    revoked_at: datetime | None = None
    ip: str = Field(default="", max_length=45)
