"""A customer's page for staff: the contract, its people, points, money, tickets and what was sent, read at once."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlmodel import Session, col, func, select

from energo_cabinet.auth.access import Subject, service
from energo_cabinet.auth.supplier_access import visible_supplier_contract
from energo_cabinet.domain.bill.ledger import LedgerMonth
from energo_cabinet.models import (
    ConsumerClass,
    Contract,
    ContractLink,
    CustomerBlock,
    GatewayKind,
    LoginSession,
    Notification,
    NotificationKind,
    Supplier,
    Ticket,
    TicketStatus,
    User,
)
from energo_cabinet.services.bill.balance import ContractBalance, contract_balance
from energo_cabinet.services.bill.bill import list_bills
from energo_cabinet.services.contract.customer_block import block_of
from energo_cabinet.services.point.point import PointCard, list_points

SHOWN = 10


@dataclass(frozen=True, slots=True)
class LinkedPerson:
    """Who has the contract in their cabinet, since when; `sessions`: browsers signed in now."""

    customer_id: int
    full_name: str
    email: str
    phone: str
    linked_at: datetime
    sessions: int
    last_seen_at: datetime | None


@dataclass(frozen=True, slots=True)
class ShutOut:
    """A person this supplier lets in no more; taken out of this contract by that."""

    customer_id: int
    full_name: str
    email: str
    reason: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class ContractTicket:
    """A ticket about the contract."""

    ticket_id: int
    number: int
    theme: str
    status: TicketStatus
    created_at: datetime


@dataclass(frozen=True, slots=True)
class SentNotification:
    """A notification about the contract and whom it went to; `title` "" when kind and facts word it."""

    kind: NotificationKind
    title: str
    facts: dict[str, str]
    to: str
    created_at: datetime
    is_read: bool


@dataclass(frozen=True, slots=True)
class CustomerPage:
    """Everything about a contract; `blocked_…` "" when it is open; `can_print`: its password is kept here.

    `issue`: sheets printed so far.
    """

    contract_id: int
    number: str
    customer_name: str
    address: str
    consumer_class: ConsumerClass
    can_print: bool
    has_password: bool
    issue: int
    contact_email: str
    contact_phone: str
    blocked_reason: str
    blocked_by: str
    blocked_at: datetime | None
    people: tuple[LinkedPerson, ...]
    shut_out: tuple[ShutOut, ...]
    points: tuple[PointCard, ...]
    balance: ContractBalance | None
    bills: tuple[LedgerMonth, ...]
    tickets: tuple[ContractTicket, ...]
    notifications: tuple[SentNotification, ...]


@service("staff:customers", "customer.open")
def customer_page(session: Session, subject: Subject, contract_id: int) -> CustomerPage:
    """Of one contract of the member's supplier. NotFound for any other."""
    contract = visible_supplier_contract(session, subject, contract_id)
    supplier = session.get_one(Supplier, contract.supplier_id)
    system, zone = replace(subject.as_system(), user_id=None), ZoneInfo(supplier.zone_name)
    block = block_of(session, contract)
    return CustomerPage(
        contract_id=contract.id,
        number=contract.number,
        customer_name=contract.customer_name,
        address=contract.address,
        consumer_class=contract.consumer_class,
        can_print=supplier.gateway == GatewayKind.LOCAL,
        has_password=bool(contract.password_hash),
        issue=contract.credentials_issue,
        contact_email=contract.contact_email,
        contact_phone=contract.contact_phone,
        blocked_reason=block.reason if block else "",
        blocked_by=block.by if block else "",
        blocked_at=block.blocked_at.astimezone(zone) if block else None,
        people=tuple(_people(session, subject, contract, zone)),
        shut_out=tuple(_shut_out(session, contract, zone)),
        points=tuple(list_points(session, system, contract_id)),
        balance=contract_balance(session, system, contract_id),
        bills=list_bills(session, system, contract_id).months[:SHOWN],
        tickets=tuple(_tickets(session, contract, zone)),
        notifications=tuple(_notifications(session, contract, zone)),
    )


def _people(session: Session, subject: Subject, contract: Contract, zone: ZoneInfo) -> list[LinkedPerson]:
    alive = (
        LoginSession.user_id == User.id,
        col(LoginSession.revoked_at).is_(None),
        col(LoginSession.idle_until) > subject.at,
        col(LoginSession.expires_at) > subject.at,
    )
    sessions = select(func.count()).select_from(LoginSession).where(*alive).correlate(User).scalar_subquery()
    seen = select(func.max(LoginSession.last_seen_at)).where(LoginSession.user_id == User.id)
    query = (
        select(User, ContractLink.linked_at, sessions, seen.correlate(User).scalar_subquery())
        .join(ContractLink, col(ContractLink.user_id) == User.id)
        .where(ContractLink.contract_id == contract.id, col(ContractLink.unlinked_at).is_(None))
        .order_by(col(ContractLink.linked_at), col(ContractLink.id))
    )
    return [
        LinkedPerson(
            customer_id=user.id,
            full_name=user.full_name,
            email=user.email,
            phone=user.phone,
            linked_at=linked_at.astimezone(zone),
            sessions=count,
            last_seen_at=last.astimezone(zone) if last else None,
        )
        for user, linked_at, count, last in session.exec(query)
    ]


def _shut_out(session: Session, contract: Contract, zone: ZoneInfo) -> list[ShutOut]:
    had = select(ContractLink.user_id).where(ContractLink.contract_id == contract.id)
    query = (
        select(CustomerBlock, User)
        .join(User, col(User.id) == CustomerBlock.user_id)
        .where(CustomerBlock.supplier_id == contract.supplier_id, col(CustomerBlock.lifted_at).is_(None))
        .where(col(CustomerBlock.user_id).in_(had))
        .order_by(col(CustomerBlock.id))
    )
    return [
        ShutOut(user.id, user.full_name, user.email, block.reason, block.by, block.blocked_at.astimezone(zone))
        for block, user in session.exec(query)
    ]


def _tickets(session: Session, contract: Contract, zone: ZoneInfo) -> list[ContractTicket]:
    query = select(Ticket).where(Ticket.contract_id == contract.id).order_by(col(Ticket.id).desc()).limit(SHOWN)
    return [
        ContractTicket(t.id, t.number, t.theme, t.status, t.created_at.astimezone(zone)) for t in session.exec(query)
    ]


def _notifications(session: Session, contract: Contract, zone: ZoneInfo) -> list[SentNotification]:
    query = (
        select(Notification, User.email)
        .join(User, col(User.id) == Notification.user_id)
        .where(Notification.contract_id == contract.id)
        .order_by(col(Notification.created_at).desc(), col(Notification.id).desc())
        .limit(SHOWN)
    )
    return [
        SentNotification(n.kind, n.title, dict(n.facts), email, n.created_at.astimezone(zone), n.read_at is not None)
        for n, email in session.exec(query)
    ]
