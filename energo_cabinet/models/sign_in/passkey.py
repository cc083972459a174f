"""Passkeys: public keys of authenticators, and the challenges they are asked to sign."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import BigInteger
from sqlmodel import Field

from energo_cabinet.models.row import Row
from energo_cabinet.models.types import enum_type


class Passkey(Row, table=True):
    """A WebAuthn credential of an account; binary values as base64url without padding.

    `user_handle`: what the authenticator knows the account by, random, the same in all passkeys of an account.
    `sign_count`: the authenticator's own, an unsigned 32-bit number. `disabled_at`: since then it opens nothing.
    """

    __tablename__ = "passkey"

    user_id: int = Field(foreign_key="user_account.id", index=True)
    credential: str = Field(max_length=1400, unique=True)
    public_key: str = Field(max_length=2000)
    user_handle: str = Field(max_length=88)
    name: str = Field(max_length=60)
    sign_count: int = Field(default=0, sa_type=BigInteger)
    created_at: datetime
    last_used_at: datetime | None = None
    disabled_at: datetime | None = None


class CeremonyKind(StrEnum):
    """What an answer to a challenge may be used for."""

    ADD = "add"
    SIGN_IN = "sign_in"
    SECOND_STEP = "second_step"
    PROVE = "prove"


class PasskeyCeremony(Row, table=True):
    """A challenge, good once and for minutes, for who it was given to (`bound_to`) and for nothing else.

    `name` and `user_handle` are of the passkey that is being added.
    """

    __tablename__ = "passkey_ceremony"

    kind: CeremonyKind = Field(sa_type=enum_type(CeremonyKind))
    bound_to: str = Field(max_length=80, index=True)
    challenge: str = Field(max_length=100)
    name: str = Field(default="", max_length=60)
    user_handle: str = Field(default="", max_length=88)
    expires_at: datetime = Field(index=True)
    used_at: datetime | None = None
