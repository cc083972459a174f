"""Reading notifications: list, filters, pages, counts, read one, read all (Н-128…Н-132, Н-136, Н-137)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlmodel import select

from energo_cabinet.errors import NotFound
from energo_cabinet.models import LiveEvent, Notification, NotificationKind
from energo_cabinet.services.contract.contract import unlink_contract
from energo_cabinet.services.notice.notification import list_notifications, read_all, read_notification, unread
from tests.cast import NOW

DEBT, MISSING = NotificationKind.DEBT, NotificationKind.DATA_MISSING


def told(session, who, kind=DEBT, hours_ago=0, **fields):
    """A notification as it lies in the database."""
    at = NOW - timedelta(hours=hours_ago)
    row = Notification(user_id=who.user, kind=kind, title="Долг", created_at=at, **fields)
    session.add(row)
    session.flush()
    return row


def ids(page):
    return [item.id for item in page.items]


def test_newest_first_with_supplier_and_contract(session, cast):
    """Н-131, Н-137: whose it is, from whom, when it came (local to the supplier), whether it is read."""
    old = told(session, cast.anna, hours_ago=5, contract_id=cast.contract.id)
    new = told(session, cast.anna, read_at=NOW)
    first, second = list_notifications(session, cast.anna).items
    assert (first.id, second.id) == (new.id, old.id)
    assert (first.is_read, first.supplier_name, first.link_id) == (True, "", None)
    assert (second.is_read, second.supplier_name, second.link_id) == (False, "NeKta", cast.link.id)
    assert second.contract_title == "Квартира на Лесной"
    assert f"{second.created_at:%d.%m.%Y %H:%M}" == "21.11.2026 07:00"


def test_filters(session, cast):
    debt = told(session, cast.anna, DEBT, hours_ago=2, read_at=NOW)
    gap = told(session, cast.anna, MISSING, hours_ago=1)
    shown = {show: ids(list_notifications(session, cast.anna, show)) for show in ("unread", "supplier", "meters", "x")}
    assert shown == {"unread": [gap.id], "supplier": [debt.id], "meters": [gap.id], "x": [gap.id, debt.id]}


def test_the_opened_one_stays_among_the_unread(session, cast):
    opened = told(session, cast.anna)
    read_notification(session, cast.anna, opened.id)
    assert ids(list_notifications(session, cast.anna, "unread")) == []
    assert ids(list_notifications(session, cast.anna, "unread", keep_id=opened.id)) == [opened.id]


def test_pages_meet_without_gap_or_repetition(session, cast):
    """Keyset: also where many came at the same moment, and when newer ones arrive between two pages."""
    rows = [told(session, cast.anna, hours_ago=n // 3) for n in range(10)]
    first = list_notifications(session, cast.anna, limit=4)
    told(session, cast.anna)
    second = list_notifications(session, cast.anna, before_id=first.next, limit=4)
    third = list_notifications(session, cast.anna, before_id=second.next, limit=4)
    assert sorted(ids(first) + ids(second) + ids(third)) == [row.id for row in rows]
    assert third.next is None


def test_unread_are_counted_in_all_and_by_contract(session, cast):
    """Н-129: what the number and the sign (!) say."""
    for fields in ({"contract_id": cast.contract.id}, {"contract_id": cast.contract.id}, {}, {"read_at": NOW}):
        told(session, cast.anna, **fields)
    counted = unread(session, cast.anna)
    assert (counted.total, counted.by_link) == (3, {cast.link.id: 2})
    assert unread(session, cast.boris).total == 0


def test_opening_marks_read_once_and_tells_the_other_tabs_once(session, cast):
    """Н-132."""
    row = told(session, cast.anna)
    assert [read_notification(session, cast.anna, row.id).is_read for _ in range(2)] == [True, True]
    assert unread(session, cast.anna).total == 0
    assert [event.user_id for event in session.exec(select(LiveEvent))] == [cast.anna.user]


def test_read_all_leaves_other_people_alone(session, cast):
    theirs = told(session, cast.boris)
    for _ in range(3):
        told(session, cast.anna)
    assert (read_all(session, cast.anna), read_all(session, cast.anna)) == (3, 0)
    session.refresh(theirs)
    assert theirs.read_at is None


def test_what_was_not_wanted_in_the_cabinet_is_not_there(session, cast):
    row = told(session, cast.anna, is_shown=False)
    assert (ids(list_notifications(session, cast.anna)), unread(session, cast.anna).total) == ([], 0)
    with pytest.raises(NotFound):
        read_notification(session, cast.anna, row.id)


def test_a_contract_takes_its_notifications_along(session, cast):
    row = told(session, cast.anna, contract_id=cast.contract.id)
    unlink_contract(session, cast.anna, cast.link.id)
    assert (ids(list_notifications(session, cast.anna)), unread(session, cast.anna).total) == ([], 0)
    assert read_all(session, cast.anna) == 0
    with pytest.raises(NotFound):
        read_notification(session, cast.anna, row.id)


@pytest.mark.parametrize("wrong", ["1", None, True, 0, -1, 2**40, {"id": 1}])
def test_what_is_no_id_is_not_found(session, cast, wrong):
    told(session, cast.anna)
    with pytest.raises(NotFound):
        read_notification(session, cast.anna, wrong)
