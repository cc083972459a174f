"""The password changed by its owner (Н-56…Н-61; SECURITY 2.1)."""

from __future__ import annotations

import pytest

from energo_cabinet.auth.passwords import hash_password, verify_password
from energo_cabinet.errors import InvalidInput, TooManyAttempts, WrongSecret
from energo_cabinet.models import User
from energo_cabinet.services.sign_in.password_change import change_password
from tests.cast import NOW, person
from tests.services.person.scene import PASSWORD, alive, at_desk, letters

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
