"""The supplier's desk: queue, answers, notes, assignment, transfer, merger; what the customer may never see."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from sqlmodel import select

from energo_cabinet.auth import rate as limits
from energo_cabinet.errors import CabinetError, Conflict, InvalidInput, NotFound
from energo_cabinet.models import (
    Attachment,
    AuditEntry,
    ContractLink,
    GatewayKind,
    LiveEvent,
    StaffRoleName,
    Ticket,
    TicketNote,
)
from energo_cabinet.services.attachment import attachment_file
from energo_cabinet.services.desk.file import desk_file, keep_answer
from energo_cabinet.services.desk.presence import be_absent, be_present
from energo_cabinet.services.desk.queue import DeskFilter, desk_queue, desk_queue_again
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

SECRET = "внутреннее-слово"


@pytest.fixture(autouse=True)
def _fresh_limits():
    limits.forget_all()


@pytest.fixture
def olga(session, cast):
    """A second operator of Анна's supplier."""
    return make.staff(session, "olga@example.org", "Орлова Ольга Ивановна", cast.supplier, StaffRoleName.OPERATOR)


def opened(session, cast, theme="Счётчик", category="meter", days=0, **more) -> int:
    form = TicketForm(category, theme, more.pop("text", "Погас экран"), "anna@example.org", **more)
    late = replace(cast.anna, at=make.NOW - timedelta(days=days))
    return open_ticket(session, late, cast.contract.id, form).card.id


def version(session, ticket_id):
    return session.exec(select(Ticket.version).where(Ticket.id == ticket_id)).one()


def ids(page):
    return [row.id for row in page.items]


def test_overdue_first_then_by_deadline_then_what_waits_for_nobody(session, cast):
    late, soon = opened(session, cast, "Давно", days=40), opened(session, cast, "Сегодня", "charges")
    later, done = opened(session, cast, "Позже"), opened(session, cast, "Отвечено")
    answer(session, cast.grigory, done, version(session, done), "Готово")
    page = desk_queue(session, cast.grigory)
    assert ids(page) == [late, soon, later, done]
    assert [row.is_overdue for row in page.items] == [True, False, False, False]
    assert (page.items[1].days_left, page.items[0].days_left < 0, page.items[3].days_left) == (5, True, None)
    assert (page.counts.open, page.counts.overdue, page.counts.nobody, page.counts.mine) == (4, 1, 3, 1)


def test_pages_follow_one_another_across_deadlines(session, cast):
    made = [opened(session, cast, f"Т{n}", "charges" if n % 2 else "meter") for n in range(7)]
    for number in made[:3]:
        answer(session, cast.grigory, number, version(session, number), "Готово")
    seen, after = [], ""
    while True:
        page = desk_queue(session, cast.grigory, after=after, limit=2)
        seen, after = seen + ids(page), page.next
        if not after:
            break
    assert sorted(seen) == sorted(made) and seen == ids(desk_queue(session, cast.grigory))


@pytest.mark.parametrize("after", ["x", "2026-99-99:1", ":", "::", "2026-11-21:", None, 7])
def test_damaged_place_begins_at_the_top(session, cast, after):
    number = opened(session, cast)
    assert ids(desk_queue(session, cast.grigory, after=after)) == [number]


def test_filters_and_words(session, cast, olga):
    mine, other = opened(session, cast, "Мой ЩИТ"), opened(session, cast, "Чужой", "charges", days=60)
    assign(session, cast.grigory, mine, version(session, mine), cast.grigory.user)

    def found(**asked):
        return ids(desk_queue(session, cast.grigory, DeskFilter(**asked)))

    assert found(assignee="mine") == found(status="in_work") == found(text="щит") == [mine]
    assert found(assignee="nobody") == found(category="charges") == found(is_overdue=True) == [other]
    assert found(assignee=str(cast.grigory.user)) == [mine] and found(assignee="evil") == [other, mine]
    assert set(found(text="соколова 7638-294-061")) == {mine, other}
    assert found(status="closed") == found(text="%") == found(assignee=str(olga.user)) == []


def test_looking_at_the_queue_is_in_the_audit_journal_and_its_refreshing_is_not(session, cast):
    number = opened(session, cast)
    assert ids(desk_queue(session, cast.grigory)) == ids(desk_queue_again(session, cast.grigory)) == [number]
    assert session.exec(select(AuditEntry.action)).all() == ["desk.queue"]


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


