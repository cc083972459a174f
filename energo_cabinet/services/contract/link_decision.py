"""The supplier's side of link requests: what waits, yes and no (Э-36)."""

from __future__ import annotations

from dataclasses import dataclass

from sqlmodel import Session, col, select

from energo_cabinet.auth.access import Subject, service
from energo_cabinet.domain.typed import is_id
from energo_cabinet.errors import CabinetError, Conflict
from energo_cabinet.models import LinkRequest, LinkRequestStatus, NotificationKind, Supplier, User
from energo_cabinet.services.contract.link_request import contract_by_number, link, tell_deciders
from energo_cabinet.services.notice.sending import Message, tell

LONGEST_REASON = 500


@dataclass(frozen=True, slots=True)
class WaitingRequest:
    """A request as its supplier sees it; `has_contract`: whether a contract has this number."""

    id: int
    supplier: str
    contract_number: str
    customer_name: str
    address: str
    email: str
    has_contract: bool


@service("system", "link_request.list_by_command")
def waiting_requests(session: Session, subject: Subject, supplier: str = "", most: int = 200) -> list[WaitingRequest]:
    """The oldest `most` requests that wait, of one supplier (code) or of all."""
    query = (
        select(LinkRequest, Supplier.code, User.email)
        .join(Supplier, col(Supplier.id) == LinkRequest.supplier_id)
        .join(User, col(User.id) == LinkRequest.user_id)
        .where(LinkRequest.status == LinkRequestStatus.WAITING)
        .order_by(col(LinkRequest.id))
        .limit(most)
    )
    if supplier:
        query = query.where(Supplier.code == supplier)
    return [_seen(session, request, code, email) for request, code, email in session.exec(query).all()]


@service("system", "link_request.accept_by_command")
def accept_request(session: Session, subject: Subject, request_key: int, number: str = "") -> None:
    """Link the contract; `number` when the person wrote another than the supplier keeps. CabinetError without such."""
    request = _waiting(session, request_key)
    contract = contract_by_number(session, request.supplier_id, number or request.contract_number)
    if contract is None:
        raise CabinetError("unknown_contract", "number", number=number or request.contract_number)
    link(session, subject, request, contract)
    _tell(session, subject, request, "")


@service("system", "link_request.refuse_by_command")
def refuse_request(session: Session, subject: Subject, request_key: int, reason: str) -> None:
    """Refuse with a sentence for the person; CabinetError without one."""
    reason = reason.strip()
    if not 0 < len(reason) <= LONGEST_REASON:
        raise CabinetError("reason_required", "reason", longest=LONGEST_REASON)
    request = _waiting(session, request_key)
    request.status, request.reason, request.decided_at = LinkRequestStatus.REFUSED, reason, subject.at
    session.add(request)
    _tell(session, subject, request, reason)


def _waiting(session: Session, key: int) -> LinkRequest:
    query = select(LinkRequest).where(LinkRequest.id == key).with_for_update()
    request = session.exec(query).first() if is_id(key) else None
    if request is None:
        raise CabinetError("unknown_request", "id", number=key)
    if request.status != LinkRequestStatus.WAITING:
        raise Conflict("request_decided", "id", number=key)
    return request


def _tell(session: Session, subject: Subject, request: LinkRequest, reason: str) -> None:
    supplier = session.get_one(Supplier, request.supplier_id)
    facts = {"number": request.contract_number, "supplier": supplier.name, "reason": reason}
    kind = NotificationKind.LINK_REFUSED if reason else NotificationKind.LINK_ACCEPTED
    person = session.get_one(User, request.user_id)
    tell(session, subject, [person], Message(kind, facts=facts, contract_id=request.contract_id))
    tell_deciders(session, subject, request)


def _seen(session: Session, request: LinkRequest, code: str, email: str) -> WaitingRequest:
    known = contract_by_number(session, request.supplier_id, request.contract_number)
    return WaitingRequest(
        id=request.id,
        supplier=code,
        contract_number=request.contract_number,
        customer_name=request.customer_name,
        address=request.address,
        email=email,
        has_contract=known is not None,
    )
