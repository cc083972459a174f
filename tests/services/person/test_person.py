"""The account in the cabinet: name, phone, password, devices (Н-51…Н-62; SECURITY 2.1, 2.2)."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlmodel import select

from energo_cabinet.auth.login_session import SESSIONS, find_session, open_session
from energo_cabinet.auth.passwords import hash_password, verify_password
from energo_cabinet.errors import InvalidInput, NotFound, TooManyAttempts, WrongSecret
from energo_cabinet.models import LiveEvent, LoginSession, OutboxLetter, User
from energo_cabinet.services.person.person import change_name, change_phone, my_person
from energo_cabinet.services.sign_in.login_device import end_device, end_other_devices, list_devices
from energo_cabinet.services.sign_in.password_change import change_password
from energo_cabinet.settings import get_settings
from tests.cast import NOW, person

PASSWORD = "Синий трактор 7"
NEW = "Жёлтый трактор 8"
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


def at_desk(session, who, device="Firefox"):
    open_session(session, replace(who, device=device, ip="192.0.2.1"), session.get(User, who.user), False, settings())
    session.flush()
    newest = session.exec(select(LoginSession).order_by(LoginSession.id.desc())).first()
    return replace(who, session_id=newest.id)


def settings():
    return get_settings()


def letters(session):
    return [row.subject for row in session.exec(select(OutboxLetter).order_by(OutboxLetter.id))]


def alive(session):
    return [row.id for row in session.exec(select(LoginSession)) if row.revoked_at is None]


def test_name_applies_at_once_and_is_tidied(session, anna):
    """Н-52: ours at once, not after the next sign-in."""
    change_name(session, anna, "  Соколова   Анна\u00a0Викторовна ")
    assert my_person(session, anna).full_name == "Соколова Анна Викторовна"


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("", "required"),
        (" ", "required"),
        ("x" * 201, "text_too_long"),
        ("a\x00", "invalid_characters"),
        (7, "wrong_type"),
    ],
)
def test_a_bad_name_is_refused(session, anna, name, code):
    with pytest.raises(InvalidInput) as caught:
        change_name(session, anna, name)
    assert caught.value.fields == {"full_name": code}


def test_phone_is_kept_in_e164_asks_the_password_and_ends_other_sessions(session, anna):
    other = at_desk(session, anna, "Chrome")
    change_phone(session, anna, "8 (912) 345-67-89", PASSWORD)
    session.expire_all()
    assert my_person(session, anna).phone == "+79123456789"
    assert alive(session) == [anna.session_id] != [other.session_id]
    assert letters(session) == ["Изменён номер телефона: Энерго Кабинет"]


@pytest.mark.parametrize(
    ("phone", "password", "error"), [("12", PASSWORD, InvalidInput), ("+79123456789", "x", WrongSecret)]
)
def test_phone_is_refused_without_the_password_or_a_number(session, anna, phone, password, error):
    with pytest.raises(error):
        change_phone(session, anna, phone, password)
    assert my_person(session, anna).phone == ""


def test_letters_follow_the_language_of_the_cabinet(session, anna):
    my_person(session, replace(anna, language="en"))
    assert session.get(User, anna.user).language == "en"


def test_password_is_changed_and_every_other_session_ends(session, anna):
    """Н-56…Н-61."""
    at_desk(session, anna, "Chrome")
    change_password(session, anna, PASSWORD, NEW, NEW)
    session.expire_all()
    user = session.get(User, anna.user)
    assert verify_password(NEW, user.password_hash)
    assert user.password_changed_at == NOW
    assert alive(session) == [anna.session_id]
    assert letters(session) == ["Пароль изменён: Энерго Кабинет"]


@pytest.mark.parametrize(
    ("current", "new", "again", "wrong"),
    [
        ("", NEW, NEW, {"current": "required"}),
        (PASSWORD, "short", "short", {"password": "password_too_short"}),
        (PASSWORD, "qwertyuiop", "qwertyuiop", {"password": "password_common"}),
        (PASSWORD, PASSWORD, PASSWORD, {"password": "password_same"}),
        (PASSWORD, NEW, NEW + "!", {"password2": "passwords_differ"}),
        ("", "", "", {"current": "required", "password": "required"}),
    ],
)
def test_password_refusals_stand_beside_their_fields(session, anna, current, new, again, wrong):
    with pytest.raises(InvalidInput) as caught:
        change_password(session, anna, current, new, again)
    assert caught.value.fields == wrong


def test_current_password_can_be_guessed_five_times_only(session, anna):
    for _ in range(5):
        with pytest.raises(WrongSecret) as caught:
            change_password(session, anna, "не тот", NEW, NEW)
        assert (caught.value.code, caught.value.field) == ("wrong_password", "current")
    with pytest.raises(TooManyAttempts):
        change_password(session, anna, PASSWORD, NEW, NEW)


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
