"""A contract named by number is a request that its supplier decides on: number and name are no secret (Э-24, Э-36)."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from energo_cabinet.auth import rate
from energo_cabinet.auth.access import Subject, service
from energo_cabinet.domain.contract.customer_name import number_key
from energo_cabinet.domain.form_text import text_problem
from energo_cabinet.errors import Conflict, InvalidInput, NotFound
from energo_cabinet.models import (
    Contract,
    LinkRequest,
    LinkRequestStatus,
    LinkWay,
    SearchTerm,
    Supplier,
    User,
)
from energo_cabinet.services.contract.opening import open_contract
from energo_cabinet.services.contract.search_index import index_pending
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
    _send(session, subject, request)
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


def send_applied(session: Session, subject: Subject, user: User, supplier_id: int) -> None:
    """The account is activated: the contract that its application named becomes a request."""
    supplier = session.get_one(Supplier, supplier_id)
    _send(session, subject, _new(user, supplier, user.contract_number, user.address, subject.at))


def link(session: Session, subject: Subject, request: LinkRequest, contract: Contract) -> None:
    """Put the contract into the person's sidebar and mark the request; a contract already there stays."""
    with suppress(Conflict):  # linked already by a secret of the supplier: nothing to add
        open_contract(session, subject, contract, request.user_id, contract.number, LinkWay.STAFF, "number")
    request.status, request.contract_id, request.decided_at = LinkRequestStatus.LINKED, contract.id, subject.at
    session.add(request)


def contract_by_number(session: Session, supplier_id: int, number: str) -> Contract | None:
    """The supplier's contract with this number, however its dashes and spaces are written; None without."""
    exact = (Contract.supplier_id == supplier_id, Contract.number == number.strip())
    if (found := session.exec(select(Contract).where(*exact)).first()) is not None:
        return found
    index_pending(session)
    words = (SearchTerm.supplier_id == supplier_id, SearchTerm.term == number_key(number))
    query = select(Contract).join(SearchTerm, col(SearchTerm.contract_id) == Contract.id).where(*words)
    near = session.exec(query.order_by(col(Contract.id)).limit(10)).all()
    return next((c for c in near if number_key(c.number) == number_key(number)), None)


def _send(session: Session, subject: Subject, request: LinkRequest) -> None:
    session.add(request)
    session.flush()
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
) -> LinkRequest:
    return LinkRequest(
        user_id=user.id,
        supplier_id=supplier.id,
        contract_number=number.strip(),
        customer_name=user.full_name,
        address=address,
        status=LinkRequestStatus.WAITING,
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
