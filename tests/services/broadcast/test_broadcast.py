"""Broadcasts in the hands of the staff: drafts, numbers, schedule, cancellation, history (Н-3, Н-135)."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlmodel import select

from energo_cabinet.auth.access import Subject
from energo_cabinet.errors import CabinetError, Conflict, InvalidInput, NotFound, PermissionDenied
from energo_cabinet.models import Broadcast, LiveEvent, StaffRoleName
from energo_cabinet.services.broadcast.broadcast import (
    Cancelled,
    broadcast_audience,
    broadcast_options,
    cancel_broadcast,
    copy_broadcast,
    discard_broadcast,
    save_broadcast,
    send_broadcast,
)
from energo_cabinet.services.broadcast.delivery import deliver_batch, start_due
from energo_cabinet.services.broadcast.history import broadcast_report
from energo_cabinet.services.broadcast.live import TOPIC
from energo_cabinet.services.broadcast.selection import Audience
from energo_cabinet.services.notice.notification import list_notifications
from tests import cast as make
from tests.services.broadcast.scene import NEWS, WORKS, deliver, drafted, notices, people


def report(session, cast, key):
    session.expire_all()
    return broadcast_report(session, cast.grigory, key)


def later(cast, seconds) -> Subject:
    return replace(cast.grigory, at=make.NOW + timedelta(seconds=seconds))


def test_draft_is_kept_as_typed_also_unfinished(session, cast):
    key = save_broadcast(session, cast.grigory, {"kind": "planned_works", "works_start": "2026-11-26T10:00"})
    found = report(session, cast, key)
    assert found.lacks == dict.fromkeys(("title", "text", "works_end", "works_address"), "required")
    assert save_broadcast(session, cast.grigory, WORKS | {"debt_from": "1 000,50"}, key) == key
    found = report(session, cast, key)
    assert (found.values["works_start"], found.values["debt_from"]) == ("2026-11-26T10:00", "1000,5")
    assert (found.lacks, found.card.author, found.card.status) == ({}, "Громов Григорий", "draft")


@pytest.mark.parametrize(
    ("values", "field", "code"),
    [
        ({"kind": "verification_due"}, "kind", "unknown_kind"),
        ({"title": "x" * 201}, "title", "too_long"),
        ({"text": "x" * 2001}, "text", "too_long"),
        ({"title": "a\x00b"}, "title", "invalid_characters"),
        ({"text": "Ваш {balance}"}, "text", "unknown_placeholder"),
        ({"text": "Долг {debt}"}, "text", "debt_needs_debtors"),
        ({"title_en": "{sum}"}, "title_en", "unknown_placeholder"),
        ({"debt_from": "много"}, "debt_from", "wrong_amount"),
        ({"debt_from": "-1"}, "debt_from", "wrong_amount"),
        ({"debt_from": "NaN"}, "debt_from", "wrong_amount"),
        ({"consumer_class": "evil"}, "consumer_class", "invalid"),
        (WORKS | {"works_start": "завтра"}, "works_start", "wrong_moment"),
        (WORKS | {"works_end": "2026-13-41T25:00"}, "works_end", "wrong_moment"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field(session, cast, values, field, code):
    with pytest.raises(InvalidInput) as refused:
        save_broadcast(session, cast.grigory, NEWS | values)
    assert refused.value.fields == {field: code}
    assert session.exec(select(Broadcast)).all() == []


@pytest.mark.parametrize(
    ("values", "when", "field", "code"),
    [
        ({"text": ""}, "", "text", "required"),
        ({"text_en": "Hello"}, "", "title_en", "required"),
        (WORKS | {"works_end": "2026-11-26T10:00"}, "", "works_end", "period_order"),
        (WORKS | {"works_start": "2026-11-20T10:00", "works_end": "2026-11-20T12:00"}, "", "works_end", "period_past"),
        (WORKS, "2026-11-26T14:00", "when", "after_works"),
        ({}, "2026-11-21T11:59", "when", "moment_to_come"),
        ({}, "2028-01-01T00:00", "when", "moment_to_come"),
        ({}, "когда-нибудь", "when", "wrong_moment"),
    ],
)
def test_unfinished_or_untimely_does_not_leave(session, cast, values, when, field, code):
    key = drafted(session, cast, **values)
    with pytest.raises(InvalidInput) as refused:
        send_broadcast(session, cast.grigory, key, when)
    assert refused.value.fields == {field: code}
    assert report(session, cast, key).card.status == "draft"


def test_sent_now_is_told_and_counted(session, cast, system):
    people(session, cast.supplier, 2)
    assert broadcast_audience(session, cast.grigory, NEWS) == Audience(3, 3, 3, 0)
    key = drafted(session, cast)
    send_broadcast(session, cast.grigory, key)
    with pytest.raises(Conflict):
        send_broadcast(session, cast.grigory, key)  # the second click
    deliver(session, system)
    card = report(session, cast, key).card
    assert (card.status, card.queued, card.told, card.in_cabinet, card.by_email) == ("done", 3, 3, 3, 3)
    (item,) = list_notifications(session, cast.anna).items
    assert item.text == "Здравствуйте, Соколова А. В.! Счёт 7638-294-061."


def test_later_is_the_suppliers_clock_and_whoever_is_selected_then(session, cast, system):
    """12:30 in Moscow; somebody who comes before that is told too."""
    key = drafted(session, cast)
    send_broadcast(session, cast.grigory, key, "2026-11-21T12:30")
    people(session, cast.supplier, 1)
    assert deliver(session, system) == 0
    assert report(session, cast, key).audience.people == 2
    assert deliver(session, replace(system, at=make.NOW + timedelta(minutes=30))) == 2


def test_cancelled_on_the_way_spares_the_rest(session, cast, system):
    """Says how many had it; a batch under way and the cancellation wait for each other."""
    people(session, cast.supplier, 9)
    key = drafted(session, cast)
    send_broadcast(session, cast.grigory, key)
    start_due(session, system)
    assert deliver_batch(session, system, 4) == 4
    assert cancel_broadcast(session, cast.grigory, key) == Cancelled(4, 6)
    assert deliver(session, system) == 0
    assert len(notices(session, session.get(Broadcast, key))) == 4
    card = report(session, cast, key).card
    assert (card.status, card.queued, card.told) == ("cancelled", 10, 4)
    with pytest.raises(Conflict):
        cancel_broadcast(session, cast.grigory, key)


def test_cancelled_before_its_time_reaches_nobody(session, cast, system):
    key = drafted(session, cast)
    send_broadcast(session, cast.grigory, key, "2026-11-21T12:30")
    assert cancel_broadcast(session, cast.grigory, key) == Cancelled(0, 0)
    assert deliver(session, replace(system, at=make.NOW + timedelta(days=1))) == 0


def test_nobody_selected_is_said_before_sending(session, cast):
    with pytest.raises(CabinetError, match="nobody_selected"):
        send_broadcast(session, cast.grigory, drafted(session, cast, address_part="Марс"))


def test_copy_begins_a_new_draft_and_what_has_left_stays_as_it_was(session, cast, system):
    key = drafted(session, cast, debt_from="0")
    copied = copy_broadcast(session, cast.grigory, key)
    discard_broadcast(session, cast.grigory, copied)
    assert session.get(Broadcast, copied) is None
    send_broadcast(session, cast.grigory, key, "2026-11-21T12:30")
    for call in (discard_broadcast, lambda s, who, k: save_broadcast(s, who, NEWS, k)):
        with pytest.raises(Conflict):
            call(session, cast.grigory, key)
    again = report(session, cast, copy_broadcast(session, cast.grigory, key))
    assert (again.values["title"], again.values["debt_from"], again.card.status) == ("Новый график", "0", "draft")


def test_options_are_the_suppliers_own(session, cast):
    cast.contract.address = "г. Северогорск, ул. Лесная, 18"
    cast.point.feeder = "Ф-3"
    session.flush()
    found = broadcast_options(session, cast.grigory)
    assert (found.localities, found.feeders) == (("г. Северогорск",), ("Ф-3",))
    assert broadcast_options(session, cast.darya).localities == ()


def test_customer_sees_planned_works_end(session, cast, system):
    """«Завершено» after the last moment."""
    key = save_broadcast(session, cast.grigory, WORKS)
    send_broadcast(session, cast.grigory, key)
    deliver(session, system)
    (item,) = list_notifications(session, cast.anna).items
    assert (f"{item.works.start:%d.%m %H:%M}", item.works.address) == ("26.11 10:00", "ул. Лесная, 18")
    assert not item.works.is_over
    (item,) = list_notifications(session, replace(cast.anna, at=make.NOW + timedelta(days=9))).items
    assert item.works.is_over


def test_engineers_and_administrators_of_the_installation_write_no_broadcasts(session, cast):
    engineer = make.staff(session, "e@example.org", "Инженер", cast.supplier, StaffRoleName.ENGINEER)
    root = make.staff(session, "r@example.org", "Корнев", None, StaffRoleName.SYSTEM_ADMIN)
    for who in (engineer, root, cast.anna):
        with pytest.raises(PermissionDenied):
            save_broadcast(session, who, NEWS)
    with pytest.raises(NotFound):
        send_broadcast(session, cast.darya, drafted(session, cast))


def test_staff_hear_of_progress_once_a_second(session, cast, system):
    """Their tabs read it anew; a batch is told in a tenth of that."""
    people(session, cast.supplier, 9)
    send_broadcast(session, cast.grigory, drafted(session, cast))
    start_due(session, system)
    before = len(session.exec(select(LiveEvent).where(LiveEvent.topic == TOPIC)).all())
    for tenths in (1, 2, 3, 11, 12, 13):
        deliver_batch(session, replace(system, at=make.NOW + timedelta(seconds=tenths / 10)), 1)
    told = session.exec(select(LiveEvent.user_id).where(LiveEvent.topic == TOPIC)).all()[before:]
    assert told == [cast.grigory.user]
