"""Обращения: list, read, open, reply."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel, Field

from energo_cabinet.api.v1.schema import Id, Limit, Page
from energo_cabinet.api.v1.way_in import ask
from energo_cabinet.domain.typed import MAX_ID
from energo_cabinet.services.ticket import ticket as service
from energo_cabinet.services.ticket.form import TicketForm

router = APIRouter(prefix="/tickets", tags=["tickets"])

Short = Annotated[str, Field(max_length=300)]
Long = Annotated[str, Field(max_length=10_000)]
Number = Annotated[int, Field(ge=1, le=MAX_ID)]


class Ticket(BaseModel):
    """A ticket in the list; `number` counts within its contract."""

    id: int
    number: int
    theme: str
    status: str
    created_at: datetime
    is_unread: bool


class Line(BaseModel):
    """Something said, or a mere change of status."""

    id: int
    is_mine: bool
    by: str
    text: str
    becomes: str | None
    created_at: datetime


class Thread(BaseModel):
    """A ticket with everything said in it, oldest first; `reply_key` goes with the next reply."""

    ticket: Ticket
    category: str
    reply_key: str
    lines: list[Line]


class NewTicket(BaseModel):
    """The form; the same `key` makes one ticket however often it is sent."""

    contract_id: Number
    point_id: Number | None = None
    category: Short
    theme: Short
    text: Long
    email: Short
    phone: Short = ""
    key: Short = ""


class Reply(BaseModel):
    """What to say; `key`: the thread's `reply_key`."""

    text: Long
    key: Short = ""


@router.get("")
async def listed(
    request: Request,
    contract_id: Annotated[int, Query(ge=1, le=MAX_ID)],
    cursor: Annotated[int | None, Query(ge=1, le=MAX_ID)] = None,
    limit: Limit = 50,
) -> Page[Ticket]:
    """Tickets about a contract, newest first."""
    page = await ask(request, service.list_tickets, contract_id, before_number=cursor, limit=limit)
    return Page(items=[_card(card) for card in page.items], next=None if page.next is None else str(page.next))


@router.get("/{ticket_id}")
async def thread(request: Request, ticket_id: Id) -> Thread:
    """One ticket."""
    return _thread(await ask(request, service.ticket_thread, ticket_id))


@router.post("", status_code=201)
async def opened(request: Request, body: NewTicket) -> Thread:
    """Open a ticket."""
    form = TicketForm(body.category, body.theme, body.text, body.email, body.phone, body.key)
    return _thread(await ask(request, service.open_ticket, body.contract_id, form, body.point_id))


@router.post("/{ticket_id}/replies", status_code=201)
async def replied(request: Request, ticket_id: Id, body: Reply) -> Thread:
    """Write into the thread."""
    return _thread(await ask(request, service.reply, ticket_id, body.text, body.key))


def _card(card: service.TicketCard) -> Ticket:
    return Ticket.model_validate(card, from_attributes=True)


def _thread(found: service.TicketThread) -> Thread:
    lines = [Line.model_validate(line, from_attributes=True) for line in found.lines]
    return Thread(ticket=_card(found.card), category=str(found.category), reply_key=found.reply_key, lines=lines)
