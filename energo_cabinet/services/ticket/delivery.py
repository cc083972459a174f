"""What customers write in tickets leaves for the supplier, in order and once (Н-4)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlmodel import Session

from energo_cabinet.auth.access import Subject
from energo_cabinet.gateways.supplier import Receipt
from energo_cabinet.models import Contract, DeliveryKind, LiveEvent, MeteringPoint, Ticket, TicketMessage
from energo_cabinet.services.attachment import attachments_of
from energo_cabinet.services.supplier.delivery import send_to_supplier, settles
from energo_cabinet.services.supplier.delivery_state import TICKET_KEY
from energo_cabinet.services.ticket.lines import record_of
from energo_cabinet.services.ticket.thread import TOPIC


def send_line(session: Session, subject: Subject, ticket: Ticket, line: TicketMessage) -> None:
    """Put a line of the customer's, with what the supplier needs to know of its ticket, into the outbox."""
    contract = session.get_one(Contract, ticket.contract_id)
    point = session.get(MeteringPoint, ticket.point_id) if ticket.point_id else None
    record = record_of(line.id)
    files = attachments_of(session, [record]).get(record, [])
    payload = {
        "ticket_id": ticket.id,
        "number": ticket.number,
        "category": ticket.category.value,
        "theme": ticket.theme,
        "point": point.number if point else "",
        "email": ticket.email,
        "phone": ticket.phone,
        "message_id": line.id,
        "text": line.text,
        "status": ticket.status.value,
        "written_at": line.created_at.isoformat(),
        "files": [{"id": f.id, "name": f.name, "size": f.size, "media_type": f.media_type} for f in files],
    }
    send_to_supplier(session, subject, contract, DeliveryKind.TICKET, payload, TICKET_KEY.format(line.id))


@settles(DeliveryKind.TICKET)
def settle_line(session: Session, subject: Subject, payload: Mapping[str, Any], receipt: Receipt) -> None:
    """The supplier has it, or will not take it: the author's open tabs show it."""
    ticket = session.get(Ticket, payload.get("ticket_id"))
    if ticket is not None:
        session.add(LiveEvent(user_id=ticket.user_id, topic=TOPIC, created_at=subject.at))
