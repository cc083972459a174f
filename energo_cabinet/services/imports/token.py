"""Tokens with which a supplier's machines send files: shown once, kept as SHA-256, revocable at once."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlmodel import Session, col, select

from energo_cabinet.auth import rate
from energo_cabinet.auth.access import Subject, service
from energo_cabinet.auth.audit import audit_note
from energo_cabinet.auth.login_session import sha256
from energo_cabinet.auth.supplier_access import of_supplier, own_supplier
from energo_cabinet.errors import CabinetError, InvalidInput, NotFound, NotSignedIn
from energo_cabinet.models import ImportToken, Supplier
from energo_cabinet.services.imports.job import TOPIC
from energo_cabinet.services.notice.administrators import tell_administrators
from energo_cabinet.services.notice.staff_live import tell_staff
from energo_cabinet.services.supplier.supplier import supplier_of
from energo_cabinet.settings import get_settings

MOST_TOKENS = 50
LONGEST_NAME = 100
TOUCH_EVERY = timedelta(minutes=1)
_MAX_LENGTH = 128


@dataclass(frozen=True, slots=True)
class TokenEntry:
    """A token as lists show it: never itself."""

    id: int
    name: str
    ending: str
    created_by: str
    created_at: datetime
    last_used_at: datetime | None


@dataclass(frozen=True, slots=True)
class NewToken:
    """A token at the only moment it is known; `token` goes to its reader and nowhere else."""

    id: int
    name: str
    token: str


@dataclass(frozen=True, slots=True)
class DropSender:
    """Whose files a token brings."""

    token_id: int
    supplier_id: int
    name: str


@service("staff:imports", "import_token.list")
def list_tokens(session: Session, subject: Subject) -> list[TokenEntry]:
    """The supplier's tokens that hold good, newest first; moments local to the supplier."""
    zone = ZoneInfo(own_supplier(session, subject).zone_name)
    mine = of_supplier(subject, ImportToken.supplier_id)
    query = select(ImportToken).where(mine, col(ImportToken.revoked_at).is_(None))
    return [_entry(row, zone) for row in session.exec(query.order_by(col(ImportToken.id).desc()))]


@service("staff:imports", "import_token.issue", step_up=True)
def issue_token(session: Session, subject: Subject, title: str) -> NewToken:
    """A new token under a name; InvalidInput without one, CabinetError "import_tokens_full"."""
    supplier = own_supplier(session, subject)
    made = _issue(session, subject, supplier, title, subject.member.name)
    audit_note(session, token_id=made.id)
    tell_administrators(session, subject, supplier.id, "import_token.issue", made.name)
    return made


@service("staff:imports", "import_token.revoke")
def revoke_token(session: Session, subject: Subject, token_id: int) -> None:
    """Let it open nothing from now on."""
    mine = of_supplier(subject, ImportToken.supplier_id)
    row = session.exec(select(ImportToken).where(ImportToken.id == token_id, mine)).first()
    if row is None:
        raise NotFound
    _revoke(session, subject, row)


@service("system", "import_token.issue_by_command")
def add_token(session: Session, subject: Subject, code: str, title: str) -> NewToken:
    """The same for the command line; CabinetError "unknown_supplier"."""
    return _issue(session, subject, supplier_of(session, code), title, "")


@service("system", "import_token.list_by_command")
def tokens_of(session: Session, subject: Subject, code: str) -> list[TokenEntry]:
    """The tokens of a supplier that hold good."""
    supplier = supplier_of(session, code)
    query = select(ImportToken).where(ImportToken.supplier_id == supplier.id, col(ImportToken.revoked_at).is_(None))
    rows = session.exec(query.order_by(col(ImportToken.id)))
    return [_entry(row, ZoneInfo(supplier.zone_name)) for row in rows]


@service("system", "import_token.revoke_by_command")
def revoke_tokens(session: Session, subject: Subject, number: int) -> str:
    """Revoke one by its number; its name. NotFound."""
    row = session.get(ImportToken, number)
    if row is None or row.revoked_at is not None:
        raise NotFound
    _revoke(session, subject, row)
    return row.name


def sender_of(session: Session, subject: Subject, token: str) -> DropSender:
    """The machine behind a token, its call counted; NotSignedIn for any that is not good, TooManyAttempts."""
    good = 0 < len(token) <= _MAX_LENGTH and token.isascii()
    query = select(ImportToken, Supplier).join(Supplier, col(Supplier.id) == ImportToken.supplier_id)
    found = session.exec(query.where(ImportToken.token_sha256 == sha256(token))).first() if good else None
    if found is None:
        rate.take_from(get_settings().limit_import_token, "drop stranger", subject.ip)
        raise NotSignedIn("import_token")
    row, supplier = found
    if row.revoked_at is not None or not supplier.is_active:
        raise NotSignedIn("import_token")
    rate.take(get_settings().limit_import_token, "drop", str(row.id))
    if row.last_used_at is None or subject.at - row.last_used_at >= TOUCH_EVERY:
        row.last_used_at = subject.at
        session.add(row)
    return DropSender(row.id, row.supplier_id, row.name)


def _issue(session: Session, subject: Subject, supplier: Supplier, title: str, by: str) -> NewToken:
    name = " ".join(title.split())
    if not name or len(name) > LONGEST_NAME:
        raise InvalidInput({"title": "import_token_name"}, longest=LONGEST_NAME)
    live = select(ImportToken.id).where(ImportToken.supplier_id == supplier.id, col(ImportToken.revoked_at).is_(None))
    if len(session.exec(live).all()) >= MOST_TOKENS:
        raise CabinetError("import_tokens_full", "title", most=MOST_TOKENS)
    token = f"imp_{secrets.token_urlsafe(32)}"
    row = ImportToken(
        supplier_id=supplier.id,
        name=name,
        token_sha256=sha256(token),
        ending=token[-4:],
        created_by=by,
        created_at=subject.at,
    )
    session.add(row)
    session.flush()
    tell_staff(session, subject, supplier.id, "imports", TOPIC)
    return NewToken(row.id, name, token)


def _revoke(session: Session, subject: Subject, row: ImportToken) -> None:
    if row.revoked_at is None:
        row.revoked_at = subject.at
        session.add(row)
        tell_staff(session, subject, row.supplier_id, "imports", TOPIC)


def _entry(row: ImportToken, zone: ZoneInfo) -> TokenEntry:
    used = row.last_used_at.astimezone(zone) if row.last_used_at else None
    return TokenEntry(row.id, row.name, row.ending, row.created_by, row.created_at.astimezone(zone), used)
