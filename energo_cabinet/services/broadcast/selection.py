"""Whom a broadcast reaches: people with a live link to a contract of the supplier that the selection names.

Everything here is one statement for any number of people; nobody is selected through another supplier's contract.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import BigInteger, Float, case, cast, exists, func, or_
from sqlalchemy import select as select_core
from sqlmodel import Session, col, select

from energo_cabinet.models import (
    Bill,
    ConsumerClass,
    Contract,
    ContractLink,
    Erasure,
    MeteringPoint,
    NotificationChoice,
    NotificationSource,
    Payment,
    User,
    UserStatus,
)
from energo_cabinet.services.notice.choice import DEFAULTS


@dataclass(frozen=True, slots=True)
class Selection:
    """All of it at once; "" and None do not count.

    `locality`: the first part of the contract's address; `address_part`: stands in the address of the contract or of
    one of its points; `debt_from_rub`: overdue debt from this sum on; `feeder`: a point hangs on it.
    """

    locality: str = ""
    address_part: str = ""
    consumer_class: ConsumerClass | None = None
    debt_from_rub: Decimal | None = None
    feeder: str = ""


@dataclass(frozen=True, slots=True)
class Audience:
    """How many people, and how they will learn of it; `switched_off` want neither."""

    people: int = 0
    in_cabinet: int = 0
    by_email: int = 0
    switched_off: int = 0


def matching(supplier_id: int, chosen: Selection, today: date) -> Any:
    """For each person the first of his links to a contract that is selected: columns `user_id`, `link_id`."""
    query: Any = (
        select_core(col(ContractLink.user_id), func.min(ContractLink.id).label("link_id"))
        .join(Contract, col(Contract.id) == ContractLink.contract_id)
        .join(User, col(User.id) == ContractLink.user_id)
        .where(Contract.supplier_id == supplier_id, col(ContractLink.unlinked_at).is_(None))  # type: ignore[arg-type]
        .where(User.status == UserStatus.ACTIVE)  # type: ignore[arg-type]
        .group_by(col(ContractLink.user_id))
    )
    for condition in _conditions(supplier_id, chosen, today):
        query = query.where(condition)
    return query


def count_audience(session: Session, supplier_id: int, chosen: Selection, today: date) -> Audience:
    """The people of a selection, counted by what they chose for notifications of suppliers (Н-54)."""
    people = matching(supplier_id, chosen, today).subquery()
    default, choice = DEFAULTS[NotificationSource.SUPPLIER], NotificationChoice.__table__.c  # type: ignore[attr-defined]
    stopped = exists().where(
        Erasure.user_id == people.c.user_id,
        col(Erasure.done_at).is_(None),
        col(Erasure.cancelled_at).is_(None),
        Erasure.reason == "consent",  # type: ignore[arg-type]
    )
    shown = case((stopped, 0), (func.coalesce(choice.in_cabinet, default.in_cabinet), 1), else_=0)
    mailed = case((stopped, 0), (func.coalesce(choice.by_email, default.by_email), 1), else_=0)
    own = (choice.user_id == people.c.user_id) & (choice.source == NotificationSource.SUPPLIER)
    query = select_core(
        func.count(), func.sum(shown), func.sum(mailed), func.sum(case((shown + mailed == 0, 1), else_=0))
    )
    row = session.execute(query.select_from(people).outerjoin(NotificationChoice, own)).one()
    return Audience(*(int(value or 0) for value in row))


def localities_of(session: Session, supplier_id: int, most: int) -> list[str]:
    """First parts of the addresses that people have in the cabinet: «г. Северогорск»."""
    linked = select(ContractLink.contract_id).where(col(ContractLink.unlinked_at).is_(None))
    query = select(Contract.address).where(Contract.supplier_id == supplier_id, col(Contract.id).in_(linked)).distinct()
    found: set[str] = set()
    for address in session.exec(query.execution_options(yield_per=1000)):
        head, comma, _ = address.partition(",")
        if comma and len(found) < most:
            found.add(head.strip())
    return sorted(found)


def feeders_of(session: Session, supplier_id: int, most: int) -> list[str]:
    """The feeders that the supplier's points hang on."""
    query = select(MeteringPoint.feeder).where(MeteringPoint.supplier_id == supplier_id, MeteringPoint.feeder != "")
    return list(session.exec(query.distinct().order_by(MeteringPoint.feeder).limit(most)))


