"""What the tests of broadcasts begin with: people with contracts, broadcasts, the job's work without the job."""

from __future__ import annotations

from datetime import timedelta

from sqlmodel import Session, select

from energo_cabinet.auth.access import Subject
from energo_cabinet.models import Broadcast, BroadcastStatus, Contract, Notification, OutboxLetter, Supplier
from energo_cabinet.services.broadcast.broadcast import save_broadcast
from energo_cabinet.services.broadcast.delivery import deliver_batch, start_due
from tests import cast as make

AT_ONCE = 3
DAY = timedelta(days=1)
NEWS = {"kind": "message", "title": "Новый график", "text": "Здравствуйте, {name}! Счёт {number}."}
WORKS = NEWS | {
    "kind": "planned_works",
    "works_start": "2026-11-26T10:00",
    "works_end": "2026-11-26T14:00",
    "works_address": "ул. Лесная, 18",
}


def people(session: Session, of: Supplier, count: int, **fields: object) -> list[Subject]:
    """New people, each with a contract of the supplier."""
    made = []
    for number in range(count):
        who = make.person(session, f"p{of.id}-{number}@example.org", f"Жилец {number}")
        flat = make.contract(session, of, f"{of.code}-{number}")
        for name, value in fields.items():
            setattr(flat, name, value)
        make.link(session, who, flat)
        made.append(who)
    session.flush()
    return made


def broadcast(session: Session, of: Supplier, **fields: object) -> Broadcast:
    """A broadcast that is due."""
    known = {"author": "Григорий", "status": BroadcastStatus.SCHEDULED, "kind": "message", "title": "Новость"}
    known |= {"text": "Здравствуйте!", "send_at": make.NOW, "created_at": make.NOW, "changed_at": make.NOW}
    row = Broadcast(supplier_id=of.id, **(known | fields))
    session.add(row)
    session.flush()
    return row


def deliver(session: Session, system: Subject, size: int = AT_ONCE) -> int:
    """Everything that is due, in small batches; how many people were dealt with."""
    while start_due(session, system):
        pass
    told = 0
    while count := deliver_batch(session, system, size):
        told += count
    session.expire_all()
    return told


def notices(session: Session, row: Broadcast) -> list[Notification]:
    """The notifications of a broadcast, by person."""
    query = select(Notification).where(Notification.once == f"broadcast {row.id}")
    return list(session.exec(query.order_by(Notification.user_id)))


def letters(session: Session, row: Broadcast) -> list[OutboxLetter]:
    """The letters of a broadcast."""
    return list(session.exec(select(OutboxLetter).where(OutboxLetter.broadcast_id == row.id).order_by(OutboxLetter.id)))


def contract_of(session: Session, of: Supplier, number: int) -> Contract:
    """The contract of one of `people`."""
    return session.exec(select(Contract).where(Contract.number == f"{of.code}-{number}")).one()


def drafted(session, cast, **values):
    return save_broadcast(session, cast.grigory, NEWS | values)
