"""The feed that watchers read: in order, nothing twice, forgotten after an hour."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlmodel import select

from energo_cabinet.errors import PermissionDenied
from energo_cabinet.models import LiveEvent
from energo_cabinet.services.notice import live_event
from energo_cabinet.services.notice.live_event import (
    KEPT,
    MEASURED,
    changes_after,
    forget_changes,
    newest_change,
    tell_measured,
)
from tests import cast as make


def told(session, who, topic="tickets", ago=timedelta()):
    row = LiveEvent(user_id=who.user, topic=topic, created_at=make.NOW - ago)
    session.add(row)
    session.flush()
    return row.id


def test_what_came_after_a_place_is_read_in_order(session, cast, system):
    told(session, cast.anna)
    floor = newest_change(session, system)
    made = [told(session, who, topic) for who, topic in ((cast.anna, "bills"), (cast.boris, "desk"))]
    found = changes_after(session, system, floor)
    assert [(one.id, one.user_id, one.topic) for one in found] == [
        (made[0], cast.anna.user, "bills"),
        (made[1], cast.boris.user, "desk"),
    ]
    assert newest_change(session, system) == made[-1] and changes_after(session, system, made[-1]) == []


def test_what_is_known_is_left_out_and_does_not_crowd_out_the_rest(session, cast, system, monkeypatch):
    monkeypatch.setattr(live_event, "AT_ONCE", 2)
    floor = newest_change(session, system)
    made = [told(session, cast.anna) for _ in range(6)]
    assert [one.id for one in changes_after(session, system, floor, set(made[:3]))] == made[3:5]


def test_an_hour_later_it_is_forgotten_and_its_number_is_not_used_again(session, cast, system):
    old, new = told(session, cast.anna, ago=KEPT + timedelta(seconds=1)), told(session, cast.anna, ago=KEPT)
    assert forget_changes(session, system) == 1
    assert [one.id for one in changes_after(session, system, old - 1)] == [new]
    assert forget_changes(session, replace(system, at=make.NOW + timedelta(days=1))) == 1
    session.expire_all()
    assert session.exec(select(LiveEvent)).all() == []
    assert told(session, cast.anna) > new


def test_new_values_are_told_once_to_everybody_who_has_a_contract(session, cast, system):
    second = make.contract(session, cast.supplier, "40-1")
    make.link(session, cast.anna, second, "Дача")
    make.link(session, cast.boris, second, "Дача")
    gone = make.link(session, cast.grigory, second, "Была")
    gone.unlinked_at = make.NOW
    session.flush()
    tell_measured(session, system, {cast.contract.id, second.id})
    found = session.exec(select(LiveEvent.user_id).where(LiveEvent.topic == MEASURED)).all()
    assert sorted(found) == sorted((cast.anna.user, cast.boris.user))


def test_the_feed_of_all_users_is_no_customers(session, cast):
    for call in (newest_change, forget_changes, lambda s, who: changes_after(s, who, 0)):
        with pytest.raises(PermissionDenied):
            call(session, cast.anna)