def _conditions(supplier_id: int, chosen: Selection, today: date) -> list[Any]:
    found: list[Any] = []
    if chosen.locality:
        found.append(col(Contract.address).startswith(f"{chosen.locality},", autoescape=True))
    if chosen.address_part:
        found.append(_address(chosen.address_part))
    if chosen.consumer_class:
        found.append(Contract.consumer_class == chosen.consumer_class)
    if chosen.feeder:
        found.append(exists().where(MeteringPoint.contract_id == Contract.id, MeteringPoint.feeder == chosen.feeder))  # type: ignore[arg-type]
    if chosen.debt_from_rub is not None:
        found.append(col(Contract.id).in_(_debtors(supplier_id, chosen.debt_from_rub, today)))
    return found


def _address(part: str) -> Any:
    """SQLite folds no Russian letters: the usual spellings are asked for."""
    spellings = sorted({part, part.lower(), part.capitalize(), part.title(), part.upper()})
    own = [col(Contract.address).contains(words, autoescape=True) for words in spellings]
    of_points = [col(MeteringPoint.address).contains(words, autoescape=True) for words in spellings]
    return or_(*own, exists().where(MeteringPoint.contract_id == Contract.id, or_(*of_points)))  # type: ignore[arg-type]


def _debtors(supplier_id: int, debt_from_rub: Decimal, today: date) -> Any:
    """Contracts whose overdue bills leave at least so much open; as `domain.bill.ledger.settle`, in kopecks."""
    wanted = case((_kopecks(Bill.amount_rub) > 0, _kopecks(Bill.amount_rub)), else_=0)
    of_supplier = select(Contract.id).where(Contract.supplier_id == supplier_id)
    so_far = func.sum(wanted).over(partition_by=col(Bill.contract_id), order_by=col(Bill.month))
    bills = (
        select_core(col(Bill.contract_id), col(Bill.due_on), wanted.label("wanted"), so_far.label("so_far"))
        .where(col(Bill.contract_id).in_(of_supplier))
        .subquery()
    )
    paid, returned = _paid(), _returned()
    money = func.coalesce(paid.c.kopecks, 0) - func.coalesce(returned.c.kopecks, 0)
    left = bills.c.so_far - money
    opened = case((left <= 0, 0), (left < bills.c.wanted, left), else_=bills.c.wanted)
    return (
        select_core(bills.c.contract_id)
        .outerjoin(paid, paid.c.contract_id == bills.c.contract_id)
        .outerjoin(returned, returned.c.contract_id == bills.c.contract_id)
        .where(bills.c.due_on < today)
        .group_by(bills.c.contract_id)
        .having(func.sum(opened) >= max(1, int(debt_from_rub * 100)))
    )


def _paid() -> Any:
    query = select_core(col(Payment.contract_id), func.sum(_kopecks(Payment.amount_rub)).label("kopecks"))
    return query.group_by(col(Payment.contract_id)).subquery()


def _returned() -> Any:
    """Bills below zero count as money received."""
    query = select_core(col(Bill.contract_id), func.sum(_kopecks(Bill.amount_rub)).label("kopecks"))
    return query.where(_kopecks(Bill.amount_rub) < 0).group_by(col(Bill.contract_id)).subquery()


def _kopecks(column: Any) -> Any:
    """SQLite keeps money as text."""
    return cast(func.round(cast(column, Float) * 100), BigInteger)
