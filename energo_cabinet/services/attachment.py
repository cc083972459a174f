"""Attachments: who may add, see and remove them, and how they come to belong to a reading or a ticket."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import String, cast, literal
from sqlmodel import Session, col, delete, func, or_, select, update

from energo_cabinet.auth import rate
from energo_cabinet.auth.access import Subject, service, visible_contracts
from energo_cabinet.domain.attachment import MOST
from energo_cabinet.errors import CabinetError, NotFound
from energo_cabinet.models import Attachment, AttachmentPurpose, Contract, Ticket, TicketMessage
from energo_cabinet.services.attachment_file import KeptFile, folder
from energo_cabinet.settings import get_settings

KEPT_UNCLAIMED = timedelta(days=1)
"""A file that was uploaded and never sent goes after this."""


@dataclass(frozen=True, slots=True)
class AttachmentItem:
    """A file as lists show it; its address is /api/attachments/<id>."""

    id: int
    name: str
    size: int
    media_type: str


@dataclass(frozen=True, slots=True)
class AttachmentFile:
    """A file to be sent."""

    path: Path
    name: str
    media_type: str


@service("customer", "attachment.allow")
def allow_upload(session: Session, subject: Subject) -> None:
    """Count an upload before it is read; TooManyAttempts, or attachment_quota when the caller's room is full."""
    rate.take(get_settings().limit_attachment_user, "attachment", str(subject.user))
    _check_quota(session, subject, 1)


@service("customer", "attachment.add")
def add_attachment(session: Session, subject: Subject, purpose: AttachmentPurpose, kept: KeptFile) -> AttachmentItem:
    """A file of the caller's that belongs to nothing yet; CabinetError attachment_quota."""
    _check_quota(session, subject, kept.size)
    row = Attachment(
        key=kept.key,
        user_id=subject.user,
        purpose=purpose,
        name=kept.name,
        media_type=kept.media_type,
        size=kept.size,
        created_at=subject.at,
    )
    session.add(row)
    session.flush()
    return _item(row)


@service("customer", "attachment.open")
def attachment_file(session: Session, subject: Subject, attachment_id: int) -> AttachmentFile:
    """A file of the caller's own or of a contract the caller sees; NotFound for any other."""
    return file_of(_visible(session, subject, attachment_id))


def file_of(row: Attachment) -> AttachmentFile:
    """The file of a row; the caller has been let in already. NotFound where its bytes are gone."""
    path = folder().path(row.key)
    if not path.is_file():
        raise NotFound
    return AttachmentFile(path, row.name, row.media_type)


@service("customer", "attachment.remove")
def remove_attachment(session: Session, subject: Subject, attachment_id: int) -> str:
    """Take back a file that has not been sent; its key, for `drop` after the commit. NotFound for any other."""
    row = _visible(session, subject, attachment_id)
    if row.user_id != subject.user or row.record is not None:
        raise NotFound
    session.delete(row)
    return row.key


def attach(
    session: Session,
    subject: Subject,
    ids: Collection[int],
    contract_id: int | None,
    record: str,
    purpose: AttachmentPurpose,
) -> None:
    """Make the caller's uploaded files part of `record` ("reading 17"), all or none; a second time changes nothing.

    Whoever sees the contract sees them; without one nobody but the caller.
    CabinetError: attachment_count (more than MOST of the purpose), attachment_gone (foreign, removed, or used).
    """
    wanted = set(ids)
    if len(wanted) > MOST[purpose]:
        raise CabinetError("attachment_count", "attachments", most=MOST[purpose])
    if not wanted:
        return
    free = or_(col(Attachment.record).is_(None), col(Attachment.record) == record)
    mine = (col(Attachment.id).in_(wanted), col(Attachment.user_id) == subject.user, free)
    claim = (
        update(Attachment)
        .where(*mine, col(Attachment.purpose) == purpose)
        .values(contract_id=contract_id, record=record)
    )
    if session.exec(claim).rowcount != len(wanted):
        raise CabinetError("attachment_gone", "attachments")


def attachments_of(session: Session, records: Collection[str]) -> dict[str, list[AttachmentItem]]:
    """Record → its files; the caller has checked whose records they are."""
    rows = session.exec(select(Attachment).where(col(Attachment.record).in_(records)).order_by(col(Attachment.id)))
    found: dict[str, list[AttachmentItem]] = {}
    for row in rows:
        found.setdefault(row.record or "", []).append(_item(row))
    return found


@service("system", "attachment.forget_unclaimed")
def forget_unclaimed(session: Session, subject: Subject) -> int:
    """Delete the rows of files that were never sent; their bytes follow by `keys_without_row`."""
    old = col(Attachment.created_at) < subject.at - KEPT_UNCLAIMED
    return int(session.exec(delete(Attachment).where(old, col(Attachment.record).is_(None))).rowcount)


@service("system", "attachment.find_orphans")
def keys_without_row(session: Session, subject: Subject) -> list[str]:
    """Keys of old files that no row knows: their upload was never finished, or the row has been deleted."""
    old = folder().keys_before(subject.at - KEPT_UNCLAIMED)
    known: set[str] = set()
    for start in range(0, len(old), 500):
        known |= set(session.exec(select(Attachment.key).where(col(Attachment.key).in_(old[start : start + 500]))))
    return [key for key in old if key not in known]


def drop(keys: Sequence[str]) -> None:
    """Delete files whose rows are gone; after the commit."""
    for key in keys:
        folder().drop(key)


def _visible(session: Session, subject: Subject, attachment_id: int) -> Attachment:
    contracts = visible_contracts(subject).with_only_columns(col(Contract.id))
    answered = col(Attachment.record).in_(_records_of_tickets(subject, contracts))
    mine = or_(col(Attachment.user_id) == subject.user_id, col(Attachment.contract_id).in_(contracts), answered)
    row = session.exec(select(Attachment).where(Attachment.id == attachment_id, mine)).first()
    if row is None:
        raise NotFound
    return row


def _records_of_tickets(subject: Subject, contracts: Any) -> Any:
    """What the files of the caller's own threads are kept under: those of the supplier's answers are among them."""
    records = select(literal("ticket ") + cast(TicketMessage.id, String)).join(
        Ticket, col(Ticket.id) == TicketMessage.ticket_id
    )
    return records.where(Ticket.user_id == subject.user_id, col(Ticket.contract_id).in_(contracts))


def _check_quota(session: Session, subject: Subject, more: int) -> None:
    used = session.exec(select(func.sum(Attachment.size)).where(Attachment.user_id == subject.user)).one() or 0
    megabytes = get_settings().attachment_quota_mb
    if used + more > megabytes << 20:
        raise CabinetError("attachment_quota", "file", megabytes=megabytes)


def _item(row: Attachment) -> AttachmentItem:
    return AttachmentItem(row.id, row.name, row.size, row.media_type)
