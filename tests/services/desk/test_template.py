"""Prepared answers, terms by category and the supplier's calendar."""

from __future__ import annotations

from datetime import date

import pytest
from sqlmodel import select

from energo_cabinet.auth import rate
from energo_cabinet.domain.desk.answer_fields import address_words, filled, unfilled
from energo_cabinet.errors import CabinetError, InvalidInput, PermissionDenied
from energo_cabinet.models import LiveEvent, StaffRoleName, Ticket
from energo_cabinet.services.desk.calendar import desk_rules, remove_calendar_day, set_calendar_day, set_term
from energo_cabinet.services.desk.template import add_template, answer_templates, change_template, remove_template
from energo_cabinet.services.desk.thread import desk_ticket
from tests import cast as make
from tests.services.desk.test_writing import opened


@pytest.fixture(autouse=True)
def _fresh_limits():
    rate.forget_all()


def due(session, ticket_id):
    return session.exec(select(Ticket.answer_due_on).where(Ticket.id == ticket_id)).one()


def test_fields_are_filled_and_what_is_missing_stays_to_be_seen():
    text = "{name}, прибор {meter}, срок {due}: {x y} {1}"
    done = filled(text, {"name": "Анна Викторовна", "meter": "", "due": "01.12.2026"})
    assert done == "Анна Викторовна, прибор {meter}, срок 01.12.2026: {x y} {1}"
    assert unfilled(done) == ["{meter}"]


@pytest.mark.parametrize(
    ("name", "words"),
    [("Соколова Анна Викторовна", "Анна Викторовна"), ("Громов Григорий", "Григорий"), ("ООО «Мир»", "«Мир»"),
     ("Ольга", "Ольга"), ("", "")],
)  # fmt: skip
def test_how_somebody_is_addressed(name, words):
    assert address_words(name) == words


def test_template_is_offered_filled_in_for_its_category(session, cast):
    make.meter(session, cast.point)
    add_template(session, cast.grigory, "Замена", "meter", "{name}, прибор {meter} заменим до {due}.")
    add_template(session, cast.grigory, "Общий", "", "Договор {contract}, {supplier}")
    add_template(session, cast.grigory, "Счета", "charges", "x")
    prepared = desk_ticket(session, cast.grigory, opened(session, cast)).prepared
    assert [(one.title, one.text) for one in prepared] == [
        ("Замена", "Анна Викторовна, прибор 41907352 заменим до 04.12.2026."),
        ("Общий", "Договор 7638-294-061, NeKta"),
    ]


def test_templates_are_changed_and_removed(session, cast):
    row = add_template(session, cast.grigory, "Один", "", "Текст")
    assert change_template(session, cast.grigory, row.id, "Два", "tariff", "Другой").category == "tariff"
    remove_template(session, cast.grigory, row.id)
    assert answer_templates(session, cast.grigory) == []


@pytest.mark.parametrize(
    ("title", "category", "text", "code"),
    [("", "", "x", "required"), ("x", "evil", "x", "ticket_category"), ("x", "", " ", "required"),
     ("x", "", "{pasword}", "desk_template_field"), ("Есть", "", "x", "desk_template_title"),
     ("x", "", "ы" * 4001, "ticket_text_long")],
)  # fmt: skip
def test_template_that_is_refused(session, cast, title, category, text, code):
    add_template(session, cast.grigory, "Есть", "", "x")
    with pytest.raises(CabinetError, match=code):
        add_template(session, cast.grigory, title, category, text)


def test_term_moves_open_deadlines_and_tells_both_sides(session, cast):
    number, other = opened(session, cast), opened(session, cast, category="tariff")
    before = due(session, other)
    assert set_term(session, cast.grigory, "meter", 3, "Регламент, п. 4.2") == 1
    assert (due(session, number), due(session, other)) == (date(2026, 11, 25), before)
    told = session.exec(select(LiveEvent.user_id, LiveEvent.topic)).all()
    assert told.count((cast.anna.user, "tickets")) == 3 and (cast.grigory.user, "desk") in told
    term = next(row for row in desk_rules(session, cast.grigory).terms if row.category == "meter")
    assert (term.days, term.source, term.is_own) == (3, "Регламент, п. 4.2", True)
    assert due(session, opened(session, cast)) == date(2026, 11, 25)


def test_own_days_off_and_working_days_move_deadlines(session, cast):
    number = opened(session, cast, category="charges")
    assert due(session, number) == date(2026, 11, 27)
    assert set_calendar_day(session, cast.grigory, date(2026, 11, 26), False, "День энергетика области") == 1
    assert due(session, number) == date(2026, 11, 30)
    assert set_calendar_day(session, cast.grigory, date(2026, 11, 22), True) == 1
    assert due(session, number) == date(2026, 11, 27)
    assert [row.day.day for row in desk_rules(session, cast.grigory).days] == [22, 26]
    remove_calendar_day(session, cast.grigory, date(2026, 11, 26))
    remove_calendar_day(session, cast.grigory, date(2026, 11, 22))
    assert due(session, number) == date(2026, 11, 27) and desk_rules(session, cast.grigory).days == ()


@pytest.mark.parametrize(("day", "is_working"), [(date(2026, 11, 22), False), (date(2026, 11, 23), True)])
def test_day_that_is_so_anyway(session, cast, day, is_working):
    with pytest.raises(CabinetError, match="desk_day_same"):
        set_calendar_day(session, cast.grigory, day, is_working)


def test_impossible_terms_and_days(session, cast):
    for days in (0, 366, "5", True, None):
        with pytest.raises(InvalidInput):
            set_term(session, cast.grigory, "meter", days, "x")
    for day in (date(1900, 1, 1), date(9999, 12, 31), "2026-11-23", None):
        with pytest.raises(InvalidInput):
            set_calendar_day(session, cast.grigory, day, False)
    with pytest.raises(InvalidInput):
        remove_calendar_day(session, cast.grigory, date(2026, 1, 1))


def test_operator_writes_templates_but_not_terms(session, cast):
    olga = make.staff(session, "olga@example.org", "Орлова Ольга", cast.supplier, StaffRoleName.OPERATOR)
    assert add_template(session, olga, "Мой", "", "x").changed_by == "Орлова Ольга"
    for change in (
        lambda: set_term(session, olga, "meter", 1, "x"),
        lambda: set_calendar_day(session, olga, None, True),
    ):
        with pytest.raises(PermissionDenied):
            change()
