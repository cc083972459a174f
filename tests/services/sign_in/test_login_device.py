"""Devices that are signed in: listed, ended one by one or all others (Н-51…Н-62; SECURITY 2.2)."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlmodel import select

from energo_cabinet.auth.login_session import SESSIONS, find_session, open_session
from energo_cabinet.auth.passwords import hash_password
from energo_cabinet.errors import NotFound
from energo_cabinet.models import LiveEvent, User
from energo_cabinet.services.sign_in.login_device import end_device, end_other_devices, list_devices
from energo_cabinet.settings import get_settings
from tests.cast import NOW, person
from tests.services.person.scene import PASSWORD, alive, at_desk

pytestmark = pytest.mark.usefixtures("surroundings")


@pytest.fixture(scope="module")
def stored():
    return hash_password(PASSWORD)


@pytest.fixture
def anna(session, stored):
    """Анна at her desk: the subject of a live session, with a password."""
    who = person(session, "anna@example.org", "Соколова Анна")
    user = session.get(User, who.user)
    user.password_hash = stored
    return at_desk(session, who)


def test_devices_are_listed_this_one_first(session, anna):
    phone = at_desk(session, anna, "iPhone")
    shown = list_devices(session, anna)
    assert [(d.id, d.is_this) for d in shown] == [(anna.session_id, True), (phone.session_id, False)]
    assert f"{shown[1].created_at:%H:%M}" == "12:00"
    late = replace(anna, at=NOW + timedelta(hours=13))
    assert list_devices(session, late) == []


def test_ending_one_device_tells_its_tabs(session, anna):
    phone = at_desk(session, anna, "iPhone")
    end_device(session, anna, phone.session_id)
    session.expire_all()
    assert [d.id for d in list_devices(session, anna)] == [anna.session_id]
    assert session.exec(select(LiveEvent).order_by(LiveEvent.id.desc())).first().topic == SESSIONS


def test_ending_the_others_leaves_this_one_and_other_people(session, anna):
    at_desk(session, anna, "iPhone")
    boris = at_desk(session, person(session, "boris@example.org", "Борис"))
    end_other_devices(session, anna)
    session.expire_all()
    assert alive(session) == [anna.session_id, boris.session_id]
    with pytest.raises(NotFound):
        end_device(session, boris, anna.session_id)


def test_an_ended_cookie_is_dead(session, anna):
    token = open_session(session, anna, session.get(User, anna.user), True, get_settings())
    session.flush()
    end_other_devices(session, anna)
    session.expire_all()
    assert find_session(session, token, NOW) is None
