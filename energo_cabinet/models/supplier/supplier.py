"""Suppliers and their contracts, and which user sees which contract."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from energo_cabinet.models.row import Row
from energo_cabinet.models.sign_in.user import ConsumerClass
from energo_cabinet.models.types import enum_type

READING_SOURCE = "R-17, Э-82: показания не позднее 25-го числа; у поставщиков окна 15–25, 15–26"
"""Where the window of a supplier that says nothing else comes from [K]."""


class GatewayKind(StrEnum):
    """How a supplier is reached: its data live here, or behind the supplier protocol."""

    LOCAL = "local"
    HTTP = "http"


class LinkWay(StrEnum):
    """By what a person came to read a contract; EARLIER: before that was noted."""

    EARLIER = "earlier"
    LOGIN = "login"
    CODE = "code"
    STAFF = "staff"


class Supplier(Row, table=True):
    """Гарантирующий поставщик или энергосбыт (CIM: ServiceSupplier).

    `brand_colour` is "#rrggbb" or "" for ours; `payee_…`: where its customers pay to.
    """

    code: str = Field(max_length=40, unique=True)
    name: str = Field(max_length=200)
    gateway: GatewayKind = Field(default=GatewayKind.LOCAL, sa_type=enum_type(GatewayKind))
    zone_name: str = Field(default="Europe/Moscow", max_length=40)
    email: str = Field(default="", max_length=254)
    phone: str = Field(default="", max_length=40)
    website: str = Field(default="", max_length=200)
    address: str = Field(default="", max_length=300)
    payee_name: str = Field(default="", max_length=160)
    payee_inn: str = Field(default="", max_length=12)
    payee_kpp: str = Field(default="", max_length=9)
    payee_account: str = Field(default="", max_length=20)
    payee_bank: str = Field(default="", max_length=45)
    payee_bic: str = Field(default="", max_length=9)
    payee_corr_account: str = Field(default="", max_length=20)
    brand_colour: str = Field(default="", max_length=7)
    welcome_text: str = Field(default="", max_length=500)
    is_active: bool = True
    reading_first_day: int = Field(default=15, ge=1, le=31)
    reading_last_day: int = Field(default=25, ge=1, le=31)
    reading_source: str = Field(default=READING_SOURCE, max_length=300)


class ServiceRegion(Row, table=True):
    """A line of the choice of region and service on the welcome page (Э-2, Э-3); a supplier has at least one."""

    __tablename__ = "service_region"

    supplier_id: int = Field(foreign_key="supplier.id", index=True)
    title: str = Field(max_length=200)
    position: int = 0


class SupplierLogo(SQLModel, table=True):
    """The supplier's sign, kept as a PNG of our own making."""

    __tablename__ = "supplier_logo"

    supplier_id: int = Field(foreign_key="supplier.id", primary_key=True)
    png: bytes
    sha256: str = Field(max_length=64)


class Contract(Row, table=True):
    """Договор или лицевой счёт at a supplier; login and password are the supplier's own (Н-29).

    `supplier_ref` names it in the supplier protocol; "" at a local supplier. Such a supplier keeps the password itself.
    `contact_…`: where the supplier itself reaches the customer, whoever reads the contract here; "" when it knows none.
    `code_issue`: which of its printed codes is good (services.contract.code).
    """

    __table_args__ = (
        UniqueConstraint("supplier_id", "number"),
        UniqueConstraint("supplier_id", "login"),
        Index("ix_contract_supplier_ref", "supplier_id", "supplier_ref"),
    )

    supplier_id: int = Field(foreign_key="supplier.id", index=True)
    number: str = Field(max_length=60)
    customer_name: str = Field(default="", max_length=200)
    address: str = Field(default="", max_length=300)
    consumer_class: ConsumerClass = Field(default=ConsumerClass.FLAT, sa_type=enum_type(ConsumerClass))
    login: str = Field(max_length=100)
    password_hash: str = Field(max_length=200)
    failed_tries: int = 0
    locked_until: datetime | None = None
    credentials_issue: int = 0
    supplier_ref: str = Field(default="", max_length=64)
    contact_email: str = Field(default="", max_length=254)
    contact_phone: str = Field(default="", max_length=20)
    code_issue: int = 0


class ContractLink(Row, table=True):
    """A contract in a user's sidebar, under the name the user gave it (Н-25, Н-49)."""

    __table_args__ = (
        Index(
            "uq_contractlink_live",
            "user_id",
            "contract_id",
            unique=True,
            sqlite_where=text("unlinked_at IS NULL"),
            postgresql_where=text("unlinked_at IS NULL"),
        ),
    )

    user_id: int = Field(foreign_key="user_account.id", index=True)
    contract_id: int = Field(foreign_key="contract.id", index=True)
    title: str = Field(max_length=100)
    way: LinkWay = Field(default=LinkWay.EARLIER, sa_type=enum_type(LinkWay))
    linked_at: datetime
    unlinked_at: datetime | None = None
