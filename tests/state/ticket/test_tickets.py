"""The pages of tickets without a browser: lists, forms, threads, what strangers and damaged addresses get."""

from __future__ import annotations

import asyncio
from urllib.parse import parse_qs, urlsplit

import pytest
from sqlmodel import Session, select

from energo_cabinet.auth import rate
from energo_cabinet.models import MeterEvent, Ticket
from energo_cabinet.services.ticket.command import answer_ticket, close_ticket
from energo_cabinet.services.ticket.draft import new_form, save_draft
from energo_cabinet.services.ticket.ticket import open_ticket
from energo_cabinet.state.frame.session import SessionState
from energo_cabinet.state.journal.events import EventsState
from energo_cabinet.state.ticket.new import TicketNewState
from energo_cabinet.state.ticket.ticket import TicketState, refresh_ticket
from energo_cabinet.state.ticket.tickets import TicketsState, refresh_tickets
from tests import cast as make
from tests.services.ticket.scene import FORM
from tests.state.tab import Tab, signed_in

pytestmark = pytest.mark.usefixtures("installation")
OF_VOLTAGE = {"ended_s": 1_795_003_600, "mark": "span", "severity": 2, "area": "voltage", "phase": 2}
TYPED = {"category": "meter", "theme": "Замена прибора учета", "text": "Экран погас", "email": "anna@example.org"}


@pytest.fixture(autouse=True)
def _fresh_limits():
    rate.forget_all()


@pytest.fixture
def ticket(session, cast) -> int:
    return open_ticket(session, cast.anna, cast.contract.id, FORM).card.id


def opened(session: Session, who, path: str, kind: type) -> Tab:
    """A tab at an address, its frame and its page loaded."""
    tab = signed_in(session, who)
    tab.look_at(path)
    tab.run(SessionState, "load")
    tab.run(kind, "load")
    return tab


def test_list_shows_rows_and_filters(session, cast, system, ticket):
    answer_ticket(session, system, ticket, "Сделано", closes=True)
    state = opened(session, cast.anna, "/tickets?status=closed&text=сделано", TicketsState).state(TicketsState)
    (row,) = state.rows
    assert (row.number, row.date, row.answer, row.status) == ("№1", "21.11.2026", "Сделано", "ЗАКРЫТО")
    assert (row.address, row.is_unread, state.status) == (f"/tickets/{ticket}", True, "ready")
    other = opened(session, cast.anna, "/tickets?status=new", TicketsState).state(TicketsState)
    assert (other.rows, other.status) == ([], "empty")


def test_list_of_somebody_without_contracts(session, cast):
    assert opened(session, cast.boris, "/tickets", TicketsState).state(TicketsState).status == "no_contracts"
    assert opened(session, cast.boris, "/tickets/new", TicketNewState).state(TicketNewState).status == "no_contracts"


def test_form_is_filled_from_profile_and_address(session, cast):
    address = f"/tickets/new?category=quality&theme=Свет&text=Мигает&point={cast.point.id}"
    form = opened(session, cast.anna, address, TicketNewState).state(TicketNewState).form
    assert (form.category, form.theme, form.text, form.email) == ("quality", "Свет", "Мигает", "anna@example.org")
    assert (form.point, form.place) == (str(cast.point.id), f"ticket-{cast.link.id}")


@pytest.mark.parametrize("query", ["category=evil&point=abc", "point=999999", f"theme={'x' * 500}", "point=-1"])
def test_damaged_address_still_opens_the_form(session, cast, query):
    state = opened(session, cast.anna, f"/tickets/new?{query}", TicketNewState).state(TicketNewState)
    assert (state.status, state.form.category, len(state.form.theme) <= 120) == ("ready", "", True)


def test_draft_comes_back_or_waits_aside(session, cast):
    """What was typed is not lost when a link fills the form with something else."""
    key = new_form(session, cast.anna, cast.contract.id).key
    save_draft(session, cast.anna, cast.contract.id, {"key": key, "theme": "Черновик"})
    tab = opened(session, cast.anna, "/tickets/new", TicketNewState)
    assert (tab.state(TicketNewState).draft, tab.state(TicketNewState).form.theme) == ("restored", "Черновик")
    aside = opened(session, cast.anna, "/tickets/new?theme=Другое", TicketNewState)
    state = aside.run(TicketNewState, "submit", TYPED | {"key": aside.state(TicketNewState).form.key})
    assert (state.draft, state.form.draft_url) == ("other", "")
    assert tab.run(TicketNewState, "load").draft == "restored"
    assert tab.run(TicketNewState, "start_anew").form.theme == ""


def test_words_to_begin_with_are_filled_from_the_contract(session, cast):
    """F-16: with the one meter there is; nothing for what nobody offers."""
    make.meter(session, cast.point, serial_number="41907352")
    tab = opened(session, cast.anna, "/tickets/new", TicketNewState)
    words = tab.run(TicketNewState, "suggest", "verification").template
    assert words.startswith("Прошу назначить поверку прибора учета № 41907352 (Квартира 42, ввод).\n")
    assert [tab.run(TicketNewState, "suggest", given).template for given in ("other", "evil", None, 7)] == [""] * 4


