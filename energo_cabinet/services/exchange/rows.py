"""Rows of a supplier's answer taken one by one: what cannot be is turned down, counted and shown, the rest stored."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import TypeVar

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select

from energo_cabinet.auth.access import Subject
from energo_cabinet.errors import CabinetError
from energo_cabinet.models import Contract, MeteringPoint, SyncRefusal

AHEAD = timedelta(hours=1)
"""So far ahead of ours a supplier's clock may be."""
EASTERNMOST = timedelta(hours=14)

T = TypeVar("T")


class RowRefused(Exception):
    """This row is not stored; `args[0]` is the code of the reason."""


@dataclass
class Intake:
    """One answer about one contract on its way into the database; counts what became of its rows.

    `is_new_at_points`: the contract has got a point it did not have.
    """

    session: Session
    subject: Subject
    contract: Contract
    resource: str
    stored: int = 0
    refused: dict[tuple[str, str], int] = field(default_factory=dict)
    is_new_at_points: bool = False

    @property
    def at(self) -> datetime:
        """The moment of the call."""
        return self.subject.at

    @property
    def latest_day(self) -> date:
        """What is a later day anywhere on earth has not come yet."""
        return (self.at + EASTERNMOST).date()

    def refuse(self, row: str, reason: str) -> None:
        """Turn a row down."""
        key = (row[:100], reason)
        self.refused[key] = self.refused.get(key, 0) + 1

    def each(self, rows: Iterable[T], name: Callable[[T], str], store: Callable[[T], bool]) -> None:
        """Store the rows, each whole or not at all; `store` says whether it changed anything."""
        for row in rows:
            try:
                with self.session.begin_nested():
                    changed = store(row)
                    self.session.flush()
                self.stored += changed
            except RowRefused as refused:
                self.refuse(name(row), str(refused))
            except IntegrityError:
                self.refuse(name(row), "conflict")
            except CabinetError as error:
                self.refuse(name(row), error.code[:40])

    def points(self) -> dict[str, MeteringPoint]:
        """The contract's points by number."""
        mine = select(MeteringPoint).where(MeteringPoint.contract_id == self.contract.id)
        return {point.number: point for point in self.session.exec(mine)}

    def note_refusals(self) -> int:
        """Write down what was turned down; how many rows."""
        query = select(SyncRefusal).where(
            SyncRefusal.contract_id == self.contract.id, SyncRefusal.resource == self.resource
        )
        known = {(row.row, row.reason): row for row in self.session.exec(query)} if self.refused else {}
        for (name, reason), times in self.refused.items():
            row = known.get((name, reason)) or SyncRefusal(
                supplier_id=self.contract.supplier_id,
                contract_id=self.contract.id,
                resource=self.resource,
                row=name,
                reason=reason,
                times=0,
                last_at=self.at,
            )
            row.times, row.last_at = row.times + times, self.at
            self.session.add(row)
        return sum(self.refused.values())


def forget_old_refusals(session: Session, supplier_id: int, keep: int = 500) -> None:
    """Of a supplier's refused rows the newest stay."""
    newest = select(SyncRefusal.id).where(SyncRefusal.supplier_id == supplier_id)
    old = session.exec(newest.order_by(col(SyncRefusal.last_at).desc(), col(SyncRefusal.id).desc()).offset(keep)).all()
    for key in old:
        session.delete(session.get_one(SyncRefusal, key))
