"""Broadcasts from the side of the supplier's staff: written, sent or scheduled, cancelled."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlmodel import Session, col, select, update

from energo_cabinet.auth.access import Subject, service
from energo_cabinet.auth.audit import audit_note
from energo_cabinet.auth.supplier_access import of_supplier, own_supplier
from energo_cabinet.domain.broadcast.words import local_moment
from energo_cabinet.domain.time.local_day import local_day
from energo_cabinet.errors import CabinetError, Conflict, InvalidInput, NotFound
from energo_cabinet.models import Broadcast, BroadcastStatus, Supplier
from energo_cabinet.services.broadcast.delivery import selection_of
from energo_cabinet.services.broadcast.form import selected, typed, unfinished
from energo_cabinet.services.broadcast.live import tell_staff_of
from energo_cabinet.services.broadcast.selection import Audience, count_audience, feeders_of, localities_of

FURTHEST = timedelta(days=366)
MOST_OPTIONS = 200
COPIED = (
    *("kind", "title", "text", "title_en", "text_en", "works_start", "works_end", "works_address"),
    *("locality", "address_part", "consumer_class", "debt_from_rub", "feeder"),
)


@dataclass(frozen=True, slots=True)
class Options:
    """What a selection may be chosen from; `zone_name`: where the supplier's clock stands."""

    zone_name: str
    localities: tuple[str, ...]
    feeders: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Cancelled:
    """How many had it already, and how many will not get it."""

    told: int
    spared: int


@service("staff:notices", "broadcast.options", audited=False)
def broadcast_options(session: Session, subject: Subject) -> Options:
    """The places and feeders of the member's supplier."""
    supplier = own_supplier(session, subject)
    key = supplier.id
    places, feeders = localities_of(session, key, MOST_OPTIONS), feeders_of(session, key, MOST_OPTIONS)
    return Options(supplier.zone_name, tuple(places), tuple(feeders))


@service("staff:notices", "broadcast.audience", audited=False)
def broadcast_audience(session: Session, subject: Subject, values: Mapping[str, str]) -> Audience:
    """How many people a selection names, by what they want. InvalidInput: a field cannot be read."""
    supplier = own_supplier(session, subject)
    today = local_day(subject.at, supplier.zone_name)
    return count_audience(session, supplier.id, selected(values), today)


@service("staff:notices", "broadcast.save")
def save_broadcast(
    session: Session, subject: Subject, values: Mapping[str, str], broadcast_id: int | None = None
) -> int:
    """Keep a draft, also an unfinished one; its id. InvalidInput: what was typed is wrong. Conflict: it has left."""
    row = own_broadcast(session, subject, broadcast_id) if broadcast_id is not None else None
    if row is not None:
        _expect(row, BroadcastStatus.DRAFT)
    supplier = own_supplier(session, subject)
    given = typed(values, supplier.zone_name)
    if given.problems:
        raise InvalidInput(given.problems)
    if row is None:
        row = Broadcast(supplier_id=supplier.id, created_at=subject.at, **_fresh(subject), **given.columns)
    row.sqlmodel_update(given.columns | {"changed_at": subject.at})
    return _kept(session, subject, row)


@service("staff:notices", "broadcast.copy")
def copy_broadcast(session: Session, subject: Subject, broadcast_id: int) -> int:
    """A new draft like it; its id."""
    row = own_broadcast(session, subject, broadcast_id)
    same = {name: getattr(row, name) for name in COPIED}
    made = Broadcast(supplier_id=row.supplier_id, created_at=subject.at, **_fresh(subject), **same)
    return _kept(session, subject, made)


@service("staff:notices", "broadcast.send")
def send_broadcast(session: Session, subject: Subject, broadcast_id: int, when: str = "") -> None:
    """Let it leave now, or at `when` («2026-11-26T10:00», the supplier's clock).

    InvalidInput: unfinished, or no moment to come. CabinetError("nobody_selected"). Conflict: it has left already.
    """
    row = own_broadcast(session, subject, broadcast_id)
    _expect(row, BroadcastStatus.DRAFT)
    zone = session.get_one(Supplier, row.supplier_id).zone_name
    problems, at = unfinished(row, subject.at), local_moment(when, zone) if when else subject.at
    if at is None or not subject.at <= at <= subject.at + FURTHEST:
        problems["when"] = "wrong_moment" if at is None else "moment_to_come"
    elif not problems and row.works_end is not None and at >= row.works_end:
        problems["when"] = "after_works"
    if problems:
        raise InvalidInput(problems)
    people = count_audience(session, row.supplier_id, selection_of(row), local_day(subject.at, zone)).people
    if not people and not when:
        raise CabinetError("nobody_selected")
    audit_note(session, people=people, when=at)
    _change(session, subject, row, (BroadcastStatus.DRAFT,), status=BroadcastStatus.SCHEDULED, send_at=at)


@service("staff:notices", "broadcast.cancel")
def cancel_broadcast(session: Session, subject: Subject, broadcast_id: int) -> Cancelled:
    """Stop it; whoever has been told stays told. Conflict: nothing to stop any more."""
    row = own_broadcast(session, subject, broadcast_id)
    under_way = (BroadcastStatus.SCHEDULED, BroadcastStatus.SENDING)
    _change(session, subject, row, under_way, status=BroadcastStatus.CANCELLED, finished_at=subject.at)
    audit_note(session, told=row.handled, spared=row.queued - row.handled)
    return Cancelled(row.handled, row.queued - row.handled)


@service("staff:notices", "broadcast.discard")
def discard_broadcast(session: Session, subject: Subject, broadcast_id: int) -> None:
    """Throw a draft away. Conflict: it has left."""
    row = own_broadcast(session, subject, broadcast_id)
    _expect(row, BroadcastStatus.DRAFT)
    session.delete(row)
    tell_staff_of(session, subject, row)


def own_broadcast(session: Session, subject: Subject, broadcast_id: int) -> Broadcast:
    """A broadcast of the member's supplier, or NotFound."""
    query = select(Broadcast).where(Broadcast.id == broadcast_id, of_supplier(subject, Broadcast.supplier_id))
    row = session.exec(query).first()
    if row is None:
        raise NotFound
    return row


def _fresh(subject: Subject) -> dict[str, Any]:
    return {"author": subject.member.name, "changed_at": subject.at}


def _kept(session: Session, subject: Subject, row: Broadcast) -> int:
    session.add(row)
    session.flush()
    tell_staff_of(session, subject, row)
    return row.id


def _expect(row: Broadcast, status: BroadcastStatus) -> None:
    if row.status != status:
        raise Conflict("broadcast_has_left")


def _change(
    session: Session, subject: Subject, row: Broadcast, expected: tuple[BroadcastStatus, ...], **values: object
) -> None:
    """Into another state by one atomic statement, so that it waits for a batch under way and of two clicks one wins."""
    mine = update(Broadcast).where(col(Broadcast.id) == row.id, col(Broadcast.status).in_(expected))
    if not session.exec(mine.values(**values)).rowcount:
        raise Conflict("broadcast_has_left")
    session.refresh(row)
    tell_staff_of(session, subject, row)
