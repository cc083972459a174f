"""«Кто смотрел мои данные»: what the audit journal tells a customer about themselves (152-ФЗ, ст. 14)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, and_, col, exists, or_, select

from energo_cabinet.auth.access import Subject, service
from energo_cabinet.auth.former_actions import lasting_name
from energo_cabinet.domain.typed import is_id
from energo_cabinet.models import AuditEntry, Contract, ContractLink, Supplier

PAGE = 20


@dataclass(frozen=True, slots=True)
class AccessLine:
    """Who by role and supplier ("" for the installation), when, and what (the action, for i18n to word)."""

    id: int
    at: datetime
    role: str
    supplier: str
    action: str
    contract_number: str


@dataclass(frozen=True, slots=True)
class AccessPage:
    """At most PAGE lines, newest first; `before` continues (None at the end)."""

    lines: tuple[AccessLine, ...]
    before: int | None = None


@service("customer", "person.access_journal")
def my_access_journal(session: Session, subject: Subject, before: int | None = None) -> AccessPage:
    """Entries about the caller, and about contracts while they were in the caller's cabinet."""
    linked = exists().where(
        ContractLink.user_id == subject.user,  # type: ignore[arg-type]
        col(ContractLink.contract_id) == AuditEntry.contract_id,
        col(ContractLink.linked_at) <= AuditEntry.at,
        or_(col(ContractLink.unlinked_at).is_(None), col(ContractLink.unlinked_at) >= AuditEntry.at),
    )
    about = or_(AuditEntry.whose_id == subject.user, and_(col(AuditEntry.whose_id).is_(None), linked))  # type: ignore[arg-type]
    query = (
        select(AuditEntry, Supplier.name, Contract.number)
        .outerjoin(Supplier, col(Supplier.id) == AuditEntry.supplier_id)
        .outerjoin(Contract, col(Contract.id) == AuditEntry.contract_id)
        .where(about, col(AuditEntry.actor_id).is_distinct_from(subject.user))
    )
    if is_id(before):
        query = query.where(col(AuditEntry.id) < before)
    found = session.exec(query.order_by(col(AuditEntry.id).desc()).limit(PAGE + 1)).all()
    lines = tuple(
        AccessLine(e.id, e.at, e.role, supplier or "", lasting_name(e.action), number or "")
        for e, supplier, number in found[:PAGE]
    )
    return AccessPage(lines, lines[-1].id if len(found) > PAGE else None)
