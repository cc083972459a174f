"""What was said in a ticket, line by line, with what came from tickets merged into it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlmodel import Session, col, select

from energo_cabinet.models import Ticket, TicketAuthor, TicketMessage, TicketStatus
from energo_cabinet.services.attachment import AttachmentItem, attachments_of
from energo_cabinet.services.supplier.delivery_state import TICKET_KEY, delivery_states


@dataclass(frozen=True, slots=True)
class Merged:
    """The other ticket of a merger, both of the same person about the same contract."""

    id: int
    number: int


@dataclass(frozen=True, slots=True)
class TicketLine:
    """A line of the thread; without text and files a mere change of status.

    `delivery`: "", "waiting" or "refused"; `origin`: the number of the merged ticket it was
    written in, 0 for this one; `about`: what was merged here.
    """

    id: int
    is_mine: bool
    by: str
    text: str
    becomes: TicketStatus | None
    created_at: datetime
    files: tuple[AttachmentItem, ...] = ()
    delivery: str = ""
    origin: int = 0
    about: Merged | None = None


def lines_of(session: Session, ticket: Ticket, zone: ZoneInfo, name: str, supplier: str) -> tuple[TicketLine, ...]:
    """What was said in a ticket and in those merged into it, oldest first; the caller has been let in already."""
    merged = session.exec(select(Ticket).where(Ticket.merged_into_id == ticket.id)).all()
    numbers = {one.id: one.number for one in merged}
    if ticket.merged_into_id is not None:
        numbers[ticket.merged_into_id] = session.get_one(Ticket, ticket.merged_into_id).number
    ids = [ticket.id, *(one.id for one in merged)]
    rows = session.exec(
        select(TicketMessage).where(col(TicketMessage.ticket_id).in_(ids)).order_by(col(TicketMessage.id))
    ).all()
    files = attachments_of(session, [record_of(row.id) for row in rows])
    own = [row for row in rows if row.ticket_id == ticket.id or row.text]
    ways = delivery_states(session, ticket.contract_id, [TICKET_KEY.format(row.id) for row in own])
    lines = ((row, _line(row, zone, name, supplier, files)) for row in own)
    told = ((row, replace(line, delivery=ways.get(TICKET_KEY.format(row.id), ""))) for row, line in lines)
    return tuple(_joined(ticket, row, line, numbers) for row, line in told)


def _joined(ticket: Ticket, row: TicketMessage, line: TicketLine, numbers: Mapping[int, int]) -> TicketLine:
    """A line of a merged ticket tells where it was written; its changes of status are over."""
    if row.ticket_id != ticket.id:
        return replace(line, origin=numbers[row.ticket_id], becomes=None)
    if row.about_id is None or row.about_id not in numbers:
        return line
    return replace(line, about=Merged(row.about_id, numbers[row.about_id]))


def record_of(line_id: int) -> str:
    """Under which name the files of a line are kept."""
    return f"ticket {line_id}"


def _line(
    row: TicketMessage, zone: ZoneInfo, customer: str, supplier: str, files: dict[str, list[AttachmentItem]]
) -> TicketLine:
    is_mine = row.author == TicketAuthor.CUSTOMER
    signed = f"{row.signature}, {supplier}" if row.signature else supplier
    return TicketLine(
        id=row.id,
        is_mine=is_mine,
        by=customer if is_mine else signed,
        text=row.text,
        becomes=row.becomes,
        created_at=row.created_at.astimezone(zone),
        files=tuple(files.get(record_of(row.id), ())),
    )
