"""What did not reach a supplier's people or the supplier within a week: letters, text messages, deliveries.

Nothing is sent again from here: a letter or message may hold a code, so its text is gone once it was given up, and a
supplier has given its final answer to a delivery.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal, get_args
from zoneinfo import ZoneInfo

from sqlalchemy import literal, union_all
from sqlmodel import Session, col, func, select

from energo_cabinet.auth.access import Subject, service
from energo_cabinet.auth.supplier_access import of_supplier, visible_supplier_users
from energo_cabinet.domain.masked import masked_email, masked_phone
from energo_cabinet.models import (
    Contract,
    ContractLink,
    OutboxLetter,
    SmsMessage,
    Supplier,
    SupplierDelivery,
    User,
)
from energo_cabinet.settings import get_settings

Kind = Literal["letter", "sms", "delivery"]
KINDS: tuple[Kind, ...] = get_args(Kind)
FAILED_DAYS, PAGE, FURTHEST = 7, 30, 100_000
TABLES: dict[Kind, Any] = {"letter": OutboxLetter, "sms": SmsMessage, "delivery": SupplierDelivery}


@dataclass(frozen=True, slots=True)
class Failure:
    """`to`: a masked address, of a delivery the number of its contract; `about`: subject, theme or "".

    `error`: as the other side worded it; `what`: what a delivery carried; `contract_id`: 0 where none is known.
    """

    kind: Kind
    id: int
    to: str
    about: str
    what: str
    at: datetime
    attempts: int
    error: str
    contract_id: int = 0


@dataclass(frozen=True, slots=True)
class FailurePage:
    """The newest first; `counts` of every kind; `next`: how many to skip for the following page, None at the end."""

    items: tuple[Failure, ...]
    counts: dict[Kind, int]
    next: int | None = None


@service("staff:dashboard", "staff.failures")
def failures(session: Session, subject: Subject, kind: str = "", skip: int = 0) -> FailurePage:
    """What was given up within FAILED_DAYS, of one of KINDS or of all."""
    kinds = [known for known in KINDS if known == kind] or list(KINDS)
    begin = skip if type(skip) is int and 0 <= skip <= FURTHEST else 0
    found = _newest(session, subject, kinds, begin)
    kept = {(row_kind, row.id): row for row_kind, row in _rows(session, found[:PAGE])}
    homes, zone = _contracts(session, subject, list(kept.values())), _zone(session, subject)
    items = tuple(_failure(key[0], kept[key], homes, zone) for key in found[:PAGE])
    return FailurePage(items, failure_counts(session, subject), begin + PAGE if len(found) > PAGE else None)


def failure_counts(session: Session, subject: Subject) -> dict[Kind, int]:
    """How many of each kind; the caller has been let in already."""
    counted = ((kind, select(func.count()).select_from(TABLES[kind]).where(*_of(subject, kind))) for kind in KINDS)
    return {kind: session.execute(query).scalar_one() for kind, query in counted}


def of_people(subject: Subject, column: Any, told_by: Any) -> Any:
    """The condition that a column names one of the supplier's customers by `told_by`, a column of User."""
    if subject.kind == "system" or subject.member.supplier_id is None:
        return col(column).is_not(None)
    return col(column).in_(visible_supplier_users(subject).with_only_columns(col(told_by)))


def _of(subject: Subject, kind: Kind) -> tuple[Any, ...]:
    table = TABLES[kind]
    since = subject.at - timedelta(days=FAILED_DAYS)
    if kind == "letter":
        mine = of_people(subject, OutboxLetter.to_email, User.email)
    elif kind == "sms":
        mine = of_people(subject, SmsMessage.user_id, User.id)
    else:
        contracts = select(Contract.id).where(of_supplier(subject, Contract.supplier_id))
        mine = col(SupplierDelivery.contract_id).in_(contracts)
    return col(table.failed_at) >= since, mine


def _newest(session: Session, subject: Subject, kinds: Sequence[Kind], skip: int) -> list[tuple[Kind, int]]:
    parts: list[Any] = [
        select(literal(kind).label("kind"), col(TABLES[kind].id).label("id"), col(TABLES[kind].failed_at).label("at"))
        for kind in kinds
    ]
    every = union_all(*(part.where(*_of(subject, kind)) for kind, part in zip(kinds, parts, strict=True))).subquery()
    query = select(every.c.kind, every.c.id).order_by(every.c.at.desc(), every.c.kind, every.c.id.desc())
    return [(kind, key) for kind, key in session.execute(query.offset(skip).limit(PAGE + 1))]


def _rows(session: Session, keys: Sequence[tuple[Kind, int]]) -> list[tuple[Kind, Any]]:
    rows: list[tuple[Kind, Any]] = []
    for kind in {kind for kind, _ in keys}:
        table, ids = TABLES[kind], [key for known, key in keys if known == kind]
        rows += [(kind, row) for row in session.exec(select(table).where(col(table.id).in_(ids)))]
    return rows


def _contracts(session: Session, subject: Subject, rows: Sequence[Any]) -> dict[object, Contract]:
    """A contract for each user id, address and contract id in the rows: the first that a person has linked."""
    people = [getattr(row, "user_id", None) for row in rows]
    emails, ids = [getattr(row, "to_email", None) for row in rows], [getattr(row, "contract_id", None) for row in rows]
    linked = (
        select(User, Contract)
        .join(ContractLink, col(ContractLink.user_id) == User.id)
        .join(Contract, col(Contract.id) == ContractLink.contract_id)
        .where(col(ContractLink.unlinked_at).is_(None), of_supplier(subject, Contract.supplier_id))
        .where(col(User.id).in_([p for p in people if p]) | col(User.email).in_([e for e in emails if e]))
        .order_by(col(Contract.id).desc())
    )
    homes: dict[object, Contract] = {}
    for user, contract in session.exec(linked):
        homes |= {("user", user.id): contract, user.email: contract}
    named = select(Contract).where(col(Contract.id).in_([i for i in ids if i]))
    return homes | {contract.id: contract for contract in session.exec(named)}


def _failure(kind: Kind, row: Any, homes: dict[object, Contract], zone: ZoneInfo) -> Failure:
    known = (row.failed_at.astimezone(zone), row.attempts, row.last_error)
    if kind == "letter":
        home = homes.get(row.to_email)
        return Failure(kind, row.id, masked_email(row.to_email), row.subject, "", *known, home.id if home else 0)
    if kind == "sms":
        home = homes.get(("user", row.user_id))
        return Failure(kind, row.id, masked_phone(row.to_phone), "", "", *known, home.id if home else 0)
    theme = str(row.payload.get("theme", ""))
    return Failure(kind, row.id, homes[row.contract_id].number, theme, row.kind.value, *known, row.contract_id)


def _zone(session: Session, subject: Subject) -> ZoneInfo:
    number = None if subject.kind == "system" else subject.member.supplier_id
    return ZoneInfo(session.get_one(Supplier, number).zone_name if number else get_settings().default_zone)
