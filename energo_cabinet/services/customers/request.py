"""Link requests on the staff's page: what waits with the supplier, yes and no (Э-36)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlmodel import Session, col, func, select

from energo_cabinet.auth.access import Subject, service
from energo_cabinet.auth.audit import audit_note
from energo_cabinet.auth.looks import looked_at
from energo_cabinet.auth.supplier_access import of_supplier
from energo_cabinet.domain.contract.customer_name import is_same_customer
from energo_cabinet.domain.typed import is_id
from energo_cabinet.errors import NotFound
from energo_cabinet.models import (
    Contract,
    LinkObjection,
    LinkRequest,
    LinkRequestStatus,
    ObjectionFate,
    Supplier,
    User,
)
from energo_cabinet.services.contract.customer_block import refuse_blocked
from energo_cabinet.services.contract.link_decision import accept_request, refuse_request
from energo_cabinet.services.contract.link_request import contract_by_number

PAGE, MOST_AGAIN = 20, 200


@dataclass(frozen=True, slots=True)
class RequestCard:
    """A request as staff decide on it; `known_…`: the contract with that number (id 0 without one).

    `is_same_name`: the supplier keeps it under the name the person gave.
    """

    id: int
    contract_number: str
    customer_name: str
    address: str
    email: str
    phone: str
    created_at: datetime
    known_id: int
    known_name: str
    known_address: str
    is_same_name: bool


@dataclass(frozen=True, slots=True)
class RequestPage:
    """The oldest first; `after` continues (0 at the end); `waiting` in all."""

    cards: tuple[RequestCard, ...]
    waiting: int
    after: int = 0


@service("staff:customers", "link_request.list")
def list_requests(session: Session, subject: Subject, after: int = 0) -> RequestPage:
    """What waits for the supplier's decision."""
    return _page(session, subject, after, PAGE)


@service("staff:customers", "link_request.list_again", audited=False)
def list_requests_again(session: Session, subject: Subject, shown: int = PAGE) -> RequestPage:
    """The list that is open already, after something has changed: as many as are shown, a page at least."""
    looked_at(is_list=True)
    return _page(session, subject, 0, min(max(shown, PAGE), MOST_AGAIN) if type(shown) is int else PAGE)


def _page(session: Session, subject: Subject, after: int, limit: int) -> RequestPage:
    waits = (of_supplier(subject, LinkRequest.supplier_id), LinkRequest.status == LinkRequestStatus.WAITING)
    query = select(LinkRequest, User, Supplier.zone_name).join(User, col(User.id) == LinkRequest.user_id)
    query = query.join(Supplier, col(Supplier.id) == LinkRequest.supplier_id).where(*waits)
    begin = after if is_id(after) else 0
    found = session.exec(query.where(col(LinkRequest.id) > begin).order_by(col(LinkRequest.id)).limit(limit + 1)).all()
    cards = tuple(_card(session, *row) for row in found[:limit])
    count = session.exec(select(func.count()).select_from(LinkRequest).where(*waits)).one()
    return RequestPage(cards, count, cards[-1].id if len(found) > limit else 0)


@service("staff:customers", "link_request.count_waiting", audited=False)
def waiting_count(session: Session, subject: Subject) -> int:
    """How many requests and objections wait."""
    waits = (of_supplier(subject, LinkRequest.supplier_id), LinkRequest.status == LinkRequestStatus.WAITING)
    objected = (of_supplier(subject, LinkObjection.supplier_id), LinkObjection.fate == ObjectionFate.OBJECTED)
    requests = session.exec(select(func.count()).select_from(LinkRequest).where(*waits)).one()
    return requests + session.exec(select(func.count()).select_from(LinkObjection).where(*objected)).one()


@service("staff:customers", "link_request.accept")
def accept_link(session: Session, subject: Subject, request_id: int, number: str = "") -> None:
    """Link the contract with the number the person gave, or with another. CabinetError("unknown_contract")."""
    request = _own(session, subject, request_id)
    wanted = number.strip()[:60] if isinstance(number, str) else ""
    contract = contract_by_number(session, request.supplier_id, wanted or request.contract_number)
    if contract is not None:
        wanted = contract.number
        refuse_blocked(session, contract, request.user_id, "number")
        audit_note(session, contract_id=contract.id)
    accept_request(session, subject.as_system(), request_id, wanted)


@service("staff:customers", "link_request.refuse")
def refuse_link(session: Session, subject: Subject, request_id: int, reason: str) -> None:
    """Refuse with a sentence for the person. CabinetError("reason_required")."""
    _own(session, subject, request_id)
    refuse_request(session, subject.as_system(), request_id, reason if isinstance(reason, str) else "")
    audit_note(session, reason=reason)


def _own(session: Session, subject: Subject, request_id: int) -> LinkRequest:
    query = select(LinkRequest).where(LinkRequest.id == request_id, of_supplier(subject, LinkRequest.supplier_id))
    request = session.exec(query).first()
    if request is None:
        raise NotFound
    audit_note(session, whose_id=request.user_id)
    return request


def _card(session: Session, request: LinkRequest, person: User, zone_name: str) -> RequestCard:
    known = contract_by_number(session, request.supplier_id, request.contract_number) or _nobody()
    return RequestCard(
        id=request.id,
        contract_number=request.contract_number,
        customer_name=request.customer_name,
        address=request.address,
        email=person.email,
        phone=person.phone,
        created_at=request.created_at.astimezone(ZoneInfo(zone_name)),
        known_id=known.id,
        known_name=known.customer_name,
        known_address=known.address,
        is_same_name=is_same_customer(known.customer_name, request.customer_name),
    )


def _nobody() -> Contract:
    return Contract(id=0, supplier_id=0, number="", login="", password_hash="")
