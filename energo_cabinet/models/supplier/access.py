"""How a supplier that speaks the protocol is reached, and guesses at its contract logins (DESIGN 1.8)."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Field, SQLModel


class SupplierAccess(SQLModel, table=True):
    """Address of a supplier's protocol and our token there, sealed for this row."""

    __tablename__ = "supplier_access"

    supplier_id: int = Field(foreign_key="supplier.id", primary_key=True)
    base_url: str = Field(max_length=300)
    sealed_token: str = Field(max_length=1000)
    connected_at: datetime


class ContractLoginTry(SQLModel, table=True):
    """Passwords tried for a login that another system checks; counted before it is asked, forgotten with success.

    `login_digest`: SHA-256, so that no list of guesses is kept.
    """

    __tablename__ = "contract_login_try"

    supplier_id: int = Field(foreign_key="supplier.id", primary_key=True)
    login_digest: str = Field(max_length=64, primary_key=True)
    failed_tries: int = 0
    locked_until: datetime | None = None
