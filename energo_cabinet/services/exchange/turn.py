"""Whose turn it is to be asked, and what follows from an answer or from silence: the state of a supplier's sync."""

from __future__ import annotations

from datetime import timedelta
from typing import cast

from sqlmodel import Session, col, select, update

from energo_cabinet.auth.access import Subject, service
from energo_cabinet.domain.exchange.schedule import pause_after
from energo_cabinet.gateways.supplier import SupplierUnavailable
from energo_cabinet.gateways.supplier_client import AccessRefused, SupplierClient
from energo_cabinet.models import Contract, GatewayKind, Supplier, SupplierDelivery, SupplierSync
from energo_cabinet.services.notice.staff_live import tell_staff
from energo_cabinet.services.supplier.gateway import gateway_of
from energo_cabinet.settings import get_settings

TOPIC = "sync"
"""Of the live events that say to staff: the state of the sync with a supplier has changed."""


@service("system", "exchange.due_suppliers")
def due_suppliers(session: Session, subject: Subject) -> list[int]:
    """Ids of the active suppliers behind the protocol whose turn it is; one never asked is due at once."""
    remote = (Supplier.gateway == GatewayKind.HTTP, col(Supplier.is_active).is_(True))
    new = select(Supplier.id).outerjoin(SupplierSync, col(SupplierSync.supplier_id) == Supplier.id)
    for key in session.exec(new.where(*remote, col(SupplierSync.supplier_id).is_(None))).all():
        session.add(SupplierSync(supplier_id=key, next_at=subject.at))
    session.flush()
    due = select(SupplierSync.supplier_id).join(Supplier, col(Supplier.id) == SupplierSync.supplier_id)
    return list(
        session.exec(due.where(*remote, col(SupplierSync.next_at) <= subject.at).order_by(col(SupplierSync.next_at)))
    )


@service("system", "exchange.client")
def client_of(session: Session, subject: Subject, supplier_id: int) -> SupplierClient:
    """The supplier's client, to be used outside of any transaction; SupplierUnavailable when it cannot be made."""
    return cast(SupplierClient, gateway_of(session, subject, session.get_one(Supplier, supplier_id)))


def reason_of(error: Exception) -> str:
    """A failure as a code that staff read in plain words; what the supplier said stays in the log."""
    if isinstance(error, AccessRefused):
        return "token"
    if not isinstance(error, SupplierUnavailable):
        return "fault"
    told = str(error)
    return "address" if "address" in told else "answer" if "answer" in told else "away"


@service("system", "exchange.succeeded")
def sync_succeeded(session: Session, subject: Subject, supplier_id: int, has_more: bool = False) -> None:
    """The supplier answers: what waits for it leaves at once, the next turn comes after the usual pause."""
    state = locked(session, supplier_id)
    came_back = state.failing_since is not None
    state.succeeded_at, state.failing_since, state.failures, state.last_error = subject.at, None, 0, ""
    usual = timedelta(0) if has_more else pause_after(0, get_settings().sync_seconds, supplier_id)
    state.next_at = subject.at + usual
    session.add(state)
    if came_back:
        wake_deliveries(session, subject, supplier_id)
    tell_staff(session, subject, supplier_id, "admin", TOPIC)


@service("system", "exchange.failed")
def sync_failed(session: Session, subject: Subject, supplier_id: int, reason: str) -> None:
    """The supplier does not answer: asked again later and later (its circuit is open until then)."""
    state = locked(session, supplier_id)
    state.failing_since = state.failing_since or subject.at
    state.failures, state.last_error = state.failures + 1, reason[:40]
    state.next_at = subject.at + pause_after(state.failures, 0, supplier_id)
    session.add(state)
    tell_staff(session, subject, supplier_id, "admin", TOPIC)


def wake_deliveries(session: Session, subject: Subject, supplier_id: int) -> None:
    """What waits for a supplier that was away is tried now."""
    contracts = select(Contract.id).where(Contract.supplier_id == supplier_id)
    waiting = (
        col(SupplierDelivery.contract_id).in_(contracts),
        col(SupplierDelivery.delivered_at).is_(None),
        col(SupplierDelivery.failed_at).is_(None),
    )
    session.exec(update(SupplierDelivery).where(*waiting).values(next_try_at=subject.at))


def locked(session: Session, supplier_id: int) -> SupplierSync:
    """The state of a supplier, for changing it."""
    query = select(SupplierSync).where(SupplierSync.supplier_id == supplier_id).with_for_update()
    return session.exec(query.execution_options(populate_existing=True)).one()
