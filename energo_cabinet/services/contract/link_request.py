"""A contract named by number is a request: linked at once when it matches, else the supplier decides (Э-24, Э-36)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, delete, select

from energo_cabinet.auth import rate
from energo_cabinet.auth.access import Subject, service
from energo_cabinet.domain.contract.customer_name import is_same_customer, number_key
from energo_cabinet.domain.form_text import text_problem
from energo_cabinet.errors import Conflict, InvalidInput, NotFound
from energo_cabinet.models import (
    Contract,
    ContractLink,
    GatewayKind,
    LinkRequest,
    LinkRequestStatus,
    Supplier,
    User,
)
from energo_cabinet.services.contract.customer_block import block_of
from energo_cabinet.services.notice.staff_live import tell_staff
from energo_cabinet.services.supplier.entry import supplier_of_region
from energo_cabinet.settings import get_settings

REQUESTS = "link requests"
"""The topic of live events for staff who decide."""
NUMBER_LENGTH, WAITING_AT_ONCE = 60, 5


@dataclass(frozen=True, slots=True)
class LinkRequestCard:
    """A request as the person who made it sees it; `reason` is the supplier's own sentence."""

    id: int
    supplier_name: str
    contract_number: str
    status: LinkRequestStatus
    reason: str
    created_at: datetime
    decided_at: datetime | None


@service("customer", "link_request.list_own")
def my_link_requests(session: Session, subject: Subject) -> list[LinkRequestCard]:
    """The caller's requests, newest first; withdrawn ones are left out."""
    shown = (LinkRequestStatus.WAITING, LinkRequestStatus.LINKED, LinkRequestStatus.REFUSED)
    query = (
        select(LinkRequest, Supplier.name)
        .join(Supplier, col(Supplier.id) == LinkRequest.supplier_id)
        .where(LinkRequest.user_id == subject.user, col(LinkRequest.status).in_(shown))
        .order_by(col(LinkRequest.id).desc())
        .limit(50)
    )
    return [_card(request, name) for request, name in session.exec(query)]


@service("customer", "link_request.ask")
def request_link(session: Session, subject: Subject, region: str, number: str) -> LinkRequestCard:
    """Ask for a contract by its number, under the caller's registered name.

    InvalidInput: region, number; Conflict when it waits already or too many do; TooManyAttempts beyond the limit.
    """
    user = session.get_one(User, subject.user)
    supplier = supplier_of_region(session, region)
    wrong = {"region": "required"} if supplier is None else {}
    if problem := text_problem(number, NUMBER_LENGTH):
        wrong["number"] = "text_too_long" if problem == "too_long" else problem
    if wrong or supplier is None:
        raise InvalidInput(wrong)
    rate.take(get_settings().limit_contract_ip, "contract", str(subject.user))
    _refuse_waiting(session, subject, supplier, number)
    request = _new(user, supplier, number, user.address, subject.at)
    _decide(session, subject, request, supplier)
    return _card(request, supplier.name)


@service("customer", "link_request.withdraw")
def withdraw_link_request(session: Session, subject: Subject, request_id: int) -> None:
    """Take back a request the supplier has not decided; NotFound for any other."""
    request = session.get(LinkRequest, request_id)
    if request is None or request.user_id != subject.user_id or request.status != LinkRequestStatus.WAITING:
        raise NotFound
    request.status, request.decided_at = LinkRequestStatus.WITHDRAWN, subject.at
    session.add(request)
    tell_deciders(session, subject, request)


def remember(session: Session, subject: Subject, user: User, supplier: Supplier) -> None:
    """Keep the contract an application names until the account is activated; an older application's is forgotten."""
    drafts = (LinkRequest.user_id == user.id, LinkRequest.status == LinkRequestStatus.DRAFT)
    session.exec(delete(LinkRequest).where(*drafts))  # type: ignore[arg-type]
    session.add(_new(user, supplier, user.contract_number, user.address, subject.at, LinkRequestStatus.DRAFT))


def send_remembered(session: Session, subject: Subject, user: User) -> None:
    """The account is activated: what its application named becomes a request."""
    drafts = (LinkRequest.user_id == user.id, LinkRequest.status == LinkRequestStatus.DRAFT)
    for request in session.exec(select(LinkRequest).where(*drafts)).all():
        _decide(session, subject, request, session.get_one(Supplier, request.supplier_id))


def link(session: Session, subject: Subject, request: LinkRequest, contract: Contract) -> None:
    """Put the contract into the person's sidebar and mark the request; a contract already there stays."""
    made = ContractLink(user_id=request.user_id, contract_id=contract.id, title=contract.number, linked_at=subject.at)
    try:
        with session.begin_nested():
            session.add(made)
    except IntegrityError:
        pass  # linked already by the supplier's login and password: nothing to add
    request.status, request.contract_id, request.decided_at = LinkRequestStatus.LINKED, contract.id, subject.at
    session.add(request)


def contract_by_number(session: Session, supplier_id: int, number: str) -> Contract | None:
    """The supplier's contract with this number, exactly as written or without its dashes and spaces; None without."""
    exact = session.exec(
        select(Contract).where(Contract.supplier_id == supplier_id, Contract.number == number.strip())
    ).first()
    if exact is not None:
        return exact
    bare = Contract.supplier_id == supplier_id, Contract.number == number_key(number)
    return session.exec(select(Contract).where(*bare)).first()


def _decide(session: Session, subject: Subject, request: LinkRequest, supplier: Supplier) -> None:
    """Link what matches by number and name at a supplier kept here; the rest waits."""
    request.status = LinkRequestStatus.WAITING
    session.add(request)
    session.flush()
    found = None
    if supplier.gateway == GatewayKind.LOCAL and supplier.links_by_name:
        found = contract_by_number(session, supplier.id, request.contract_number)
    is_his = found is not None and is_same_customer(found.customer_name, request.customer_name)
    if found is not None and is_his and block_of(session, found, request.user_id) is None:
        link(session, subject, request, found)
    else:
        tell_deciders(session, subject, request)


def tell_deciders(session: Session, subject: Subject, request: LinkRequest) -> None:
    """What waits has changed: the supplier's open lists show it."""
    tell_staff(session, subject, request.supplier_id, "customers", REQUESTS)


def _refuse_waiting(session: Session, subject: Subject, supplier: Supplier, number: str) -> None:
    waiting = session.exec(
        select(LinkRequest).where(LinkRequest.user_id == subject.user, LinkRequest.status == LinkRequestStatus.WAITING)
    ).all()
    if any(r.supplier_id == supplier.id and number_key(r.contract_number) == number_key(number) for r in waiting):
        raise Conflict("link_request_waits", "number")
    if len(waiting) >= WAITING_AT_ONCE:
        raise Conflict("link_requests_many", "number", most=WAITING_AT_ONCE)


def _new(
    user: User,
    supplier: Supplier,
    number: str,
    address: str,
    at: datetime,
    status: LinkRequestStatus = LinkRequestStatus.WAITING,
) -> LinkRequest:
    return LinkRequest(
        user_id=user.id,
        supplier_id=supplier.id,
        contract_number=number.strip(),
        customer_name=user.full_name,
        address=address,
        status=status,
        created_at=at,
    )


def _card(request: LinkRequest, supplier_name: str) -> LinkRequestCard:
    return LinkRequestCard(
        request.id,
        supplier_name,
        request.contract_number,
        request.status,
        request.reason,
        request.created_at,
        request.decided_at,
    )
