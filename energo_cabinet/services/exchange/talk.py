"""What a supplier says to its customers: notifications (Н-3), answers in tickets (Н-4), decisions on readings (F-5)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from sqlmodel import select

from energo_cabinet.domain.ticket.flow import Step
from energo_cabinet.domain.typed import id_of
from energo_cabinet.errors import Conflict
from energo_cabinet.gateways.supplier import Receipt
from energo_cabinet.gateways.supplier_protocol import Decision, NoticeData, TicketUpdate
from energo_cabinet.models import (
    Notification,
    NotificationKind,
    ReadingSubmission,
    SubmissionStatus,
    SupplierDelivery,
    SyncedAnswer,
    Ticket,
    TicketAuthor,
    TicketStatus,
)
from energo_cabinet.services.exchange.rows import AHEAD, Intake, RowRefused
from energo_cabinet.services.notice.sending import Message, readers_of, tell
from energo_cabinet.services.reading.decision import changed, settle_reading
from energo_cabinet.services.ticket.command import answer_ticket
from energo_cabinet.services.ticket.writing import move, say

NEWS = timedelta(days=7)
"""What was told longer ago is history: it is listed as read, and no letter is sent."""


def store_notices(intake: Intake, sent: Sequence[NoticeData]) -> None:
    """A page of notifications to the contract's customer."""
    intake.each(sent, lambda row: row.id, lambda row: _notice(intake, row))


def store_answers(intake: Intake, sent: Sequence[TicketUpdate]) -> None:
    """A page of ticket updates; each reaches the thread once."""
    intake.each(sent, lambda row: row.id, lambda row: _answer(intake, row))


def store_decisions(intake: Intake, sent: Sequence[Decision]) -> None:
    """A page of decisions on readings that waited."""
    intake.each(sent, lambda row: row.key, lambda row: _decision(intake, row))


def _notice(intake: Intake, sent: NoticeData) -> bool:
    if sent.created_at > intake.at + AHEAD:
        raise RowRefused("ahead")
    session, contract = intake.session, intake.contract
    once = f"supplier {contract.supplier_id} {sent.id}"
    spans = {"starts_at": sent.starts_at, "ends_at": sent.ends_at}
    facts = {name: at.isoformat() for name, at in spans.items() if at is not None}
    message = Message(
        NotificationKind(sent.kind), sent.title, sent.text, contract_id=contract.id, facts=facts, once=once
    )
    readers = readers_of(session, contract.id)
    if sent.created_at >= intake.at - NEWS:
        at_that_time = replace(intake.subject, at=min(sent.created_at, intake.at))
        return tell(session, at_that_time, readers, message).notifications > 0
    told = set(session.exec(select(Notification.user_id).where(Notification.once == once)))
    new = [user.id for user in readers if user.id not in told]
    session.add_all(_history(intake, sent, message, user_id) for user_id in new)
    return bool(new)


def _history(intake: Intake, sent: NoticeData, message: Message, user_id: int) -> Notification:
    return Notification(
        user_id=user_id,
        contract_id=message.contract_id,
        kind=message.kind,
        title=message.title,
        text=message.text,
        facts=dict(message.facts),
        once=message.once,
        created_at=sent.created_at,
        read_at=intake.at,
    )


def _answer(intake: Intake, sent: TicketUpdate) -> bool:
    session, supplier_id = intake.session, intake.contract.supplier_id
    if session.get(SyncedAnswer, (supplier_id, sent.id)) is not None:
        return False
    ticket = _ticket(intake, sent.ticket)
    if sent.text:
        _say(intake, ticket, sent)
    elif sent.status is not None:
        _move(intake, ticket, sent.status)
    session.add(SyncedAnswer(supplier_id=supplier_id, key=sent.id, taken_at=intake.at))
    return True


def _ticket(intake: Intake, reference: str) -> Ticket:
    """The ticket we sent under this reference, if it is one about this contract."""
    ticket = intake.session.get(Ticket, id_of(reference) or 0)
    if ticket is None or ticket.contract_id != intake.contract.id:
        raise RowRefused("foreign_ticket")
    return ticket


def _say(intake: Intake, ticket: Ticket, sent: TicketUpdate) -> None:
    """An answer; in a ticket that the customer has closed meanwhile it is added without opening it again."""
    if ticket.status == TicketStatus.CLOSED:
        ticket.is_unread = True
        say(intake.session, intake.subject, ticket, TicketAuthor.SUPPLIER, sent.text, signature=sent.signature)
        return
    answer_ticket(
        intake.session,
        intake.subject,
        ticket.id,
        sent.text,
        sent.signature,
        asks=sent.status == TicketStatus.AWAITING,
        closes=sent.status == TicketStatus.CLOSED,
    )


def _move(intake: Intake, ticket: Ticket, status: TicketStatus) -> None:
    """A mere change of status; one that cannot follow is refused."""
    steps: dict[TicketStatus, Step] = {TicketStatus.IN_WORK: "take", TicketStatus.CLOSED: "close"}
    if status == ticket.status:
        return
    if status not in steps:
        raise RowRefused("ticket_status")
    try:
        becomes = move(ticket, steps[status])
    except Conflict:
        raise RowRefused("ticket_status") from None
    if status == TicketStatus.CLOSED:
        ticket.answer_due_on, ticket.is_unread = None, True
    say(intake.session, intake.subject, ticket, TicketAuthor.SUPPLIER, becomes=becomes)


def _decision(intake: Intake, sent: Decision) -> bool:
    """The supplier's people have decided on a reading of this contract."""
    session = intake.session
    delivery = session.exec(select(SupplierDelivery).where(SupplierDelivery.key == sent.key)).first()
    if delivery is None or delivery.contract_id != intake.contract.id or "submission" not in delivery.payload:
        raise RowRefused("foreign_reading")
    row = session.get_one(ReadingSubmission, delivery.payload["submission"])
    before = row.status
    status = "rejected" if sent.status == "rejected" else "accepted"
    settle_reading(session, intake.subject, delivery.payload, Receipt(status, sent.reason))  # type: ignore[arg-type]
    if sent.status == "counted" and row.status == SubmissionStatus.ACCEPTED:
        row.status = SubmissionStatus.COUNTED
        session.add(row)
        changed(session, intake.subject, row)
    return row.status != before
