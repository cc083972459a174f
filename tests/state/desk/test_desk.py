"""The supplier's desk without a browser: queue, thread, conflicts, what strangers and damaged addresses get."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from sqlmodel import select

from energo_cabinet.auth import rate
from energo_cabinet.domain.time.working_days import working_days_after
from energo_cabinet.models import Ticket, TicketMessage, TicketPresence
from energo_cabinet.services.desk.writing import answer, note
from energo_cabinet.services.ticket.ticket import reply
from energo_cabinet.state.desk.action import DeskActionState
from energo_cabinet.state.desk.desk import DeskState, refresh_desk
from energo_cabinet.state.desk.rules import DeskRulesState
from energo_cabinet.state.desk.thread import DeskTicketState, refresh_desk_ticket
from tests import cast as make
from tests.services.desk.scene import opened
from tests.state.tab import signed_in

pytestmark = pytest.mark.usefixtures("installation")


@pytest.fixture(autouse=True)
def _fresh_limits():
    rate.forget_all()


@pytest.fixture
def olga(session, cast):
    return make.staff(session, "olga@example.org", "Орлова Ольга Ивановна", cast.supplier)


@pytest.fixture
def ticket(session, cast) -> int:
    return opened(session, cast, now=datetime.now(UTC))


def at_desk(session, who, query=""):
    """A tab at the desk, everything loaded."""
    tab = signed_in(session, who)
    tab.look_at(f"/staff/tickets{query}")
    tab.run(DeskState, "load")
    tab.run(DeskTicketState, "load")
    return tab


def test_queue_in_words(session, cast, ticket):
    state = at_desk(session, cast.grigory).state(DeskState)
    (row,) = state.rows
    assert (row.number, row.who, row.status, row.clock) == ("№ 1", "Соколова Анна Викторовна", "НОВОЕ", "ok")
    assert (row.address, state.queue.open, state.status) == (f"/staff/tickets?ticket={ticket}", "1", "ready")


@pytest.mark.parametrize("query", ["?status=evil&category=7&assignee=x", "?ticket=abc", "?ticket=-1&overdue=2", "?x=1"])
def test_damaged_address_shows_the_whole_queue(session, cast, ticket, query):
    tab = at_desk(session, cast.grigory, query)
    assert (len(tab.state(DeskState).rows), tab.state(DeskTicketState).status) == (1, "none")


def test_filter_of_the_address_and_empty_queue(session, cast, ticket):
    state = at_desk(session, cast.grigory, "?assignee=mine&text=щит").state(DeskState)
    assert (state.status, state.asked["assignee"], state.asked["text"]) == ("empty", "mine", "щит")


def test_opened_ticket_in_words(session, cast, ticket):
    note(session, replace(cast.grigory, at=datetime.now(UTC)), ticket, "Позвонить")
    view = at_desk(session, cast.grigory, f"?ticket={ticket}").state(DeskTicketState).view
    assert [(line.kind, line.text) for line in view.lines] == [("theirs", "Погас экран"), ("inner", "Позвонить")]
    assert (view.customer, view.contract) == ("Соколова Анна Викторовна", "7638-294-061")
    assert (view.point, view.customer_address) == ("Квартира 42, ввод", f"/staff/customers/{cast.contract.id}")
    assert (view.left.endswith(("день", "дня", "дней")), view.state) == (True, "new")


@pytest.mark.parametrize(("paid", "words"), [("0", "долг 100,00"), ("100", "долга нет"), ("130", "переплата 30,00")])
def test_balance_and_last_contact_in_words(session, cast, ticket, paid, words):
    make.bill(session, cast.contract, date(2026, 9, 1), "100")
    make.payment(session, cast.contract, date(2026, 10, 5), paid)
    view = at_desk(session, cast.grigory, f"?ticket={ticket}").state(DeskTicketState).view
    assert view.balance.replace("\xa0", " ").startswith(words) and view.is_debtor == words.startswith("долг 1")
    assert view.last_contact


def test_answer_note_status_and_assignment(session, cast, ticket, olga):
    tab = at_desk(session, cast.grigory, f"?ticket={ticket}")
    assert tab.run(DeskTicketState, "answer", {"text": " "}).errors["text"]
    assert "{meter}" in tab.run(DeskTicketState, "answer", {"text": "Прибор {meter}"}).errors["text"]
    state = tab.run(DeskTicketState, "answer", {"text": "Едем", "then": "ask"})
    assert (state.view.state, state.turns["answer"], state.notice) == ("awaiting", 1, "Ответ отправлен")
    assert tab.run(DeskTicketState, "note", {"note": ""}).errors["note"]
    assert tab.run(DeskTicketState, "note", {"note": "Ждём"}).view.lines[-1].text == "Ждём"
    tab.run(DeskActionState, "assign", str(olga.user))
    assert tab.state(DeskTicketState).view.assignee == "Орлова Ольга Ивановна"
    tab.run(DeskActionState, "take")
    assert tab.state(DeskTicketState).view.is_mine
    assert tab.run(DeskTicketState, "change", "closed").view.state == "closed"


def test_transfer_and_merge(session, cast, ticket, olga):
    other = opened(session, cast, "Ещё раз")
    tab = at_desk(session, cast.grigory, f"?ticket={other}")
    tab.run(DeskActionState, "transfer", {"category": "charges", "assignee": str(olga.user), "text": ""})
    assert tab.state(DeskTicketState).errors["text"]
    tab.run(DeskActionState, "transfer", {"category": "charges", "assignee": str(olga.user), "text": "К вам"})
    assert tab.state(DeskTicketState).view.category == "charges"
    tab.run(DeskActionState, "merge", {"into": str(ticket)})
    view = tab.state(DeskTicketState).view
    assert (view.id, [line.origin for line in view.lines if line.origin]) == (ticket, ["из обращения № 2"])


def test_conflict_is_shown_with_what_is_new_and_can_be_sent_anyway(session, cast, ticket, olga):
    tab = at_desk(session, cast.grigory, f"?ticket={ticket}")
    typed = {"text": "Мой ответ", "version": str(tab.state(DeskTicketState).view.version)}
    answer(session, olga, ticket, session.get_one(Ticket, ticket).version, "Ответ Ольги")
    session.commit()
    asyncio.run(refresh_desk_ticket(tab.root))
    state = tab.run(DeskTicketState, "answer", typed)
    assert "изменилось" in state.errors["form"] and state.turns["answer"] == 0
    assert [one.text for one in state.changes] == ["Ответ Ольги", "обращение в работе"]
    state = tab.run(DeskTicketState, "answer", typed)
    assert (state.changes, state.turns["answer"], state.errors["form"]) == ([], 1, "")
    said = session.exec(select(TicketMessage.text).order_by(TicketMessage.id)).all()
    assert said == ["Погас экран", "Ответ Ольги", "Мой ответ"]


def test_answer_begun_after_a_live_change_is_sent_at_once(session, cast, ticket):
    tab = at_desk(session, cast.grigory, f"?ticket={ticket}")
    reply(session, replace(cast.anna, at=datetime.now(UTC)), ticket, "Ещё вопрос")
    session.commit()
    asyncio.run(refresh_desk_ticket(tab.root))
    now = tab.state(DeskTicketState).view
    assert now.lines[-1].is_fresh
    assert tab.run(DeskTicketState, "answer", {"text": "Да", "version": str(now.version)}).turns["answer"] == 1


def test_two_operators_see_each_other(session, cast, ticket, olga):
    first = at_desk(session, cast.grigory, f"?ticket={ticket}")
    second = at_desk(session, olga, f"?ticket={ticket}")
    asyncio.run(refresh_desk_ticket(first.root))
    assert first.state(DeskTicketState).view.present == "Орлова О. И."
    assert second.state(DeskTicketState).view.present == "Громов Г."
    second.run(DeskTicketState, "leave")
    first.run(DeskActionState, "beat")
    assert first.state(DeskTicketState).view.present == ""
    assert [row.operator_id for row in session.exec(select(TicketPresence))] == [cast.grigory.user]


def test_new_ticket_appears_in_an_open_queue(session, cast):
    tab = at_desk(session, cast.grigory)
    number = opened(session, cast)
    session.commit()
    asyncio.run(refresh_desk(tab.root))
    assert [row.id for row in tab.state(DeskState).rows] == [number]


def test_staff_of_another_supplier_find_nothing(session, cast, ticket):
    tab = at_desk(session, cast.darya, f"?ticket={ticket}")
    assert (tab.state(DeskState).rows, tab.state(DeskTicketState).status) == ([], "missing")
    for handler, given in (("answer", [{"text": "x"}]), ("note", [{"note": "x"}]), ("change", ["closed"])):
        tab.run(DeskTicketState, handler, *given)
    for handler, given in (("take", []), ("assign", ["1"]), ("transfer", [{}]), ("merge", [{}]), ("beat", [])):
        tab.run(DeskActionState, handler, *given)
    assert session.exec(select(Ticket.status, Ticket.version)).all() == [("new", 2)]


@pytest.mark.parametrize("value", [None, 7, {}, "evil", "9" * 40, "-1"])
def test_arguments_of_any_kind_change_nothing_wrong(session, cast, ticket, value):
    tab = at_desk(session, cast.grigory, f"?ticket={ticket}")
    tab.run(DeskTicketState, "change", value)
    tab.run(DeskTicketState, "open", value)
    tab.run(DeskTicketState, "answer", {"text": " ", "version": value, "attachments": value})
    tab.run(DeskActionState, "merge", {"into": value})
    tab.run(DeskState, "choose", value, value)
    assert session.exec(select(Ticket.status)).one() == "new"


def test_rules_page_keeps_templates_terms_and_days(session, cast, ticket):
    tab = signed_in(session, cast.grigory)
    tab.look_at("/staff/tickets/rules")
    state = tab.run(DeskRulesState, "load")
    assert (state.status, state.templates, len(state.terms)) == ("ready", [], 7)
    assert tab.run(DeskRulesState, "save_template", {"title": "", "text": "x"}).errors["title"]
    state = tab.run(DeskRulesState, "save_template", {"title": "Замена", "category": "meter", "text": "{name}!"})
    assert (state.templates[0].about, state.notice) == ("Прибор учета, замена", "Сохранено")
    tab.run(DeskRulesState, "open", "remove", str(state.templates[0].id))
    assert tab.run(DeskRulesState, "remove_template").templates == []
    tab.run(DeskRulesState, "open", "term", "meter")
    assert tab.run(DeskRulesState, "save_term", {"days": "0", "source": "x"}).errors["days"]
    assert tab.run(DeskRulesState, "save_term", {"days": "3", "source": "п. 1"}).notice.endswith(": 1")
    assert tab.run(DeskRulesState, "save_day", {"day": "вчера"}).errors["day"]
    day = f"{working_days_after(datetime.now(UTC).date(), 5)}"
    assert tab.run(DeskRulesState, "save_day", {"day": day, "kind": "off"}).days[0].day == day
    assert tab.run(DeskRulesState, "remove_day", day).days == []
