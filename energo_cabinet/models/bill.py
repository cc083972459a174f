"""What a supplier has charged a contract with and what was paid (Н-43, Н-84): bills, their lines, payments."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import Column, UniqueConstraint
from sqlmodel import Field, SQLModel

from energo_cabinet.models.row import Row
from energo_cabinet.models.types import ExactDecimal


class Bill(Row, table=True):
    """Счёт: what a contract was charged with for a month (`month` is its first day); `amount_rub` sums its lines."""

    __table_args__ = (UniqueConstraint("contract_id", "month"), UniqueConstraint("contract_id", "number"))

    contract_id: int = Field(foreign_key="contract.id")
    number: str = Field(max_length=60)
    month: date
    issued_on: date
    due_on: date = Field(index=True)
    amount_rub: Decimal = Field(sa_column=Column(ExactDecimal, nullable=False))
    created_at: datetime


class Charge(SQLModel, table=True):
    """Начисление: a line of a bill in the supplier's words; `quantity` and `price_rub` are None where it tells none."""

    bill_id: int = Field(foreign_key="bill.id", primary_key=True)
    line: int = Field(primary_key=True)
    title: str = Field(max_length=200)
    quantity: Decimal | None = Field(default=None, sa_column=Column(ExactDecimal))
    unit: str = Field(default="", max_length=20)
    price_rub: Decimal | None = Field(default=None, sa_column=Column(ExactDecimal))
    amount_rub: Decimal = Field(sa_column=Column(ExactDecimal, nullable=False))


class Payment(Row, table=True):
    """Оплата as the supplier has booked it; `number` is its document, so that none is booked twice."""

    __table_args__ = (UniqueConstraint("contract_id", "number"),)

    contract_id: int = Field(foreign_key="contract.id")
    number: str = Field(max_length=60)
    paid_on: date
    amount_rub: Decimal = Field(sa_column=Column(ExactDecimal, nullable=False))
    created_at: datetime
