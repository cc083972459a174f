"""The supplier's desk: queue, answers, notes, assignment, transfer, merger; what the customer may never see."""

from __future__ import annotations

import pytest
from sqlmodel import select

from energo_cabinet.errors import CabinetError, Conflict, InvalidInput, NotFound
from energo_cabinet.models import ContractLink, GatewayKind, LiveEvent, TicketNote
from energo_cabinet.services.desk.queue import desk_queue
from energo_cabinet.services.desk.thread import desk_ticket
from energo_cabinet.services.desk.writing import answer, assign, merge, note, set_status, transfer
from energo_cabinet.services.person.export import _parts
from energo_cabinet.services.ticket.ticket import (
    TicketForm,
    list_tickets,
    open_ticket,
    rate,
    reopen,
    reply,
    ticket_thread,
)
from tests import cast as make
from tests.services.desk.scene import opened, version

SECRET = "внутреннее-слово"


def test_answer_reaches_the_customer_signed_and_stops_the_clock(session, cast, olga):
    number = opened(session, cast)
    thread = answer(session, olga, number, version(session, number), "Приедем в среду", then="ask")
    line = ticket_thread(session, cast.anna, number).lines[1]
    assert (line.text, line.by, line.becomes) == ("Приедем в среду", "Ольга Ивановна, NeKta", "awaiting")
    assert (thread.clock.due_on, thread.status, thread.assignee) == (None, "awaiting", "Орлова Ольга Ивановна")
    assert (cast.anna.user, "tickets") in session.exec(select(LiveEvent.user_id, LiveEvent.topic)).all()


def test_new_ticket_and_reply_tell_the_staff(session, cast, olga):
    number = opened(session, cast)
    reply(session, cast.anna, number, "Ещё вопрос")
    told = session.exec(select(LiveEvent.user_id).where(LiveEvent.topic == "desk")).all()
    assert set(told) == {cast.grigory.user, olga.user} and len(told) == 4


def test_stale_version_is_refused_and_nothing_is_lost(session, cast, olga):
    number = opened(session, cast)
    seen = version(session, number)
    answer(session, olga, number, seen, "Первый ответ")
    changes = (
        lambda: answer(session, cast.grigory, number, seen, "Второй"),
        lambda: assign(session, cast.grigory, number, seen, cast.grigory.user),
        lambda: set_status(session, cast.grigory, number, seen, "closed"),
        lambda: transfer(session, cast.grigory, number, seen, "charges", "туда"),
    )
    for change in changes:
        with pytest.raises(Conflict, match="desk_changed"):
            change()
    assert answer(session, cast.grigory, number, version(session, number), "Всё равно").version > seen
    assert [line.text for line in ticket_thread(session, cast.anna, number).lines[1:]] == ["Первый ответ", "Всё равно"]


def test_the_customers_own_words_count_as_a_change(session, cast):
    number = opened(session, cast)
    seen = version(session, number)
    reply(session, cast.anna, number, "Уже не нужно")
    with pytest.raises(Conflict, match="desk_changed"):
        answer(session, cast.grigory, number, seen, "Едем")


def test_answer_with_fields_left_is_refused(session, cast):
    number = opened(session, cast)
    for text in ("Здравствуйте, {name}!", "Прибор {meter}", "{неизвестно}"):
        with pytest.raises(CabinetError, match="desk_unfilled"):
            answer(session, cast.grigory, number, version(session, number), text)
    with pytest.raises(InvalidInput):
        answer(session, cast.grigory, number, version(session, number), " ")
    assert answer(session, cast.grigory, number, version(session, number), "Цена {1} и { }").status == "in_work"


def test_take_give_and_release(session, cast, olga):
    number = opened(session, cast)
    taken = assign(session, olga, number, version(session, number), olga.user)
    assert (taken.status, taken.assignee) == ("in_work", "Орлова Ольга Ивановна")
    given = assign(session, olga, number, taken.version, cast.grigory.user)
    assert (given.assignee, assign(session, olga, number, given.version).assignee) == ("Громов Григорий", "")
    for stranger in (cast.darya.user, cast.anna.user, 99999):
        with pytest.raises(CabinetError, match="desk_assignee"):
            assign(session, olga, number, version(session, number), stranger)


def test_transfer_changes_the_category_and_its_deadline(session, cast, olga):
    number = opened(session, cast)
    before = desk_ticket(session, olga, number).clock.due_on
    moved = transfer(session, olga, number, version(session, number), "charges", "К расчётчикам", cast.grigory.user)
    assert (moved.category, moved.assignee, moved.clock.due_on < before) == ("charges", "Громов Григорий", True)
    assert (moved.notes[-1].text, moved.notes[-1].facts["category"]) == ("К расчётчикам", "charges")


