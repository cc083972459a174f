"""Deliveries to suppliers: in order per contract, claimed, tried until taken, once each (DESIGN 1.8)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.orm import aliased
from sqlmodel import Session, col, exists, or_, select, update

from energo_cabinet.auth.access import Subject, service
from energo_cabinet.gateways.supplier import Parcel, Receipt, SupplierGateway
from energo_cabinet.models import Contract, DeliveryKind, GatewayKind, Supplier, SupplierDelivery
from energo_cabinet.services.supplier.gateway import gateway_of

LEASE = timedelta(minutes=3)
"""A delivery claimed by a process that died is tried again after this."""
FIRST_PAUSE, LONGEST_PAUSE = timedelta(seconds=2), timedelta(minutes=15)

Settle = Callable[[Session, Subject, Mapping[str, Any], Receipt], None]
SETTLES: dict[DeliveryKind, Settle] = {}


@dataclass(frozen=True, slots=True)
class DueDelivery:
    """A delivery claimed for handing over."""

    id: int
    kind: DeliveryKind
    attempts: int


def settles(kind: DeliveryKind) -> Callable[[Settle], Settle]:
    """Register what happens here when the supplier has answered: `settle(session, subject, payload, receipt)`."""

    def register(settle: Settle) -> Settle:
        SETTLES[kind] = settle
        return settle

    return register


def send_to_supplier(
    session: Session, subject: Subject, contract: Contract, kind: DeliveryKind, payload: Mapping[str, Any], key: str
) -> None:
    """Put a parcel into the outbox, in the caller's transaction; the same `key` again changes nothing."""
    if session.exec(select(SupplierDelivery.id).where(SupplierDelivery.key == key)).first() is not None:
        return
    row = SupplierDelivery(
        key=key,
        contract_id=contract.id,
        kind=kind,
        payload=dict(payload),
        created_at=subject.at,
        next_try_at=subject.at,
    )
    session.add(row)
    session.flush()


@service("system", "delivery.claim")
def claim_delivery(session: Session, subject: Subject, due_by: datetime | None = None) -> DueDelivery | None:
    """Take the longest waiting due delivery that is the first of its contract, for LEASE; None when nothing is due.

    `due_by`: when the caller's round began; what was put off since then is for the next one, however long this takes.
    """
    row, earlier = SupplierDelivery, aliased(SupplierDelivery)
    before = exists().where(
        col(earlier.contract_id) == col(row.contract_id),
        col(earlier.id) < col(row.id),
        col(earlier.delivered_at).is_(None),
        col(earlier.failed_at).is_(None),
    )
    due = (
        col(row.delivered_at).is_(None),
        col(row.failed_at).is_(None),
        col(row.next_try_at) <= (due_by or subject.at),
        or_(col(row.leased_until).is_(None), col(row.leased_until) < subject.at),
    )
    waiting = select(row).where(*due, ~before).order_by(col(row.next_try_at), col(row.id)).limit(5)
    for found in session.exec(waiting).all():
        claim = update(row).where(col(row.id) == found.id, *due)
        claimed = session.exec(claim.values(leased_until=subject.at + LEASE, attempts=col(row.attempts) + 1))
        if claimed.rowcount == 1:
            return DueDelivery(found.id, found.kind, found.attempts)
    return None


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A delivery on its way out of the installation: `gateway` is called outside of any transaction."""

    gateway: SupplierGateway
    kind: DeliveryKind
    parcel: Parcel


@service("system", "delivery.outgoing")
def outgoing(session: Session, subject: Subject, delivery_id: int) -> Outgoing | None:
    """What `submit` needs for a supplier behind the protocol; None for one of ours, see `hand_over`."""
    row, parcel, supplier = _parcel(session, delivery_id)
    if supplier.gateway == GatewayKind.LOCAL:
        return None
    return Outgoing(gateway_of(session, subject, supplier), row.kind, parcel)


def submit(outgoing: Outgoing) -> Receipt:
    """Hand over; ParcelRefused, SupplierUnavailable. Blocks, so never inside a transaction."""
    gateway = outgoing.gateway
    calls = {DeliveryKind.READING: gateway.submit_reading, DeliveryKind.TICKET: gateway.submit_ticket}
    return calls[outgoing.kind](outgoing.parcel)


@service("system", "delivery.hand_over")
def hand_over(session: Session, subject: Subject, delivery_id: int) -> Receipt:
    """Give a delivery to a supplier of this installation; ParcelRefused. Marks nothing."""
    row, parcel, supplier = _parcel(session, delivery_id)
    return submit(Outgoing(gateway_of(session, subject, supplier), row.kind, parcel))


@service("system", "delivery.arrived")
def delivery_arrived(session: Session, subject: Subject, delivery_id: int, receipt: Receipt) -> None:
    """The supplier has it: mark it and tell whoever waits for the answer, once."""
    row = _open(session, delivery_id)
    if row is not None:
        row.delivered_at, row.leased_until, row.last_error = subject.at, None, ""
        _settle(session, subject, row, receipt)


@service("system", "delivery.refused")
def delivery_refused(session: Session, subject: Subject, delivery_id: int, reason: str) -> None:
    """The supplier will never take it."""
    row = _open(session, delivery_id)
    if row is not None:
        row.failed_at, row.leased_until, row.last_error = subject.at, None, reason[:300]
        _settle(session, subject, row, Receipt("rejected", reason))


@service("system", "delivery.postpone")
def delivery_postponed(session: Session, subject: Subject, delivery_id: int, reason: str) -> None:
    """Not now: once more after a pause that doubles up to LONGEST_PAUSE; never given up, a reading must arrive."""
    row = _open(session, delivery_id)
    if row is not None:
        pause = min(FIRST_PAUSE * 2 ** min(max(row.attempts - 1, 0), 20), LONGEST_PAUSE)
        row.next_try_at, row.leased_until, row.last_error = subject.at + pause, None, reason[:300]
        session.add(row)


def _parcel(session: Session, delivery_id: int) -> tuple[SupplierDelivery, Parcel, Supplier]:
    row = session.get_one(SupplierDelivery, delivery_id)
    contract = session.get_one(Contract, row.contract_id)
    parcel = Parcel(row.key, contract.number, row.payload, contract.supplier_ref)
    return row, parcel, session.get_one(Supplier, contract.supplier_id)


def _open(session: Session, delivery_id: int) -> SupplierDelivery | None:
    """The row, locked, unless it is done."""
    query = select(SupplierDelivery).where(SupplierDelivery.id == delivery_id).with_for_update()
    row = session.exec(query.execution_options(populate_existing=True)).first()
    return row if row is not None and row.delivered_at is None and row.failed_at is None else None


def _settle(session: Session, subject: Subject, row: SupplierDelivery, receipt: Receipt) -> None:
    session.add(row)
    settle = SETTLES.get(row.kind)
    if settle is not None:
        settle(session, subject, row.payload, receipt)
