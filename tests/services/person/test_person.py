"""The account in the cabinet: name, phone, password, devices (Н-51…Н-62; SECURITY 2.1, 2.2)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from energo_cabinet.auth.passwords import hash_password
from energo_cabinet.errors import InvalidInput, WrongSecret
from energo_cabinet.models import User
from energo_cabinet.services.person.person import change_name, change_phone, my_profile
from tests.cast import person
from tests.services.person.scene import PASSWORD, alive, at_desk, letters

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


def test_name_applies_at_once_and_is_tidied(session, anna):
    """Н-52: ours at once, not after the next sign-in."""
    change_name(session, anna, "  Соколова   Анна\u00a0Викторовна ")
    assert my_profile(session, anna).full_name == "Соколова Анна Викторовна"


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
    assert my_profile(session, anna).phone == "+79123456789"
    assert alive(session) == [anna.session_id] != [other.session_id]
    assert letters(session) == ["Изменён номер телефона: Энерго Кабинет"]


@pytest.mark.parametrize(
    ("phone", "password", "error"), [("12", PASSWORD, InvalidInput), ("+79123456789", "x", WrongSecret)]
)
def test_phone_is_refused_without_the_password_or_a_number(session, anna, phone, password, error):
    with pytest.raises(error):
        change_phone(session, anna, phone, password)
    assert my_profile(session, anna).phone == ""


def test_letters_follow_the_language_of_the_cabinet(session, anna):
    my_profile(session, replace(anna, language="en"))
    assert session.get(User, anna.user).language == "en"