def test_status_by_hand_and_rating_in_view(session, cast):
    number = opened(session, cast)
    closed = set_status(session, cast.grigory, number, version(session, number), "closed")
    assert (closed.status, closed.clock.due_on) == ("closed", None)
    rate(session, cast.anna, number, 4, "Быстро")
    view = desk_ticket(session, cast.grigory, number)
    assert (view.rating, view.rating_note) == (4, "Быстро")
    again = set_status(session, cast.grigory, number, view.version, "in_work")
    assert (again.status, again.clock.due_on is not None) == ("in_work", True)
    with pytest.raises(CabinetError, match="desk_status"):
        set_status(session, cast.grigory, number, again.version, "new")


def test_merged_duplicate_is_closed_and_its_thread_is_shown_in_the_other(session, cast):
    first, second = opened(session, cast, "Экран"), opened(session, cast, "Экран ещё раз", text="Всё ещё темно")
    view = merge(session, cast.grigory, second, version(session, second), first)
    assert [(line.text, line.origin) for line in view.lines if line.text] == [("Погас экран", 0), ("Всё ещё темно", 2)]
    hers, other = ticket_thread(session, cast.anna, first), ticket_thread(session, cast.anna, second)
    assert [line.about.number for line in hers.lines if line.about] == [2]
    assert (other.card.status, other.merged_into.number, other.lines[-1].about.number) == ("closed", 1, 1)
    with pytest.raises(Conflict, match="ticket_merged"):
        reopen(session, cast.anna, second, "Снова")
    with pytest.raises(Conflict, match="ticket_merged"):
        set_status(session, cast.grigory, second, version(session, second), "in_work")


def test_only_tickets_of_one_person_about_one_contract_are_merged(session, cast):
    first, closed = opened(session, cast), opened(session, cast)
    set_status(session, cast.grigory, closed, version(session, closed), "closed")
    session.add(ContractLink(user_id=cast.boris.user, contract_id=cast.contract.id, title="x", linked_at=make.NOW))
    session.flush()
    his = open_ticket(session, cast.boris, cast.contract.id, TicketForm("other", "x", "y", "b@example.org")).card.id
    for into, code in ((his, "desk_merge"), (first, "desk_merge"), (closed, "desk_merge_closed")):
        with pytest.raises(CabinetError, match=f"^{code}$"):
            merge(session, cast.grigory, first, version(session, first), into)
    with pytest.raises(NotFound):
        merge(session, cast.grigory, first, version(session, first), 99999)


def test_internal_notes_never_reach_the_customer(session, cast, olga):
    """The attack: everything a customer can read, the export and the live events hold no word of a note."""
    number = opened(session, cast)
    note(session, olga, number, SECRET)
    transfer(session, olga, number, version(session, number), "other", SECRET, olga.user)
    assert [one.text for one in desk_ticket(session, cast.grigory, number).notes] == [SECRET, SECRET]
    exported = [session.execute(table.select().where(mine)).all() for table, mine in _parts(cast.anna.user)]
    seen = (
        ticket_thread(session, cast.anna, number),
        list_tickets(session, cast.anna, cast.contract.id, text=SECRET),
        exported,
    )
    assert SECRET not in repr(seen) and "Орлова" not in repr(seen)
    assert list_tickets(session, cast.anna, cast.contract.id, text=SECRET).items == ()
    assert session.exec(select(TicketNote)).all()


def test_a_note_tells_colleagues_and_not_the_customer(session, cast):
    number = opened(session, cast)
    before = len(session.exec(select(LiveEvent).where(LiveEvent.user_id == cast.anna.user)).all())
    note(session, cast.grigory, number, SECRET)
    assert len(session.exec(select(LiveEvent).where(LiveEvent.user_id == cast.anna.user)).all()) == before


def test_ticket_of_a_supplier_with_its_own_system_is_read_only(session, cast):
    number = opened(session, cast)
    cast.supplier.gateway = GatewayKind.HTTP
    session.flush()
    assert (
        desk_queue(session, cast.grigory).items[0].is_foreign and desk_ticket(session, cast.grigory, number).is_foreign
    )
    with pytest.raises(Conflict, match="desk_foreign"):
        answer(session, cast.grigory, number, version(session, number), "Готово")
