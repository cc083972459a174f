"""The sync with a supplier behind the protocol: who is due, what has changed, what to fetch next (DESIGN 1.8).

Every step is a transaction of its own and none of them talks to the network: the job asks the supplier between them.
The cursor of a resource moves in the transaction that stores what came before it, so a killed job goes on where it was.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import aliased
from sqlmodel import Session, col, exists, or_, select, update

from energo_cabinet.auth.access import Subject, service
from energo_cabinet.domain.exchange.schedule import pause_after
from energo_cabinet.gateways.supplier_protocol import ChangePage
from energo_cabinet.models import (
    Contract,
    ContractSync,
    SupplierSync,
    SyncCursor,
)
from energo_cabinet.services.exchange.answer import Answer, store
from energo_cabinet.services.exchange.rows import Intake, forget_old_refusals
from energo_cabinet.services.exchange.told import tell_loaded
from energo_cabinet.services.exchange.turn import locked
from energo_cabinet.services.supplier.sync_due import RESOURCES, mark_due, waits

POINTS = "points"
AT_POINTS = ("meters", "readings", "profile", "events")
"""What is measured at points is not asked for before the points themselves are known."""


@dataclass(frozen=True, slots=True)
class SyncTask:
    """A resource of a contract to be fetched from `cursor` on (or unless its ETag is still `etag`)."""

    supplier_id: int
    contract_id: int
    contract_ref: str
    resource: str
    cursor: str
    etag: str
    due_at: datetime


@service("system", "exchange.changes_cursor")
def changes_cursor(session: Session, subject: Subject, supplier_id: int) -> str:
    """Where the supplier's list of changes goes on."""
    return session.get_one(SupplierSync, supplier_id).cursor


@service("system", "exchange.note_changes")
def note_changes(session: Session, subject: Subject, supplier_id: int, cursor: str, page: ChangePage) -> bool:
    """What a page of changes names waits to be fetched from now on; False when another worker was faster."""
    state = locked(session, supplier_id)
    if state.cursor != cursor:
        return False
    ids = _contracts(session, supplier_id, {change.contract for change in page.items})
    touched = {(ids[change.contract], change.resource) for change in page.items if change.contract in ids}
    for contract_id, resource in sorted(touched):
        mark_due(session, subject, state, contract_id, resource)
    state.cursor = page.next_cursor
    if not page.has_more:
        state.as_of = min(page.data_as_of, subject.at)
    session.add(state)
    return True


@service("system", "exchange.forget_changes_cursor")
def forget_changes_cursor(session: Session, subject: Subject, supplier_id: int) -> None:
    """The supplier does not know our place in its changes any more: everything of everybody is asked for anew."""
    state = locked(session, supplier_id)
    state.cursor = ""
    rows = update(SyncCursor).where(col(SyncCursor.supplier_id) == supplier_id, col(SyncCursor.due_at).is_(None))
    session.exec(rows.values(due_at=subject.at, tries=0))
    session.add(state)


@service("system", "exchange.next_task")
def next_task(session: Session, subject: Subject, supplier_id: int) -> SyncTask | None:
    """What waits longest; points before what is measured at them. None when nothing does."""
    row, points = SyncCursor, aliased(SyncCursor)
    unknown = exists().where(
        col(points.contract_id) == col(row.contract_id), col(points.resource) == POINTS, col(points.due_at).is_not(None)
    )
    due = (row.supplier_id == supplier_id, col(row.due_at) <= subject.at)
    query = select(row, Contract.supplier_ref).join(Contract, col(Contract.id) == row.contract_id)
    query = query.where(*due, or_(col(row.resource).not_in(AT_POINTS), ~unknown))
    found = session.exec(query.order_by(col(row.due_at), col(row.contract_id)).limit(len(RESOURCES))).all()
    same = [pair for pair in found if pair[0].contract_id == found[0][0].contract_id]
    if not same:
        return None
    cursor, ref = min(same, key=lambda pair: RESOURCES.get(pair[0].resource, len(RESOURCES)))
    assert cursor.due_at is not None
    return SyncTask(supplier_id, cursor.contract_id, ref, cursor.resource, cursor.cursor, cursor.etag, cursor.due_at)


