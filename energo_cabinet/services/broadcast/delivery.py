"""Broadcasts leave: due ones are queued in one transaction, then told batch by batch, each person once.

A batch writes notifications, letters, live events and how far the broadcast has come in one transaction that begins
with an update of the broadcast's row: two deliverers, or one and a cancellation, wait for each other, and whoever is
killed in the middle has done either all of a batch or nothing. The notification's `once` is the second lock.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import Row, exists, func, insert, literal
from sqlalchemy import select as select_core
from sqlmodel import Session, col, select, update

from energo_cabinet.auth.access import Subject, service
from energo_cabinet.domain.time.local_day import local_day
from energo_cabinet.models import (
    Broadcast,
    BroadcastRecipient,
    BroadcastStatus,
    Contract,
    ContractLink,
    Notification,
    OutboxLetter,
    Supplier,
    User,
    UserStatus,
)
from energo_cabinet.services.broadcast.live import tell_readers, tell_staff_of
from energo_cabinet.services.broadcast.selection import Selection, matching
from energo_cabinet.services.broadcast.words import Reader, Writer
from energo_cabinet.services.notice.choice import choices_of

BATCH = 500
QUEUED_AT_ONCE = 50_000
"""User ids of one INSERT … SELECT: what the database sorts at a time."""
TELL_EVERY = timedelta(seconds=1)
"""The staff's tabs hear of the progress so often at most."""


@service("system", "broadcast.start_due")
def start_due(session: Session, subject: Subject) -> int | None:
    """Queue the recipients of the broadcast whose time has come, all of them or none; its id, None without one."""
    due = (col(Broadcast.status) == BroadcastStatus.SCHEDULED, col(Broadcast.send_at) <= subject.at)
    oldest = select(Broadcast.id).where(*due).order_by(col(Broadcast.send_at), col(Broadcast.id)).limit(1)
    found = session.exec(oldest).first()
    started = update(Broadcast).where(col(Broadcast.id) == found, *due)
    if (
        found is None
        or not session.exec(started.values(status=BroadcastStatus.SENDING, started_at=subject.at)).rowcount
    ):
        return None
    row = session.get_one(Broadcast, found, populate_existing=True)
    row.queued = _queue(session, subject, row)
    if not row.queued:
        _finish(session, subject, row)
    tell_staff_of(session, subject, row)
    return row.id


@service("system", "broadcast.deliver")
def deliver_batch(session: Session, subject: Subject, size: int = BATCH) -> int:
    """Tell the next people of the oldest broadcast under way; how many were dealt with, 0 when there is none."""
    under_way = col(Broadcast.status) == BroadcastStatus.SENDING
    found = session.exec(select(Broadcast.id).where(under_way).order_by(col(Broadcast.id)).limit(1)).first()
    hold = update(Broadcast).where(col(Broadcast.id) == found, under_way).values(handled=Broadcast.handled)
    if found is None or not session.exec(hold).rowcount:
        return 0
    row = session.get_one(Broadcast, found, populate_existing=True)
    people = session.execute(_next_people(row, size)).all()
    if people:
        _tell(session, subject, row, people)
        row.reached_user_id, row.handled = people[-1].user_id, row.handled + len(people)
    if len(people) < size:
        _finish(session, subject, row)
    if row.finished_at or row.told_at is None or subject.at - row.told_at >= TELL_EVERY:
        tell_staff_of(session, subject, row)
    session.flush()
    return len(people)


def selection_of(row: Broadcast) -> Selection:
    """Whom a broadcast is for."""
    return Selection(row.locality, row.address_part, row.consumer_class, row.debt_from_rub, row.feeder)


def once_of(row: Broadcast) -> str:
    """The occasion in `Notification.once`."""
    return f"broadcast {row.id}"


def _queue(session: Session, subject: Subject, row: Broadcast) -> int:
    """INSERT … SELECT by ranges of user ids."""
    zone = session.get_one(Supplier, row.supplier_id).zone_name
    people = matching(row.supplier_id, selection_of(row), local_day(subject.at, zone))
    last = session.exec(select(func.max(User.id))).one() or 0
    for start in range(0, last, QUEUED_AT_ONCE):
        part = people.where(col(ContractLink.user_id).between(start + 1, start + QUEUED_AT_ONCE)).subquery()
        chosen = select_core(literal(row.id), col(ContractLink.user_id), col(ContractLink.contract_id)).join_from(
            part, ContractLink, col(ContractLink.id) == part.c.link_id
        )
        into = insert(BroadcastRecipient).from_select(["broadcast_id", "user_id", "contract_id"], chosen)
        session.execute(into)
    of_broadcast = BroadcastRecipient.broadcast_id == row.id
    return session.exec(select(func.count()).select_from(BroadcastRecipient).where(of_broadcast)).one()


def _next_people(row: Broadcast, size: int) -> Any:
    """The recipients after the last one dealt with; `is_live`: the contract is still in their cabinet."""
    to = BroadcastRecipient
    linked = exists().where(
        ContractLink.user_id == to.user_id,  # type: ignore[arg-type]
        ContractLink.contract_id == to.contract_id,  # type: ignore[arg-type]
        col(ContractLink.unlinked_at).is_(None),
    )
    named = (User.email, User.language, User.full_name, Contract.number, Contract.customer_name)
    live = linked & (col(User.status) == UserStatus.ACTIVE) & (col(Contract.supplier_id) == row.supplier_id)
    return (
        select_core(col(to.user_id), col(to.contract_id), live.label("is_live"), *map(col, named))
        .join(User, col(User.id) == to.user_id)
        .join(Contract, col(Contract.id) == to.contract_id)
        .where(col(to.broadcast_id) == row.id, col(to.user_id) > row.reached_user_id)
        .order_by(col(to.user_id))
        .limit(size)
    )


def _tell(session: Session, subject: Subject, row: Broadcast, people: Sequence[Row[Any]]) -> None:
    writer = Writer(session, subject, row, [person.contract_id for person in people if person.is_live])
    readers = [person for person in people if person.is_live and writer.concerns(person.contract_id)]
    choices = choices_of(session, [person.user_id for person in readers], row.kind.source)
    notices, letters, shown = [], [], []
    for person in readers:
        choice = choices[person.user_id]
        words = writer.words(Reader(person.contract_id, person.number, person.customer_name, person.language))
        fixed = {"user_id": person.user_id, "once": once_of(row), "is_shown": choice.in_cabinet}
        notices.append(fixed | {"contract_id": person.contract_id} | words.notification())
        if choice.in_cabinet:
            shown.append(person.user_id)
        if choice.by_email:
            letters.append(words.letter(person.email) | {"is_bulk": True, "broadcast_id": row.id})
        row.switched_off += not (choice.in_cabinet or choice.by_email)
    _insert(session, Notification, notices)
    _insert(session, OutboxLetter, letters)
    tell_readers(session, subject, shown)
    row.in_cabinet, row.by_email = row.in_cabinet + len(shown), row.by_email + len(letters)
    row.failed += len(people) - len(readers)


def _insert(session: Session, table: Any, rows: list[dict[str, Any]]) -> None:
    if rows:
        session.execute(insert(table.__table__), rows)


def _finish(session: Session, subject: Subject, row: Broadcast) -> None:
    row.status, row.finished_at = BroadcastStatus.DONE, subject.at
