"""What the registration form is told (Э-20…36, Н-14…18)."""

from __future__ import annotations

import pytest
from sqlmodel import select

from energo_cabinet.models import Consent, ConsumerClass, OutboxLetter, User, UserStatus
from energo_cabinet.state.sign_in.register import NO_ERRORS, RegisterState
from tests import cast as make
from tests.state.tab import Tab

FORM = {
    "full_name": "Орлова Вера",
    "phone": "+7 900 000-18-42",
    "email": "Vera@Example.org",
    "password": "тихая река 2026",
    "password2": "тихая река 2026",
    "consumer_class": "house",
    "address": "с. Луговое, ул. Садовая, 7",
    "contract_number": "40-11825",
    "terms": "on",
    "personal_data": "on",
}
pytestmark = pytest.mark.usefixtures("installation")


def sent(language: str = "ru", **changed: object) -> RegisterState:
    """The state after a submit of the form with some fields changed."""
    return Tab(f"lang={language}").run(RegisterState, "submit", {**FORM, **changed})


def marked(state: RegisterState) -> set[str]:
    """Fields with a message beside them."""
    return {field for field, words in state.errors.items() if words} - {"form"}


def test_application_is_kept_with_class_and_consents_and_a_letter_goes_out(session):
    """Э-15, Э-29…36."""
    assert sent().sent_to == "Vera@Example.org"
    user = session.exec(select(User)).one()
    assert (user.status, user.consumer_class) == (UserStatus.PENDING, ConsumerClass.HOUSE)
    assert {c.purpose for c in session.exec(select(Consent))} == {"terms", "personal_data"}
    assert session.exec(select(OutboxLetter)).one()


def test_every_wrong_field_is_told_at_once(session):
    state = sent(full_name=" ", phone="12", email="x", password="123", terms="", personal_data=False)
    assert marked(state) == {"full_name", "phone", "email", "password", "terms", "personal_data"}
    assert state.errors["form"] == "Проверьте отмеченные поля"
    assert session.exec(select(User)).all() == []


def test_passwords_must_match():
    """Н-15."""
    assert sent(password2="другая река").errors["password2"] == "Введенные пароли должны совпадать."


def test_known_address_is_said_in_the_seeds_words(session):
    """Н-17."""
    make.person(session, "vera@example.org", "Орлова Вера")
    session.commit()
    state = sent()
    assert state.errors["email"] == "Пользователь с таким E-mail уже существует"
    assert state.is_taken and not state.sent_to


def test_known_address_is_not_said_where_the_installation_hides_it(session, installation):
    installation.set(hide_account_existence=True)
    make.person(session, "vera@example.org", "Орлова Вера")
    session.commit()
    assert sent().sent_to == "Vera@Example.org"


def test_messages_come_in_the_language_of_the_page():
    assert sent("en", phone="12").errors["phone"].isascii()


@pytest.mark.parametrize("form", [None, [], "x", {}, {"email": ["a"], "password": {"a": 1}, "terms": 1}])
def test_wrong_types_are_refused_with_messages(form):
    """Section 7: arguments of events are not typed."""
    state = Tab().run(RegisterState, "submit", form)
    assert {"full_name", "email", "password", "terms"} <= marked(state)
    assert not state.is_busy


@pytest.mark.parametrize("field", ["full_name", "email", "password", "address", "contract_number"])
@pytest.mark.parametrize("value", ["x" * 1_000_000, "a\x00b\x1b", "\u202e"])
def test_long_strings_and_control_characters_are_refused(field, value, session):
    state = sent(**{field: value})
    assert marked(state) >= {field} or value == "\u202e"
    assert value != "\u202e" or not state.is_busy


def test_password_never_enters_the_state():
    tab = Tab()
    tab.run(RegisterState, "submit", {**FORM, "phone": "12"})
    assert FORM["password"] not in str(tab.root.get_delta())


def test_a_new_visit_begins_with_a_clean_form():
    tab = Tab()
    tab.run(RegisterState, "submit", {})
    assert tab.run(RegisterState, "load").errors == NO_ERRORS
