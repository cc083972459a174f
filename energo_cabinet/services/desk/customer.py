"""Who asks: the customer beside a ticket, with contract, meter, balance and when they last wrote or were answered."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlmodel import Session, and_, col, select

from energo_cabinet.auth.access import Subject
from energo_cabinet.models import (
    Contract,
    Meter,
    MeteringPoint,
    MeterInstallation,
    Ticket,
    TicketMessage,
    User,
)
from energo_cabinet.services.bill.balance import ContractBalance, contract_balance


@dataclass(frozen=True, slots=True)
class DeskCustomer:
    """Who asks; point and meter "" where the ticket names none and the contract has several.

    `balance`: None while nothing was charged; `last_contact`: the newest line either side wrote in any of the tickets
    this person opened about the contract.
    """

    id: int
    name: str
    contract_id: int
    contract: str
    address: str
    email: str
    phone: str
    point: str
    meter: str
    balance: ContractBalance | None
    last_contact: datetime | None


def customer_of(session: Session, subject: Subject, ticket: Ticket, zone: ZoneInfo) -> DeskCustomer:
    """The person of a ticket; the caller has been let in already."""
    contract, user = session.get_one(Contract, ticket.contract_id), session.get_one(User, ticket.user_id)
    point, meter = _point(session, ticket)
    return DeskCustomer(
        id=ticket.user_id,
        name=user.full_name or contract.customer_name,
        contract_id=ticket.contract_id,
        contract=contract.number,
        address=contract.address,
        email=ticket.email,
        phone=ticket.phone,
        point=point,
        meter=meter,
        balance=contract_balance(session, replace(subject.as_system(), user_id=None), ticket.contract_id),
        last_contact=_last_contact(session, ticket, zone),
    )


def _point(session: Session, ticket: Ticket) -> tuple[str, str]:
    """(name of the point, serial number of its meter): of the ticket, or of the contract that has just one."""
    here = MeteringPoint.id == ticket.point_id if ticket.point_id else MeteringPoint.contract_id == ticket.contract_id
    standing = and_(MeterInstallation.point_id == MeteringPoint.id, col(MeterInstallation.removed_on).is_(None))
    query = select(MeteringPoint.name, Meter.serial_number).outerjoin(MeterInstallation, standing)
    query = query.outerjoin(Meter, col(Meter.id) == MeterInstallation.meter_id)
    rows = session.execute(query.where(here).limit(2)).all()
    return (rows[0][0], rows[0][1] or "") if len(rows) == 1 else ("", "")


def _last_contact(session: Session, ticket: Ticket, zone: ZoneInfo) -> datetime | None:
    theirs = select(Ticket.id).where(Ticket.contract_id == ticket.contract_id, Ticket.user_id == ticket.user_id)
    said = (col(TicketMessage.ticket_id).in_(theirs), TicketMessage.text != "")
    query = select(TicketMessage.created_at).where(*said).order_by(col(TicketMessage.created_at).desc()).limit(1)
    found = session.exec(query).first()
    return found.astimezone(zone) if found else None
