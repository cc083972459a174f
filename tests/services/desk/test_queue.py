"""The desk's queue: what is due first, page by page, filtered; looking is in the journal (Н-138…Н-148)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlmodel import select

from energo_cabinet.models import AuditEntry, Ticket
from energo_cabinet.services.desk.queue import DeskFilter, desk_queue, desk_queue_again
from energo_cabinet.services.desk.writing import answer, assign
from tests import cast as make
from tests.services.desk.scene import opened, version


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


def test_search_and_day_of_the_supplier(session, cast):
    """The day turns in the supplier's zone: 21:30 UTC is tomorrow in Moscow."""
    number = opened(session, cast, "Срок", "charges")
    due = session.exec(select(Ticket.answer_due_on).where(Ticket.id == number)).one()
    assert due == date(2026, 11, 27)
    evening = replace(cast.grigory, at=make.NOW.replace(day=27, hour=21, minute=30))
    assert desk_queue(session, evening).items[0].is_overdue
    assert not desk_queue(session, replace(evening, at=evening.at - timedelta(hours=1))).items[0].is_overdue
