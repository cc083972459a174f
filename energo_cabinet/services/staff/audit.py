"""Reading the audit journal, and checking that nobody has touched it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlmodel import Session, col, select

from energo_cabinet.auth.access import Subject, service
from energo_cabinet.auth.audit import digest, head_mac
from energo_cabinet.auth.former_actions import lasting_name, written_as
from energo_cabinet.auth.looks import looked_at
from energo_cabinet.auth.supplier_access import of_supplier
from energo_cabinet.models import AuditEntry, AuditHead, Contract, User
from energo_cabinet.settings import get_settings

PAGE = 50


@dataclass(frozen=True, slots=True)
class AuditRow:
    """An entry as staff read it; `whose`: the customer's name or contract; `details`: pairs of name and value."""

    entry_id: int
    at: datetime
    actor: str
    role: str
    action: str
    whose: str
    details: list[tuple[str, str]]
    ip: str


@dataclass(frozen=True, slots=True)
class AuditPage:
    """Newest first; `next_before` is where the next page begins, None on the last one."""

    rows: list[AuditRow]
    next_before: int | None


@dataclass(frozen=True, slots=True)
class Verdict:
    """`broken_at`: the first entry that is not what was sealed; 0 when the chain holds. `sha256`: its newest digest."""

    entries: int
    broken_at: int
    sha256: str


@dataclass(frozen=True, slots=True)
class NotedHead:
    """The end of the journal at a moment, as it is noted outside of the database."""

    at: datetime
    entries: int
    sha256: str
    key_id: str
    mac: str


@service("staff:audit", "audit.list", audited=False)
def audit_entries(
    session: Session, subject: Subject, before: int = 0, text: str = "", first: date | None = None
) -> AuditPage:
    """What staff of the caller's supplier have done; `text` among actor and action, `first`: not before this day."""
    looked_at(is_list=True)
    query = select(AuditEntry).where(of_supplier(subject, AuditEntry.supplier_id))
    if before > 0:
        query = query.where(col(AuditEntry.id) < before)
    if words := text.strip()[:100]:
        query = query.where(
            col(AuditEntry.actor).contains(words, autoescape=True)
            | col(AuditEntry.action).contains(words, autoescape=True)
            | col(AuditEntry.action).in_(written_as(words))
        )
    if first is not None:
        midnight = datetime(first.year, first.month, first.day, tzinfo=ZoneInfo(get_settings().default_zone))
        query = query.where(col(AuditEntry.at) >= midnight)
    found = session.exec(query.order_by(col(AuditEntry.id).desc()).limit(PAGE + 1)).all()
    rows = [_row(session, entry) for entry in found[:PAGE]]
    return AuditPage(rows, rows[-1].entry_id if len(found) > PAGE else None)


@service("system", "audit.verify")
def verify_journal(session: Session, subject: Subject, noted: Sequence[NotedHead] = ()) -> Verdict:
    """Walk the whole chain: places, keyed digests, its end, and that it still ends where it was `noted` outside to.

    Once an entry is keyed all later ones are. `broken_at`: the first place that is not as it was written.
    """
    head = session.exec(select(AuditHead)).one()
    place, previous, is_keyed = 0, "", False
    ends = {note.entries: note for note in noted}
    for entry in session.exec(select(AuditEntry).order_by(col(AuditEntry.id)).execution_options(yield_per=1000)):
        place += 1
        is_keyed = is_keyed or bool(entry.key_id)
        sound = entry.id == place and entry.previous_sha256 == previous and entry.sha256 == digest(entry)
        sound = sound and is_keyed == bool(entry.key_id) and _is_noted(ends.pop(place, None), entry.sha256)
        if not sound:
            return Verdict(head.entries, place, head.sha256)
        previous = entry.sha256
    is_sealed = head.mac == head_mac(head.key_id, place, previous) if is_keyed else not head.mac
    whole = head.entries == place and head.sha256 == previous and is_sealed and not ends
    return Verdict(head.entries, 0 if whole else place + 1, head.sha256)


@service("system", "audit.seal_head")
def seal_head(session: Session, subject: Subject) -> NotedHead | None:
    """The end of the journal, to be noted outside of the database; None while nothing keyed is in it."""
    head = session.exec(select(AuditHead)).one()
    return NotedHead(subject.at, head.entries, head.sha256, head.key_id, head.mac) if head.mac else None


def _is_noted(note: NotedHead | None, sha256: str) -> bool:
    """Whether an entry is the one that was noted at its place, and the note one of ours."""
    if note is None:
        return True
    return note.sha256 == sha256 and note.mac == head_mac(note.key_id, note.entries, note.sha256)


def _row(session: Session, entry: AuditEntry) -> AuditRow:
    details = [(str(key), str(value)) for key, value in json.loads(entry.details).items()]
    action, whose = lasting_name(entry.action), _whose(session, entry)
    return AuditRow(entry.id, entry.at, entry.actor, entry.role, action, whose, details, entry.ip)


def _whose(session: Session, entry: AuditEntry) -> str:
    contract = session.get(Contract, entry.contract_id) if entry.contract_id else None
    user = session.get(User, entry.whose_id) if entry.whose_id else None
    return " · ".join(part for part in (user.full_name if user else "", contract.number if contract else "") if part)
