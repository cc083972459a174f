"""Tickets as their author reads them: pages, filters, words, and nobody else's (Н-138…Н-148, F-16)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlmodel import select

from energo_cabinet.errors import NotFound
from energo_cabinet.models import Notification, Ticket, TicketStatus
from energo_cabinet.services.contract.contract import unlink_contract
from energo_cabinet.services.ticket.command import answer_ticket, take_ticket
from energo_cabinet.services.ticket.thread import latest_tickets, list_tickets, ticket_thread
from energo_cabinet.services.ticket.ticket import open_ticket, reply
from tests import cast as make
from tests.services.ticket.scene import FORM, numbers, opened


def test_rows_of_the_seed(session, cast, system):
    """Н-145…Н-148: two rows, the newest first, each with number, theme, answer and status."""
    first = opened(session, cast, theme="Замена прибора учета").card
    assert (first.number, first.status) == (1, TicketStatus.NEW)
    answer_ticket(session, system, first.id, "Прибор учета заменен", closes=True)
    take_ticket(session, system, opened(session, cast).card.id)
    rows = [(c.number, c.theme, c.answer, c.status) for c in latest_tickets(session, cast.anna, cast.contract.id)]
    assert rows == [
        (2, "Смена тарифного расписания", "", TicketStatus.IN_WORK),
        (1, "Замена прибора учета", "Прибор учета заменен", TicketStatus.CLOSED),
    ]


def test_thread_keeps_contacts_point_and_words(session, cast):
    form = replace(FORM, phone="8 (900) 000-18-42", text=" Первая\r\nвторая\t ")
    thread = open_ticket(session, cast.anna, cast.contract.id, form, cast.point.id)
    assert (thread.email, thread.phone, thread.point_name) == ("anna@example.org", "+79000001842", cast.point.name)
    assert [(line.is_mine, line.by, line.text) for line in thread.lines] == [
        (True, "Соколова Анна Викторовна", "Первая\nвторая")
    ]


def test_day_of_the_answer(session, cast, system):
    """F-16: working days, shown until the supplier has answered; overdue is told."""
    ticket = opened(session, cast).card
    assert (ticket.answer_due_on, ticket.is_overdue) == (date(2026, 12, 4), False)
    assert opened(session, cast, category="charges").card.answer_due_on == date(2026, 11, 27)
    late = replace(cast.anna, at=cast.anna.at + timedelta(days=15))
    assert ticket_thread(session, late, ticket.id).card.is_overdue
    answer_ticket(session, system, ticket.id, "Сделано")
    assert ticket_thread(session, late, ticket.id).card.answer_due_on is None
    assert reply(session, late, ticket.id, "Нет").card.answer_due_on == date(2026, 12, 18)


def test_colleague_on_the_same_contract_sees_own_tickets_only(session, cast):
    make.link(session, cast.boris, cast.contract)
    ticket = opened(session, cast).card
    assert opened(session, cast, cast.boris).card.number == 2
    assert numbers(list_tickets(session, cast.anna, cast.contract.id)) == [1]
    with pytest.raises(NotFound):
        ticket_thread(session, cast.boris, ticket.id)


def test_contract_takes_its_tickets_along(session, cast, system):
    ticket = opened(session, cast).card
    unlink_contract(session, cast.anna, cast.link.id)
    with pytest.raises(NotFound):
        ticket_thread(session, cast.anna, ticket.id)
    answer_ticket(session, system, ticket.id, "Готово")
    assert session.exec(select(Notification)).all() == []


def test_pages_filters_and_words(session, cast, system):
    for n in range(5):
        opened(session, cast, theme=f"Тема {n}", text="100% ЁЛКА" if n == 3 else f"{n}")
    answer_ticket(session, system, session.exec(select(Ticket.id).order_by(Ticket.id)).first(), "Ответили", closes=True)
    found = {
        "status": numbers(list_tickets(session, cast.anna, cast.contract.id, status="closed")),
        "words": numbers(list_tickets(session, cast.anna, cast.contract.id, text="ёлка 100%")),
        "answer": numbers(list_tickets(session, cast.anna, cast.contract.id, text="ответили")),
        "nothing": numbers(list_tickets(session, cast.anna, cast.contract.id, text="_")),
    }
    assert found == {"status": [1], "words": [4], "answer": [1], "nothing": []}
    first = list_tickets(session, cast.anna, cast.contract.id, limit=2)
    second = list_tickets(session, cast.anna, cast.contract.id, before_number=first.next, limit=3)
    assert (numbers(first), numbers(second), second.next) == ([5, 4], [3, 2, 1], None)