def test_two_operators_see_each_other_until_one_leaves_or_falls_silent(session, cast, olga):
    number = opened(session, cast)
    assert be_present(session, cast.grigory, number) == []
    assert be_present(session, olga, number) == ["Громов Григорий"]
    assert desk_ticket(session, cast.grigory, number).present == ("Орлова Ольга Ивановна",)
    later = replace(cast.grigory, at=make.NOW + timedelta(minutes=3))
    assert be_present(session, later, number) == []
    be_absent(session, olga, number)
    assert desk_ticket(session, cast.grigory, number).present == ()


def test_reading_a_ticket_is_in_the_audit_journal_with_whose_it_was(session, cast):
    number = opened(session, cast)
    desk_ticket(session, cast.grigory, number)
    row = session.exec(select(AuditEntry).where(AuditEntry.action == "desk.thread")).one()
    assert (row.whose_id, json.loads(row.details)["ticket_id"]) == (cast.anna.user, number)


def test_ticket_of_a_supplier_with_its_own_system_is_read_only(session, cast):
    number = opened(session, cast)
    cast.supplier.gateway = GatewayKind.HTTP
    session.flush()
    assert (
        desk_queue(session, cast.grigory).items[0].is_foreign and desk_ticket(session, cast.grigory, number).is_foreign
    )
    with pytest.raises(Conflict, match="desk_foreign"):
        answer(session, cast.grigory, number, version(session, number), "Готово")


def test_files_of_both_sides(session, cast, olga, surroundings):
    from energo_cabinet.services.attachment_file import folder

    number = opened(session, cast, attachment_ids=(kept(session, cast.anna, "a"),))
    thread = answer(session, olga, number, version(session, number), "Акт", (kept(session, olga, "b"),))
    hers, ours = thread.lines[0].files[0].id, thread.lines[1].files[0].id
    for key in "ab":
        path = folder().path(key * 40)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"%PDF-1.4")
    assert desk_file(session, cast.grigory, hers).name == attachment_file(session, cast.anna, ours).name == "акт.pdf"
    for call, who, file in ((attachment_file, cast.boris, ours), (desk_file, cast.darya, hers)):
        with pytest.raises(NotFound):
            call(session, who, file)


def kept(session, who, letter):
    row = Attachment(key=letter * 40, user_id=who.user, purpose="ticket", name="акт.pdf", size=9, created_at=make.NOW)
    row.media_type = "application/pdf"
    session.add(row)
    session.flush()
    return row.id


def test_what_is_typed_stays_until_it_is_sent(session, cast, olga):
    number = opened(session, cast)
    key = desk_ticket(session, olga, number).draft_key
    assert keep_answer(session, olga, number, {"key": key, "text": "Начато"})
    assert (desk_ticket(session, olga, number).draft, desk_ticket(session, cast.grigory, number).draft) == (
        "Начато",
        "",
    )
    answer(session, cast.grigory, number, version(session, number), "Другой ответ")
    assert desk_ticket(session, olga, number).draft == "Начато"
    after = answer(session, olga, number, version(session, number), "Начато и готово")
    assert after.draft == "" and not keep_answer(session, olga, number, {"key": key, "text": "x"})


def test_search_and_day_of_the_supplier(session, cast):
    """The day turns in the supplier's zone: 21:30 UTC is tomorrow in Moscow."""
    number = opened(session, cast, "Срок", "charges")
    due = session.exec(select(Ticket.answer_due_on).where(Ticket.id == number)).one()
    assert due == date(2026, 11, 27)
    evening = replace(cast.grigory, at=make.NOW.replace(day=27, hour=21, minute=30))
    assert desk_queue(session, evening).items[0].is_overdue
    assert not desk_queue(session, replace(evening, at=evening.at - timedelta(hours=1))).items[0].is_overdue


def test_card_of_the_customer_tells_balance_and_last_contact(session, cast, olga):
    older, number = opened(session, cast, "Раньше", days=3), opened(session, cast, days=2)
    nothing = desk_ticket(session, olga, number).customer
    assert (nothing.balance, nothing.contract_id) == (None, cast.contract.id)
    assert nothing.last_contact == make.NOW - timedelta(days=2)
    make.bill(session, cast.contract, date(2026, 9, 1), "1234.56")
    answer(session, olga, older, version(session, older), "Готово")
    known = desk_ticket(session, olga, number).customer
    assert (known.balance.status, known.balance.debt_rub, known.last_contact) == ("debt", Decimal("1234.56"), make.NOW)
