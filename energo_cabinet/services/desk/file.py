"""Files of обращения for the supplier's staff; what they type and have not sent."""

from __future__ import annotations

from collections.abc import Mapping

from sqlmodel import Session, select

from energo_cabinet.auth.access import Subject, service
from energo_cabinet.auth.audit import audit_note
from energo_cabinet.auth.supplier_access import visible_supplier_ticket
from energo_cabinet.domain.typed import id_of
from energo_cabinet.errors import NotFound
from energo_cabinet.models import Attachment, TicketMessage
from energo_cabinet.services.attachment import AttachmentFile, file_of
from energo_cabinet.services.desk.thread import draft_key_of, place_of_answer
from energo_cabinet.services.ticket.draft import keep


@service("staff:desk", "ticket.open_file")
def desk_file(session: Session, subject: Subject, attachment_id: int) -> AttachmentFile:
    """A file of a thread the caller may see, written down in the audit journal; NotFound for any other."""
    row = session.exec(select(Attachment).where(Attachment.id == attachment_id)).first()
    kind, _, line_id = ((row.record if row else "") or "").partition(" ")
    key = id_of(line_id)
    if row is None or kind != "ticket" or key is None:
        raise NotFound
    line = session.get(TicketMessage, key)
    if line is None:
        raise NotFound
    visible_supplier_ticket(session, subject, line.ticket_id)
    audit_note(session, name=row.name)
    return file_of(row)


@service("staff:desk", "ticket.keep_answer", audited=False)
def keep_answer(session: Session, subject: Subject, ticket_id: int, fields: Mapping[str, str]) -> bool:
    """Keep what is typed for an answer; False when it has been sent meanwhile."""
    ticket = visible_supplier_ticket(session, subject, ticket_id)
    if fields.get("key") != draft_key_of(session, subject, ticket):
        return False
    keep(session, subject, place_of_answer(ticket.id), {"text": fields.get("text", "")})
    return True
