"""The exchange with suppliers behind the protocol, as their administrators see it: state, queue, rows turned down."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlmodel import Session, col, func, select

from energo_cabinet.auth.access import Subject, service
from energo_cabinet.auth.supplier_access import of_supplier
from energo_cabinet.errors import NotFound
from energo_cabinet.models import (
    Contract,
    ContractSync,
    DeliveryKind,
    GatewayKind,
    Supplier,
    SupplierDelivery,
    SupplierSync,
    SyncRefusal,
)
from energo_cabinet.services.exchange.turn import locked, wake_deliveries

PAGE = 20


@dataclass(frozen=True, slots=True)
class Queue:
    """What waits to be sent: how many of each kind, the earliest since when."""

    readings: int = 0
    tickets: int = 0
    oldest_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class SupplierState:
    """One supplier. Instants are local to it and aware; None: never. `reason`: code of the last failure."""

    id: int
    name: str
    contracts: int
    succeeded_at: datetime | None
    as_of: datetime | None
    failing_since: datetime | None
    next_at: datetime | None
    failures: int
    reason: str
    stored: int
    refused: int
    queue: Queue
    at: datetime

    @property
    def lag(self) -> timedelta | None:
        """How old what is shown is; None while nothing is."""
        return None if self.as_of is None else self.at - self.as_of


@dataclass(frozen=True, slots=True)
class RefusedRow:
    """A row that was turned down."""

    id: int
    contract_number: str
    resource: str
    row: str
    reason: str
    times: int
    last_at: datetime


@dataclass(frozen=True, slots=True)
class RefusedPage:
    """The newest first; `next` goes on after it as `before_id`."""

    items: tuple[RefusedRow, ...]
    next: int | None


@service("staff:admin", "exchange.list", audited=False)
def supplier_states(session: Session, subject: Subject) -> list[SupplierState]:
    """The suppliers behind the protocol that the member administers, by name."""
    mine = (Supplier.gateway == GatewayKind.HTTP, of_supplier(subject, Supplier.id))
    query = select(Supplier, SupplierSync).outerjoin(SupplierSync, col(SupplierSync.supplier_id) == Supplier.id)
    rows = session.exec(query.where(*mine, col(Supplier.is_active).is_(True)).order_by(Supplier.name)).all()
    return [_state(session, subject, supplier, sync) for supplier, sync in rows]


@service("staff:admin", "exchange.refused_rows")
def refused_rows(session: Session, subject: Subject, remote_id: int, before_id: int | None = None) -> RefusedPage:
    """Rows of a supplier's that were turned down. NotFound: not the member's supplier."""
    supplier = _remote(session, subject, remote_id)
    query = select(SyncRefusal, Contract.number).join(Contract, col(Contract.id) == SyncRefusal.contract_id)
    query = query.where(SyncRefusal.supplier_id == supplier.id)
    if before_id is not None:
        query = query.where(col(SyncRefusal.id) < before_id)
    rows = session.exec(query.order_by(col(SyncRefusal.id).desc()).limit(PAGE + 1)).all()
    zone = ZoneInfo(supplier.zone_name)
    items = tuple(
        RefusedRow(r.id, number, r.resource, r.row, r.reason, r.times, r.last_at.astimezone(zone))
        for r, number in rows[:PAGE]
    )
    return RefusedPage(items, items[-1].id if len(rows) > PAGE else None)


@service("staff:admin", "exchange.start_now")
def sync_now(session: Session, subject: Subject, remote_id: int) -> None:
    """«Синхронизировать сейчас»: asked at once, and what waits to be sent is tried. NotFound: not the member's."""
    supplier = _remote(session, subject, remote_id)
    key = supplier.id
    if session.get(SupplierSync, key) is None:
        session.add(SupplierSync(supplier_id=key, next_at=subject.at))
        session.flush()
    state = locked(session, key)
    state.next_at = subject.at
    session.add(state)
    wake_deliveries(session, subject, key)


def _remote(session: Session, subject: Subject, remote_id: int) -> Supplier:
    mine = (Supplier.id == remote_id, Supplier.gateway == GatewayKind.HTTP, of_supplier(subject, Supplier.id))
    found = session.exec(select(Supplier).where(*mine)).first()
    if found is None:
        raise NotFound
    return found


def _state(session: Session, subject: Subject, supplier: Supplier, sync: SupplierSync | None) -> SupplierState:
    zone = ZoneInfo(supplier.zone_name)

    def local(at: datetime | None) -> datetime | None:
        return at.astimezone(zone) if at is not None else None

    sync = sync or SupplierSync(supplier_id=supplier.id, next_at=subject.at)
    contracts = select(func.count()).where(ContractSync.supplier_id == supplier.id)
    return SupplierState(
        id=supplier.id,
        name=supplier.name,
        contracts=session.exec(contracts).one(),
        succeeded_at=local(sync.succeeded_at),
        as_of=local(sync.as_of),
        failing_since=local(sync.failing_since),
        next_at=local(sync.next_at),
        failures=sync.failures,
        reason=sync.last_error,
        stored=sync.stored,
        refused=sync.refused,
        queue=_queue(session, supplier, zone),
        at=subject.at.astimezone(zone),
    )


def _queue(session: Session, supplier: Supplier, zone: ZoneInfo) -> Queue:
    row = SupplierDelivery
    query = select(row.kind, func.count(), func.min(row.created_at)).join(Contract, col(Contract.id) == row.contract_id)
    waiting = (Contract.supplier_id == supplier.id, col(row.delivered_at).is_(None), col(row.failed_at).is_(None))
    found = {kind: (count, oldest) for kind, count, oldest in session.exec(query.where(*waiting).group_by(row.kind))}
    readings, tickets = found.get(DeliveryKind.READING, (0, None)), found.get(DeliveryKind.TICKET, (0, None))
    oldest = min((at for _, at in (readings, tickets) if at is not None), default=None)
    return Queue(readings[0], tickets[0], oldest.astimezone(zone) if oldest else None)
