"""What becomes of a submitted reading: taken by a local supplier, decided by its people, counted, told (F-5)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from energo_cabinet.auth.access import Subject, service
from energo_cabinet.domain.typed import id_of
from energo_cabinet.errors import CabinetError, Conflict
from energo_cabinet.gateways.supplier import Parcel, ParcelRefused, Receipt
from energo_cabinet.models import (
    Contract,
    DeliveryKind,
    LiveEvent,
    MeteringPoint,
    MeterReading,
    NotificationKind,
    ReadingSubmission,
    SubmissionStatus,
    Supplier,
)
from energo_cabinet.services.notice.sending import Message, readers_of, tell
from energo_cabinet.services.supplier.delivery import settles
from energo_cabinet.services.supplier.gateway import takes
from energo_cabinet.services.values.reading_pending import as_readings

TOPIC = "readings"
"""Of the live events that say: submitted readings of a user's contracts have changed."""

SHOWN = 200


@dataclass(frozen=True, slots=True)
class WaitingReading:
    """A submission as the supplier's people see it."""

    number: str
    supplier: str
    contract: str
    point: str
    read_at: datetime
    registers_wh: dict[str, int]
    used_wh: dict[str, int]
    doubts: tuple[str, ...]
    status: SubmissionStatus


def number_of(row: ReadingSubmission) -> str:
    """The receipt number: day and running number."""
    return f"{row.created_at:%y%m%d}-{row.id:05d}"


@takes(DeliveryKind.READING)
def take_reading(session: Session, subject: Subject, parcel: Parcel) -> Receipt:
    """A local supplier takes what nothing speaks against; the doubtful waits for a decision. Twice is as once."""
    row = session.get(ReadingSubmission, parcel.payload.get("submission"))
    if row is None:
        raise ParcelRefused("unknown reading")
    if row.status == SubmissionStatus.REJECTED:
        return Receipt("rejected", row.reason)
    if row.doubts and row.status == SubmissionStatus.SENT:
        return Receipt("waiting")
    _store(session, row)
    return Receipt("accepted")


@settles(DeliveryKind.READING)
def settle_reading(session: Session, subject: Subject, payload: Mapping[str, Any], receipt: Receipt) -> None:
    """The supplier has answered: the status follows, the customer is told."""
    row = session.get(ReadingSubmission, payload.get("submission"))
    if row is None or row.status != SubmissionStatus.SENT:
        return
    if receipt.status == "waiting":
        changed(session, subject, row)
        return
    if receipt.status == "accepted":
        _store(session, row)  # here already with a supplier of this installation, else until its own list brings it
    _decide(session, subject, row, receipt.status == "accepted", receipt.reason)


@service("system", "reading.list_waiting")
def waiting_readings(session: Session, subject: Subject, supplier: str = "") -> list[WaitingReading]:
    """Doubtful readings that wait for the supplier's decision, oldest first."""
    query = (
        select(ReadingSubmission, MeteringPoint, Contract, Supplier)
        .join(MeteringPoint, col(MeteringPoint.id) == ReadingSubmission.point_id)
        .join(Contract, col(Contract.id) == ReadingSubmission.contract_id)
        .join(Supplier, col(Supplier.id) == Contract.supplier_id)
        .where(ReadingSubmission.status == SubmissionStatus.SENT)
        .order_by(col(ReadingSubmission.id))
    )
    rows = session.exec(query.where(Supplier.code == supplier) if supplier else query).all()
    return [_waiting(*row) for row in rows if row[0].doubts][:SHOWN]


@service("system", "reading.decide")
def decide_reading(session: Session, subject: Subject, number: str, is_accepted: bool, reason: str = "") -> None:
    """Accept or reject a doubtful reading by its receipt number; Conflict when it is decided already."""
    row = _by_number(session, number)
    if row.status != SubmissionStatus.SENT or not row.doubts:
        raise Conflict("reading_decided", "number", number=number)
    if not is_accepted and not reason.strip():
        raise CabinetError("reading_reason", "reason")
    if is_accepted:
        _store(session, row)
    _decide(session, subject, row, is_accepted, reason.strip()[:300])


@service("system", "reading.count")
def count_readings(session: Session, subject: Subject, supplier: str, until: datetime) -> int:
    """Mark a supplier's accepted readings before an instant as counted in its charges («учтено»); how many."""
    contracts = select(Contract.id).join(Supplier, col(Supplier.id) == Contract.supplier_id)
    mine = col(ReadingSubmission.contract_id).in_(contracts.where(Supplier.code == supplier))
    accepted = (ReadingSubmission.status == SubmissionStatus.ACCEPTED, col(ReadingSubmission.read_at) < until)
    rows = session.exec(select(ReadingSubmission).where(mine, *accepted)).all()
    for row in rows:
        row.status = SubmissionStatus.COUNTED
        session.add(row)
        changed(session, subject, row)
    return len(rows)


def changed(session: Session, subject: Subject, row: ReadingSubmission) -> None:
    """Have the open tabs of everybody who sees the contract read anew."""
    for user in readers_of(session, row.contract_id):
        session.add(LiveEvent(user_id=user.id, topic=TOPIC, created_at=subject.at))


def _store(session: Session, row: ReadingSubmission) -> None:
    """The readings, entered by hand; what is there already stays."""
    for reading in as_readings(row):
        key = (reading.point_id, reading.channel, reading.zone, reading.read_at)
        if session.get(MeterReading, key) is None:
            session.add(reading)
    session.flush()


def _decide(session: Session, subject: Subject, row: ReadingSubmission, is_accepted: bool, reason: str) -> None:
    row.status = SubmissionStatus.ACCEPTED if is_accepted else SubmissionStatus.REJECTED
    row.reason, row.decided_at = reason, subject.at
    session.add(row)
    changed(session, subject, row)
    kind = NotificationKind.READING_ACCEPTED if is_accepted else NotificationKind.READING_REJECTED
    point = session.get_one(MeteringPoint, row.point_id)
    facts = {"point": point.name, "number": number_of(row), "date": f"{row.read_at:%d.%m.%Y}", "reason": reason}
    once = f"reading {row.id} {row.status.value}"
    message = Message(kind, contract_id=row.contract_id, point_id=row.point_id, facts=facts, once=once)
    tell(session, subject, readers_of(session, row.contract_id), message)


def _by_number(session: Session, number: str) -> ReadingSubmission:
    key = id_of(number.strip().rpartition("-")[2])
    row = session.get(ReadingSubmission, key) if key else None
    if row is None or number_of(row) != number.strip():
        raise CabinetError("reading_unknown", "number", number=number)
    return row


def _waiting(row: ReadingSubmission, point: MeteringPoint, contract: Contract, supplier: Supplier) -> WaitingReading:
    return WaitingReading(
        number=number_of(row),
        supplier=supplier.code,
        contract=contract.number,
        point=point.number,
        read_at=row.read_at,
        registers_wh=row.registers_wh,
        used_wh=row.used_wh,
        doubts=tuple(row.doubts),
        status=row.status,
    )
