"""Writing the audit journal: one entry a staff use case, chained by digests (append-only; `audit verify` checks it)."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlmodel import Session, col, select, update

from energo_cabinet.auth.looks import looked_at
from energo_cabinet.auth.sealed import signing_keys
from energo_cabinet.models import AuditEntry, AuditHead

NOTES = "audit_notes"
"""Key of `Session.info` under which a running service gathers what its entry will say."""
LONGEST_TEXT = 200


@dataclass(frozen=True, slots=True)
class Actor:
    """Who is written down; `user_id` is None for the command line."""

    name: str
    user_id: int | None = None
    role: str = ""
    supplier_id: int | None = None
    ip: str = ""


def audit_note(session: Session, **details: object) -> None:
    """Add to the entry of the running service: counts, before and after; never a secret.

    `whose_id` (a customer) and `contract_id` go into their own columns, so that the customer sees the entry.
    """
    if NOTES in session.info:
        session.info[NOTES].update(details)
        contract, whose = details.get("contract_id"), details.get("whose_id")
        looked_at(contract=contract if isinstance(contract, int) else 0, whose=whose if isinstance(whose, int) else 0)


def append_entry(session: Session, actor: Actor, action: str, at: datetime, details: Mapping[str, Any]) -> AuditEntry:
    """Seal an entry and put it at the end. The head's row is locked first, so that two never get the same place."""
    session.execute(update(AuditHead).where(col(AuditHead.id) == 1).values(entries=AuditHead.entries + 1))
    entries, previous = session.execute(select(AuditHead.entries, AuditHead.sha256)).one()
    known = {key: details[key] for key in ("whose_id", "contract_id") if details.get(key) is not None}
    rest = {key: _plain(value) for key, value in details.items() if key not in known and value is not None}
    entry = AuditEntry(
        id=entries,
        at=at,
        actor_id=actor.user_id,
        actor=actor.name[:200],
        role=actor.role,
        supplier_id=actor.supplier_id,
        action=action,
        details=json.dumps(rest, ensure_ascii=False, sort_keys=True),
        ip=actor.ip,
        previous_sha256=previous,
        sha256="",
        key_id=next(iter(signing_keys())),
        **known,
    )
    entry.sha256 = digest(entry)
    session.add(entry)
    sealed = {"sha256": entry.sha256, "key_id": entry.key_id, "mac": head_mac(entry.key_id, entries, entry.sha256)}
    session.execute(update(AuditHead).where(col(AuditHead.id) == 1).values(**sealed))
    session.flush()
    return entry


def digest(entry: AuditEntry) -> str:
    """HMAC-SHA-256 over every field of an entry and the digest before it; "" when its key is not among ours.

    Entries from before there was a key have a plain SHA-256.
    """
    fields = entry.model_dump(exclude={"sha256", "key_id"})
    fields["at"] = entry.at.astimezone(UTC).isoformat(timespec="microseconds")
    said = json.dumps(fields, ensure_ascii=False, sort_keys=True).encode()
    if not entry.key_id:
        return hashlib.sha256(said).hexdigest()
    key = signing_keys().get(entry.key_id)
    return hmac.digest(key, said, "sha256").hex() if key else ""


def head_mac(key_id: str, entries: int, sha256: str) -> str:
    """Proof that the journal had so many entries and ended with this digest; "" when the key is not among ours."""
    key = signing_keys().get(key_id)
    return hmac.digest(key, f"head|{entries}|{sha256}".encode(), "sha256").hex() if key else ""


def _plain(value: object) -> object:
    """A value as JSON keeps it, long texts cut."""
    if isinstance(value, bool | int | float):
        return value
    if isinstance(value, Mapping):
        return {str(key): _plain(inner) for key, inner in value.items()}
    if isinstance(value, Iterable) and not isinstance(value, str | bytes):
        return [_plain(inner) for inner in list(value)[:50]]
    return str(value)[:LONGEST_TEXT]
