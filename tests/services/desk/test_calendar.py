"""Terms by category and the supplier's calendar move the deadlines of open tickets."""

from __future__ import annotations

from datetime import date

import pytest
from sqlmodel import select

from energo_cabinet.errors import CabinetError, InvalidInput, PermissionDenied
from energo_cabinet.models import LiveEvent, StaffRoleName, Ticket
from energo_cabinet.services.desk.calendar import desk_rules, remove_calendar_day, set_calendar_day, set_term
from energo_cabinet.services.desk.template import add_template
from tests import cast as make
from tests.services.desk.scene import opened


def due(session, ticket_id):
    return session.exec(select(Ticket.answer_due_on).where(Ticket.id == ticket_id)).one()


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
