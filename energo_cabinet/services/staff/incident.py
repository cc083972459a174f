"""«Всё завершить» at one supplier, and the tokens of its machines: what is pressed first when something is wrong."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import union
from sqlmodel import Session, col, func, select, update

from energo_cabinet.auth.access import Subject, service
from energo_cabinet.auth.audit import append_entry, audit_note
from energo_cabinet.auth.login_session import SESSIONS
from energo_cabinet.auth.supplier_access import of_supplier, own_supplier
from energo_cabinet.errors import InvalidInput, NotFound
from energo_cabinet.models import (
    Contract,
    ContractLink,
    ImportToken,
    LiveEvent,
    LoginSession,
    PairedDevice,
    StaffMember,
    Supplier,
)
from energo_cabinet.services.imports.token import TokenEntry, revoke_tokens, tokens_of
from energo_cabinet.services.notice.administrators import tell_administrators
from energo_cabinet.services.staff.member import COMMAND_LINE
from energo_cabinet.services.supplier.supplier import supplier_of


@dataclass(frozen=True, slots=True)
class Incident:
    """A supplier before everything is ended: `code` is what is typed; people, their sessions and phones now."""

    supplier_id: int
    code: str
    name: str
    readers: int
    members: int
    sessions: int
    phones: int
    tokens: tuple[TokenEntry, ...]


@dataclass(frozen=True, slots=True)
class Ended:
    """How many sessions and phones there were."""

    sessions: int
    phones: int


@service("staff:admin", "incident.open")
def incident(session: Session, subject: Subject, supplier_id: int | None = None) -> Incident:
    """Of the caller's supplier; administrators of the installation name one. NotFound else."""
    supplier = own_supplier(session, subject, supplier_id)
    people = _people(supplier)
    return Incident(
        supplier.id,
        supplier.code,
        supplier.name,
        readers=session.exec(select(func.count()).select_from(_readers(supplier).subquery())).one(),
        members=session.exec(select(func.count()).select_from(_members(supplier).subquery())).one(),
        sessions=_count(session, LoginSession, *_signed_in(subject), col(LoginSession.user_id).in_(people)),
        phones=_count(session, PairedDevice, _joined(), col(PairedDevice.user_id).in_(people)),
        tokens=tuple(tokens_of(session, subject.as_system(), supplier.code)),
    )


@service("staff:admin", "incident.end_all", step_up=True)
def end_all(session: Session, subject: Subject, typed: str, supplier_id: int | None = None) -> Ended:
    """Sign out everybody who reads a contract of the supplier or works for it, but for this one session.

    `typed`: the supplier's code. InvalidInput("typed") for anything else.
    """
    supplier = own_supplier(session, subject, supplier_id)
    if not isinstance(typed, str) or typed.strip().casefold() != supplier.code.casefold():
        raise InvalidInput({"typed": "incident_typed"}, word=supplier.code)
    ended = _end(session, subject, supplier, keep=subject.session_id or 0)
    audit_note(session, supplier_id=supplier.id, sessions=ended.sessions, phones=ended.phones)
    tell_administrators(session, subject, supplier.id, "incident.end_all", f"{ended.sessions} + {ended.phones}")
    return ended


@service("staff:admin", "incident.revoke_token", step_up=True)
def withdraw_token(session: Session, subject: Subject, token_id: int) -> None:
    """A machine's token opens nothing from now on. NotFound for another supplier's, or one that is withdrawn."""
    mine = (of_supplier(subject, ImportToken.supplier_id), col(ImportToken.revoked_at).is_(None))
    row = session.exec(select(ImportToken).where(ImportToken.id == token_id, *mine)).first()
    if row is None:
        raise NotFound
    audit_note(session, name=row.name)
    revoke_tokens(session, subject.as_system(), row.id)
    tell_administrators(session, subject, row.supplier_id, "incident.revoke_token", row.name)


@service("system", "incident.end_all_by_command")
def end_all_by_command(session: Session, subject: Subject, code: str) -> Ended:
    """`supplier end-sessions`: the same for the command line."""
    supplier = supplier_of(session, code)
    ended = _end(session, subject, supplier, keep=0)
    details = {"supplier": supplier.code, "sessions": ended.sessions, "phones": ended.phones}
    append_entry(session, COMMAND_LINE, "incident.end_all_by_command", subject.at, details)
    told = f"{ended.sessions} + {ended.phones}"
    tell_administrators(session, subject, supplier.id, "incident.end_all_by_command", told)
    return ended


def _end(session: Session, subject: Subject, supplier: Supplier, keep: int) -> Ended:
    """Statements over all of them; live events, which close open tabs, for those who are signed in."""
    people = _people(supplier)
    theirs = (col(LoginSession.user_id).in_(people), *_signed_in(subject), col(LoginSession.id) != keep)
    users = session.exec(select(LoginSession.user_id).where(*theirs).distinct()).all()
    ended = session.exec(update(LoginSession).where(*theirs).values(revoked_at=subject.at)).rowcount
    not_kept = col(PairedDevice.login_session_id).is_distinct_from(keep)
    devices = update(PairedDevice).where(_joined(), col(PairedDevice.user_id).in_(people), not_kept)
    phones = session.exec(devices.values(revoked_at=subject.at)).rowcount
    session.add_all(LiveEvent(user_id=user, topic=SESSIONS, created_at=subject.at) for user in sorted(users))
    return Ended(ended, phones)


def _readers(supplier: Supplier) -> Any:
    query = select(ContractLink.user_id).join(Contract, col(Contract.id) == ContractLink.contract_id)
    return query.where(Contract.supplier_id == supplier.id, col(ContractLink.unlinked_at).is_(None)).distinct()


def _members(supplier: Supplier) -> Any:
    live = col(StaffMember.removed_at).is_(None)
    return select(StaffMember.user_id).where(StaffMember.supplier_id == supplier.id, live)


def _people(supplier: Supplier) -> Any:
    return union(_readers(supplier), _members(supplier))


def _signed_in(subject: Subject) -> tuple[Any, ...]:
    return (
        col(LoginSession.revoked_at).is_(None),
        col(LoginSession.idle_until) > subject.at,
        col(LoginSession.expires_at) > subject.at,
    )


def _joined() -> Any:
    return col(PairedDevice.revoked_at).is_(None)


def _count(session: Session, table: Any, *conditions: Any) -> int:
    return int(session.exec(select(func.count()).select_from(table).where(*conditions)).one())
