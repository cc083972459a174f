"""Codes that open a contract, and objections of those who read it already to somebody new."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import Index
from sqlmodel import Field

from energo_cabinet.models.row import Row
from energo_cabinet.models.types import enum_type


class ContractCode(Row, table=True):
    """A code sent to the phone or address that the supplier knows, for the one person who asked; its hash alone.

    A code printed on a bill is not kept: it is made of the installation's key (services.contract.code).
    """

    __tablename__ = "contract_code"
    __table_args__ = (Index("ix_contract_code_asked", "contract_id", "user_id", "id"),)

    contract_id: int = Field(foreign_key="contract.id")
    user_id: int = Field(foreign_key="user_account.id", index=True)
    code_hash: str = Field(max_length=200)
    created_at: datetime
    expires_at: datetime
    used_at: datetime | None = None
    tries: int = 0


class ObjectionFate(StrEnum):
    """TOLD: nobody has objected; OBJECTED: the supplier decides; KEPT_OUT or LET_IN: it has."""

    TOLD = "told"
    OBJECTED = "objected"
    KEPT_OUT = "kept_out"
    LET_IN = "let_in"


class LinkObjection(Row, table=True):
    """Somebody was told that a contract has a new reader, and may object.

    `link_id`: the new reader's link; `user_id`: who was told, None for the supplier's own address `email`.
    `by`: the member who decided, by name.
    """

    __tablename__ = "link_objection"
    __table_args__ = (Index("ix_link_objection_fate", "supplier_id", "fate", "id"),)

    link_id: int = Field(foreign_key="contractlink.id", index=True)
    supplier_id: int = Field(foreign_key="supplier.id")
    contract_id: int = Field(foreign_key="contract.id", index=True)
    user_id: int | None = Field(default=None, foreign_key="user_account.id", index=True)
    email: str = Field(default="", max_length=254)
    key_sha256: str = Field(max_length=64, unique=True)
    fate: ObjectionFate = Field(default=ObjectionFate.TOLD, sa_type=enum_type(ObjectionFate))
    created_at: datetime
    expires_at: datetime
    objected_at: datetime | None = None
    decided_at: datetime | None = None
    by: str = Field(default="", max_length=200)
