"""«Показать как видит абонент»: begin and end a view of the cabinet through a customer's eyes (auth.view)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from energo_cabinet.auth.access import Subject, service
from energo_cabinet.auth.audit import audit_note
from energo_cabinet.auth.supplier_access import visible_supplier_contracts, visible_supplier_user
from energo_cabinet.errors import Conflict, NotFound
from energo_cabinet.models import Contract, ContractLink, LoginSession
from energo_cabinet.settings import get_settings


@dataclass(frozen=True, slots=True)
class View:
    """Through whose eyes, until when; `contract_id`: the page of the staff to come back to."""

    name: str
    until: datetime
    contract_id: int | None


@service("staff:customers", "customer.begin_view")
def begin_view(session: Session, subject: Subject, customer_id: int) -> View:
    """Show the caller's browser the cabinet of a customer with a contract of the supplier, for a while, read only.

    NotFound without such a contract. The customer reads about it in their own access journal.
    """
    person = visible_supplier_user(session, subject, customer_id)
    contract_id = _contract(session, subject, customer_id)
    if contract_id is None:
        raise NotFound
    if subject.session_id is None or subject.member.supplier_id is None:
        raise Conflict("view_needs_session")
    login = session.get_one(LoginSession, subject.session_id)
    until = subject.at + timedelta(minutes=get_settings().view_minutes)
    login.viewing_user_id, login.viewing_supplier_id = customer_id, subject.member.supplier_id
    login.viewing_until = until
    session.add(login)
    audit_note(session, whose_id=customer_id, until=until.isoformat(timespec="minutes"))
    return View(person.full_name, until, contract_id)


@service("staff:member", "customer.end_view")
def end_view(session: Session, subject: Subject) -> int | None:
    """Back to the member's own eyes; the contract to come back to, None without one. Harmless without a view."""
    login = session.get(LoginSession, subject.session_id) if subject.session_id else None
    if login is None or login.viewing_user_id is None:
        return None
    customer_id = login.viewing_user_id
    audit_note(session, whose_id=customer_id)
    login.viewing_user_id = login.viewing_supplier_id = login.viewing_until = None
    session.add(login)
    return _contract(session, subject, customer_id)


def _contract(session: Session, subject: Subject, customer_id: int) -> int | None:
    """A contract of the supplier in the customer's cabinet."""
    own = visible_supplier_contracts(subject).with_only_columns(col(Contract.id))
    mine = select(ContractLink.contract_id).where(
        ContractLink.user_id == customer_id, col(ContractLink.unlinked_at).is_(None)
    )
    return session.exec(mine.where(col(ContractLink.contract_id).in_(own)).order_by(col(ContractLink.id))).first()