def test_submit_makes_one_ticket_however_often_it_is_pressed(session, cast):
    tab = opened(session, cast.anna, "/tickets/new", TicketNewState)
    form = TYPED | {"key": tab.state(TicketNewState).form.key, "point": str(cast.point.id), "attachments": "evil"}
    for _ in range(3):
        assert tab.run(TicketNewState, "submit", form).is_busy is False
    (made,) = session.exec(select(Ticket)).all()
    assert (made.number, made.point_id, made.theme) == (1, cast.point.id, "Замена прибора учета")


@pytest.mark.parametrize("form", [None, 7, {}, TYPED | {"theme": {"a": 1}}, TYPED | {"attachments": "999"}])
def test_refused_form_says_what_is_wrong(session, cast, form):
    tab = opened(session, cast.anna, "/tickets/new", TicketNewState)
    assert any(tab.run(TicketNewState, "submit", form).errors.values())
    assert session.exec(select(Ticket)).all() == []


def test_thread_in_words(session, cast, system, ticket):
    answer_ticket(session, system, ticket, "С какого дня?", "Ольга", asks=True)
    view = opened(session, cast.anna, f"/tickets/{ticket}", TicketState).state(TicketState).view
    assert (view.title, view.status, view.due) == ("Обращение № 1 от 21.11.2026", "ОЖИДАЕТ ОТВЕТА", "")
    assert [(line.kind, line.text) for line in view.lines] == [
        ("mine", "Хочу перейти на три зоны."),
        ("theirs", "С какого дня?"),
        ("step", "поставщик ждёт Вашего ответа"),
    ]
    assert (view.lines[1].by, view.lines[1].is_fresh, view.is_unread) == ("Ольга, NeKta", True, True)


def test_answer_arrives_in_the_open_thread_and_list_and_is_seen_in_both(session, cast, system, ticket):
    session.commit()
    thread = opened(session, cast.anna, f"/tickets/{ticket}", TicketState)
    listed = opened(session, cast.anna, "/tickets", TicketsState)
    answer_ticket(session, system, ticket, "Готово")
    session.commit()
    asyncio.run(refresh_ticket(thread.root))
    asyncio.run(refresh_tickets(listed.root))
    assert thread.state(TicketState).view.lines[1].is_fresh and listed.state(TicketsState).rows[0].is_unread
    assert thread.run(TicketState, "see").view.is_unread is False
    asyncio.run(refresh_tickets(listed.root))
    assert not listed.state(TicketsState).rows[0].is_unread and thread.state(TicketState).view.lines[1].is_fresh


def test_reply_close_rate_and_open_again(session, cast, ticket):
    tab = opened(session, cast.anna, f"/tickets/{ticket}", TicketState)
    assert tab.run(TicketState, "reply", {"text": " "}).errors["text"]
    state = tab.run(TicketState, "reply", {"text": "Ещё", "key": tab.state(TicketState).view.reply_key})
    assert (len(state.view.lines), state.turn, state.errors["text"]) == (2, 1, "")
    assert tab.run(TicketState, "ask_close").is_closing
    state = tab.run(TicketState, "close")
    assert (state.view.stage, state.is_closing, state.notice) == (2, False, "Обращение закрыто")
    assert tab.run(TicketState, "rate", {"rating": "9"}).errors["rating"]
    assert tab.run(TicketState, "rate", {"rating": "5", "note": "Быстро"}).view.rating == 5
    assert tab.run(TicketState, "reply", {"text": "Снова"}).view.status == "В РАБОТЕ"


def test_closed_meanwhile_is_told_and_shown(session, cast, system, ticket):
    tab = opened(session, cast.anna, f"/tickets/{ticket}", TicketState)
    close_ticket(session, system, ticket)
    session.commit()
    state = tab.run(TicketState, "close")
    assert (state.errors["form"][:21], state.view.state) == ("Обращение уже закрыто", "closed")


@pytest.mark.parametrize("address", [None, "999999", "abc", "-1", "9" * 30, "1/../2"])
def test_stranger_and_impossible_ids_find_no_ticket(session, cast, ticket, address):
    tab = opened(session, cast.boris, f"/tickets/{address or ticket}", TicketState)
    assert tab.state(TicketState).status == "missing"
    for handler, given in (("reply", [{"text": "x"}]), ("close", []), ("rate", [{"rating": "1"}]), ("see", [])):
        tab.run(TicketState, handler, *given)
    assert session.exec(select(Ticket.status)).one() == "new"


def test_event_leads_to_a_filled_form(session, cast):
    """Its words, its point, and what bad quality takes off the charge (F-3, R-20)."""
    session.add(MeterEvent(point_id=cast.point.id, code="m23x.2A", started_s=1_795_000_000, **OF_VOLTAGE))
    session.flush()
    tab = opened(session, cast.anna, f"/points/{cast.point.id}/events?fold=0", EventsState)
    opened_view = tab.run(EventsState, "toggle", tab.state(EventsState).view.lines[0].key).opened
    given = parse_qs(urlsplit(opened_view.ticket).query)
    assert (given["category"], given["point"]) == (["quality"], [str(cast.point.id)])
    assert "на 0,15 % за каждый час отклонения (ПП РФ № 354" in given["text"][0]
