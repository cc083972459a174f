"""Tickets of the command line: what is due first, and answers (Н-138…Н-148)."""

from __future__ import annotations

from energo_cabinet.models import TicketStatus
from energo_cabinet.services.notice.notification import list_notifications, unread
from energo_cabinet.services.ticket.command import answer_ticket, desk_tickets
from energo_cabinet.services.ticket.ticket import latest_tickets, reply, see, ticket_thread
from tests.services.ticket.scene import opened


def test_supplier_asks_customer_replies(session, cast, system):
    """F-16: «ОЖИДАЕТ ОТВЕТА» until the customer has written, then «В РАБОТЕ» again."""
    ticket = opened(session, cast).card
    answer_ticket(session, system, ticket.id, "С какого дня?", signature="Ольга", asks=True)
    thread = ticket_thread(session, cast.anna, ticket.id)
    assert (thread.card.status, thread.lines[-1].by) == (TicketStatus.AWAITING, "Ольга, NeKta")
    after = reply(session, cast.anna, ticket.id, "С 1 декабря", thread.reply_key)
    assert (after.card.status, after.lines[-1].becomes) == (TicketStatus.IN_WORK, TicketStatus.IN_WORK)
    again = reply(session, cast.anna, ticket.id, "С 1 декабря", thread.reply_key)
    assert len(again.lines) == len(after.lines) == 3


def test_answer_is_unread_and_notified_until_seen(session, cast, system):
    ticket = opened(session, cast).card
    answer_ticket(session, system, ticket.id, "Готово <b>" + "я" * 400)
    (item,) = list_notifications(session, cast.anna).items
    assert (item.kind, item.facts["number"], len(item.facts["answer"])) == ("ticket_answered", "1", 300)
    assert latest_tickets(session, cast.anna, cast.contract.id)[0].is_unread
    see(session, cast.anna, ticket.id)
    assert not latest_tickets(session, cast.anna, cast.contract.id)[0].is_unread
    assert unread(session, cast.anna).total == 0


def test_desk_sees_what_is_due_first(session, cast, system):
    opened(session, cast, text="1")
    opened(session, cast, text="2", category="charges")
    assert [(t.number, t.contract) for t in desk_tickets(session, system, "NEKTA")] == [
        (2, "7638-294-061"),
        (1, "7638-294-061"),
    ]
    assert desk_tickets(session, system, "NEKTA", "closed") == desk_tickets(session, system, "other") == []
