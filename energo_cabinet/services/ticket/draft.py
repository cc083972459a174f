"""What is typed for a ticket and not sent yet: kept on the server, so that a lost connection loses nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from sqlmodel import Session, and_, col, delete, func, select

from energo_cabinet.auth.access import Subject, service, visible_contract
from energo_cabinet.models import (
    Meter,
    MeteringPoint,
    MeterInstallation,
    Supplier,
    Ticket,
    TicketAuthor,
    TicketDraft,
    TicketMessage,
    User,
)
from energo_cabinet.services.ticket.thread import address_of, own_ticket

LONGEST = {"category": 16, "theme": 300, "text": 8000, "email": 254, "phone": 40, "point": 12, "key": 40}
"""Fields of a draft; what is longer is cut: a draft refuses nothing."""


@dataclass(frozen=True, slots=True)
class FormPoint:
    """A point a ticket may be about; `serial` "" without a meter."""

    id: int
    name: str
    serial: str


@dataclass(frozen=True, slots=True)
class NewForm:
    """«Создать обращение» before it is typed: contacts of the profile, the points it may be about, the draft."""

    key: str
    email: str
    phone: str
    supplier_name: str
    supplier_email: str
    points: tuple[FormPoint, ...]
    contract_number: str = ""
    draft: dict[str, str] = field(default_factory=dict)


@service("customer", "ticket_draft.new_form")
def new_form(session: Session, subject: Subject, contract_id: int) -> NewForm:
    """What the form begins with (Н-139, Н-140)."""
    contract = visible_contract(session, subject, contract_id)
    user, supplier = session.get_one(User, subject.user), session.get_one(Supplier, contract.supplier_id)
    return NewForm(
        key=key_of_new(session, subject, contract_id),
        email=user.email,
        phone=user.phone,
        supplier_name=supplier.name,
        supplier_email=address_of(supplier),
        points=_points(session, contract_id),
        contract_number=contract.number,
        draft=_kept(session, subject, place_of_new(contract_id)),
    )


@service("customer", "ticket_draft.save")
def save_draft(session: Session, subject: Subject, contract_id: int, fields: Mapping[str, str]) -> bool:
    """Keep what is typed; False when it has become a ticket meanwhile (its `key` is used up)."""
    visible_contract(session, subject, contract_id)
    if fields.get("key") != key_of_new(session, subject, contract_id):
        return False
    keep(session, subject, place_of_new(contract_id), fields)
    return True


@service("customer", "ticket_draft.discard")
def discard_draft(session: Session, subject: Subject, contract_id: int) -> None:
    """«Начать заново»."""
    visible_contract(session, subject, contract_id)
    forget(session, subject, place_of_new(contract_id))


@service("customer", "ticket_draft.reply")
def reply_draft(session: Session, subject: Subject, ticket_id: int) -> str:
    """What is typed into a thread and not sent; "" for nothing."""
    ticket = own_ticket(session, subject, ticket_id)
    return _kept(session, subject, place_of_reply(ticket.id)).get("text", "")


@service("customer", "ticket_draft.save_reply")
def save_reply_draft(session: Session, subject: Subject, ticket_id: int, fields: Mapping[str, str]) -> bool:
    """Keep what is typed into a thread; False when it has been sent meanwhile."""
    ticket = own_ticket(session, subject, ticket_id)
    mine = (TicketMessage.ticket_id == ticket.id, TicketMessage.author == TicketAuthor.CUSTOMER)
    sent = session.exec(select(func.count()).select_from(TicketMessage).where(*mine)).one()
    if fields.get("key") != f"{ticket.id}-{sent}":
        return False
    keep(session, subject, place_of_reply(ticket.id), {"text": fields.get("text", "")})
    return True


def place_of_new(contract_id: int) -> str:
    """Where a new ticket's draft lies."""
    return f"new-{contract_id}"


def place_of_reply(ticket_id: int) -> str:
    """Where a reply's draft lies."""
    return f"reply-{ticket_id}"


def forget(session: Session, subject: Subject, place: str) -> None:
    """It has been sent, or is not wanted."""
    mine = (col(TicketDraft.user_id) == subject.user, col(TicketDraft.place) == place)
    session.exec(delete(TicketDraft).where(*mine))


def _points(session: Session, contract_id: int) -> tuple[FormPoint, ...]:
    rows = session.execute(
        select(MeteringPoint.id, MeteringPoint.name, Meter.serial_number)
        .outerjoin(
            MeterInstallation,
            and_(MeterInstallation.point_id == MeteringPoint.id, col(MeterInstallation.removed_on).is_(None)),
        )
        .outerjoin(Meter, col(Meter.id) == MeterInstallation.meter_id)
        .where(MeteringPoint.contract_id == contract_id)
        .order_by(MeteringPoint.number)
    )
    return tuple(FormPoint(row[0], row[1], row[2] or "") for row in rows)


def key_of_new(session: Session, subject: Subject, contract_id: int) -> str:
    """Another one after every ticket."""
    mine = (Ticket.user_id == subject.user, Ticket.contract_id == contract_id)
    return f"{contract_id}-{session.exec(select(func.count()).select_from(Ticket).where(*mine)).one()}"


def _kept(session: Session, subject: Subject, place: str) -> dict[str, str]:
    row = session.get(TicketDraft, (subject.user, place))
    return dict(row.fields) if row else {}


def keep(session: Session, subject: Subject, place: str, fields: Mapping[str, str]) -> None:
    """Keep fields at a place; with nothing typed there is nothing to keep."""
    words = {name: fields.get(name, "")[:longest] for name, longest in LONGEST.items() if name in fields}
    if not words.get("theme", "").strip() and not words.get("text", "").strip():
        forget(session, subject, place)
        return
    clean = {name: _storable(value) for name, value in words.items() if name != "key"}
    session.merge(TicketDraft(user_id=subject.user, place=place, fields=clean, saved_at=subject.at))


def _storable(value: str) -> str:
    """Without what no database takes: NUL and lone surrogates."""
    return value.replace("\0", "").encode("utf-8", "ignore").decode()
