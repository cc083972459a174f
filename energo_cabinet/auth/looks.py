"""Whose data a call looks at: gathered while it runs, written behind the door at most once a minute each.

What an operator has to tell within 24 and 72 hours of an incident (152-ФЗ, ст. 21, ч. 3.1). The gathering stands where
every query on customer data begins (`auth.access`, `auth.supplier_access`), so that no use case can forget it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Connection
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import col, select

from energo_cabinet.models import Contract, ContractLink, DataLook, MeteringPoint

MOST = 200
"""Contracts by themselves; who reads more of them in one call has read a list."""


@dataclass(slots=True)
class Looks:
    """What has been looked at so far: contracts, contracts of points, people, all one's own, a supplier's lists."""

    contracts: set[int] = field(default_factory=set)
    points: set[int] = field(default_factory=set)
    people: set[int] = field(default_factory=set)
    is_own: bool = False
    is_list: bool = False

    def __bool__(self) -> bool:
        return bool(self.contracts or self.points or self.people or self.is_own or self.is_list)


@dataclass(frozen=True, slots=True)
class Looker:
    """Who looks, from what, when; `viewing`: through that customer's eyes, at contracts of `supplier_id` alone."""

    at: datetime
    user_id: int
    session_id: int
    device_id: int
    ip: str
    device: str
    supplier_id: int = 0
    viewing: int = 0


_gathered: ContextVar[Looks | None] = ContextVar("looks", default=None)


@contextmanager
def gathering() -> Iterator[Looks]:
    """What is looked at until the end."""
    looks = Looks()
    before = _gathered.set(looks)
    try:
        yield looks
    finally:
        _gathered.reset(before)


def looked_at(contract: int = 0, point: int = 0, whose: int = 0, is_own: bool = False, is_list: bool = False) -> None:
    """Note one look of the running call; nothing where nobody gathers (jobs, the command line)."""
    looks = _gathered.get()
    if looks is None:
        return
    for known, number in ((looks.contracts, contract), (looks.points, point), (looks.people, whose)):
        if number:
            known.add(number)
    looks.is_own, looks.is_list = looks.is_own or is_own, looks.is_list or is_list


def count_looks() -> int:
    """How much has been noted so far, to see whether somebody else has noted anything."""
    looks = _gathered.get()
    return 0 if looks is None else len(looks.contracts) + len(looks.points) + len(looks.people) + looks.is_own


def rows_of(connection: Connection, looker: Looker, looks: Looks) -> list[dict[str, Any]]:
    """The looks as rows of `data_look`, contracts by their own numbers."""
    contracts = set(looks.contracts)
    if looks.points:
        of_points = select(MeteringPoint.contract_id).where(col(MeteringPoint.id).in_(looks.points))
        contracts.update(number for number in connection.scalars(of_points) if number)
    if looks.is_own:
        contracts.update(connection.scalars(_own(looker)))
    is_list = looks.is_list or len(contracts) > MOST
    suppliers = _suppliers(connection, contracts) if len(contracts) <= MOST else {}
    rows = [_row(looker, contract_id=number, supplier_id=supplier) for number, supplier in suppliers.items()]
    rows += [_row(looker, whose_id=number, supplier_id=looker.supplier_id) for number in sorted(looks.people)]
    return rows + ([_row(looker, supplier_id=looker.supplier_id)] if is_list else [])


def store_rows(connection: Connection, rows: Sequence[dict[str, Any]]) -> None:
    """Keep them; what another process has kept of the same minute stays as it is."""
    insert = sqlite.insert if connection.dialect.name == "sqlite" else postgresql.insert
    connection.execute(insert(DataLook).on_conflict_do_nothing(), list(rows))


def _own(looker: Looker) -> Any:
    user = looker.viewing or looker.user_id
    live = (ContractLink.user_id == user, col(ContractLink.unlinked_at).is_(None))
    query = select(ContractLink.contract_id).where(*live)
    if not looker.viewing:
        return query
    theirs = select(Contract.id).where(Contract.supplier_id == looker.supplier_id)
    return query.where(col(ContractLink.contract_id).in_(theirs))


def _suppliers(connection: Connection, contracts: set[int]) -> dict[int, int]:
    """Contract → its supplier, in the order of their numbers."""
    if not contracts:
        return {}
    query = select(Contract.id, Contract.supplier_id).where(col(Contract.id).in_(contracts))
    return dict(sorted((row[0], row[1]) for row in connection.execute(query)))


def _row(looker: Looker, contract_id: int = 0, whose_id: int = 0, supplier_id: int = 0) -> dict[str, Any]:
    return {
        "minute": looker.at.replace(second=0, microsecond=0),
        "user_id": looker.user_id,
        "session_id": looker.session_id,
        "device_id": looker.device_id,
        "ip": looker.ip,
        "device": looker.device,
        "contract_id": contract_id,
        "whose_id": whose_id,
        "supplier_id": supplier_id,
    }
