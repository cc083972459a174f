"""The audit journal: append-only, each entry sealed with the digest of the one before it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Index
from sqlmodel import Field, SQLModel


class AuditEntry(SQLModel, table=True):
    """Who did what to whose data, when and from where. No foreign keys: the journal outlives what it tells about.

    `actor_id`: a user, None for the command line; `action`: the service's name; `details`: canonical JSON, no secrets;
    `whose_id`: the customer, `contract_id`: the contract that was read or changed. `sha256` covers all of it and
    `previous_sha256`, and is keyed by the installation's key `key_id` ("" in entries from before that). Triggers refuse
    UPDATE, DELETE and any INSERT but the next one on both databases.
    """

    __tablename__ = "audit_entry"
    __table_args__ = (
        Index("ix_audit_entry_whose", "whose_id", "id"),
        Index("ix_audit_entry_contract", "contract_id", "id"),
        Index("ix_audit_entry_supplier", "supplier_id", "id"),
    )

    id: int = Field(primary_key=True)
    at: datetime
    actor_id: int | None = None
    actor: str = Field(max_length=200)
    role: str = Field(default="", max_length=20)
    supplier_id: int | None = None
    action: str = Field(max_length=80)
    whose_id: int | None = None
    contract_id: int | None = None
    details: str = "{}"
    ip: str = Field(default="", max_length=45)
    previous_sha256: str = Field(max_length=64)
    sha256: str = Field(max_length=64)
    key_id: str = Field(default="", max_length=40)


class AuditHead(SQLModel, table=True):
    """One row: how many entries there are and the digest of the newest. Updating it first is the journal's lock.

    `mac`: keyed over both, so that who can write to the database cannot say that the journal ends sooner.
    """

    __tablename__ = "audit_head"

    id: int = Field(default=1, primary_key=True)
    entries: int = 0
    sha256: str = Field(default="", max_length=64)
    key_id: str = Field(default="", max_length=40)
    mac: str = Field(default="", max_length=64)