@service("system", "exchange.store_answer")
def store_answer(session: Session, subject: Subject, task: SyncTask, answer: Answer) -> bool:
    """Store an answer and move the cursor in one transaction; False when the task was done by another meanwhile."""
    row = _row(session, task)
    if row is None or (row.cursor, row.etag) != (task.cursor, task.etag):
        return False
    intake = Intake(session, subject, session.get_one(Contract, task.contract_id), task.resource)
    store(intake, answer.items)
    refused = intake.note_refusals()
    row.cursor, row.etag, row.tries = answer.cursor, answer.etag, 0
    if not answer.has_more and row.due_at == task.due_at:
        row.due_at = None
    session.add(row)
    session.flush()
    counts = {"stored": SupplierSync.stored + intake.stored, "refused": SupplierSync.refused + refused}
    session.exec(update(SupplierSync).where(col(SupplierSync.supplier_id) == task.supplier_id).values(**counts))
    if intake.is_new_at_points and session.get_one(ContractSync, task.contract_id).loaded_at is not None:
        _again(session, subject, task.contract_id)
    if refused:
        forget_old_refusals(session, task.supplier_id)
    tell_loaded(session, subject, task.contract_id, task.resource, intake.stored, _finish(session, subject, task))
    return True


@service("system", "exchange.task_failed")
def task_failed(
    session: Session, subject: Subject, task: SyncTask, is_gone: bool = False, starts_anew: bool = False
) -> None:
    """It is tried again later and later; not at all when the supplier has no such contract any more."""
    row = _row(session, task)
    if row is None:
        return
    row.tries += 1
    wait = pause_after(row.tries, 0, task.contract_id)
    row.due_at = None if is_gone else subject.at if starts_anew else subject.at + wait
    row.cursor = "" if starts_anew else row.cursor
    session.add(row)
    if is_gone:
        intake = Intake(session, subject, session.get_one(Contract, task.contract_id), task.resource)
        intake.refuse(task.contract_ref, "contract_gone")
        intake.note_refusals()
        _finish(session, subject, task)


def _again(session: Session, subject: Subject, contract_id: int) -> None:
    """A point has joined a contract: what was turned down before it was known is asked for once more."""
    at_points = (SyncCursor.contract_id == contract_id, col(SyncCursor.resource).in_(AT_POINTS))
    for row in session.exec(select(SyncCursor).where(*at_points)).all():
        row.cursor, row.etag, row.due_at, row.tries = "", "", subject.at, 0
        session.add(row)


def _finish(session: Session, subject: Subject, task: SyncTask) -> bool:
    """Mark a contract that nothing waits for any more; True when it was whole for the first time."""
    if waits(session, task.contract_id):
        return False
    contract = session.get_one(ContractSync, task.contract_id)
    is_first = contract.loaded_at is None
    contract.as_of, contract.loaded_at = None, contract.loaded_at or subject.at
    session.add(contract)
    session.flush()
    return is_first


def _row(session: Session, task: SyncTask) -> SyncCursor | None:
    """The cursor of a task, locked."""
    own = (SyncCursor.contract_id == task.contract_id, SyncCursor.resource == task.resource)
    query: Any = select(SyncCursor).where(*own).with_for_update()
    row: SyncCursor | None = session.exec(query.execution_options(populate_existing=True)).first()
    return row


def _contracts(session: Session, supplier_id: int, refs: set[str]) -> dict[str, int]:
    """Contracts of the supplier that are brought here, by their names at the supplier."""
    query = select(Contract.supplier_ref, Contract.id).join(ContractSync, col(ContractSync.contract_id) == Contract.id)
    mine = (Contract.supplier_id == supplier_id, col(Contract.supplier_ref).in_(refs))
    return dict(session.exec(query.where(*mine)).all())
