"""The second factor, another e-mail and personal data on the page «Профиль»: what a tab holds, and for how long."""

from __future__ import annotations

import pyotp
import pytest

from energo_cabinet.auth.passwords import hash_password
from energo_cabinet.models import User
from energo_cabinet.state.frame.session import SessionState
from energo_cabinet.state.person.data import PersonalDataState
from energo_cabinet.state.person.email import EmailState
from energo_cabinet.state.person.second_factor import SecondFactorState
from tests.state.tab import signed_in

PASSWORD = "Синий трактор 7"
pytestmark = pytest.mark.usefixtures("installation")


@pytest.fixture(scope="module")
def stored():
    return hash_password(PASSWORD)


@pytest.fixture
def tab(session, cast, stored):
    """Анна's profile, loaded."""
    session.get(User, cast.anna.user).password_hash = stored
    made = signed_in(session, cast.anna)
    for state in (SecondFactorState, EmailState, PersonalDataState):
        made.run(state, "load")
    return made


def test_an_authenticator_is_set_up_and_its_secret_forgotten(tab):
    tab.run(SecondFactorState, "ask", "totp")
    assert tab.run(SecondFactorState, "start", {"password": "x"}).errors["password"] == "Пароль не подходит"
    state = tab.run(SecondFactorState, "start", {"password": PASSWORD})
    assert state.dialog == "scan" and state.shown["qr"].startswith("data:image/svg+xml;base64,")
    code = pyotp.TOTP(state.shown["secret"].replace(" ", "")).now()
    state = tab.run(SecondFactorState, "confirm", {"code": code})
    assert (state.dialog, len(state.codes), state.shown["secret"]) == ("codes", 10, "")
    assert state.codes_address.startswith("data:text/plain") and state.codes[0] in state.codes_address
    state = tab.run(SecondFactorState, "close")
    assert (state.codes, state.factor["kind"], state.factor["left"]) == ([], "totp", "10")


@pytest.mark.parametrize("given", [1, None, "", "codes", "scan", ["totp"]])
def test_no_dialog_but_those_that_ask_opens_by_name(tab, given):
    assert tab.run(SecondFactorState, "ask", given).dialog == ""
    assert tab.run(PersonalDataState, "open", given).dialog == ""


def test_another_email_waits_and_is_cancelled(tab):
    tab.run(EmailState, "open")
    state = tab.run(EmailState, "save", {"email": "x", "password": PASSWORD})
    assert state.errors["email"] and state.dialog == "email"
    state = tab.run(EmailState, "save", {"email": "new@example.org", "password": PASSWORD})
    assert (state.pending, state.dialog) == ("new@example.org", "")
    assert tab.run(EmailState, "cancel").pending == ""


def test_erasure_is_said_in_the_frame_until_it_is_cancelled(tab):
    tab.run(PersonalDataState, "open", "erasure")
    state = tab.run(PersonalDataState, "submit", {"password": PASSWORD})
    assert state.erased_on and state.notice == "Запрос на удаление принят"
    assert tab.run(SessionState, "load").erased_on == state.erased_on
    assert tab.run(PersonalDataState, "stay").erased_on == ""
    assert tab.run(SessionState, "load").erased_on == ""


def test_an_export_is_asked_for_once(tab):
    for words in ("Архив готовится", "Архив готовится"):
        tab.run(PersonalDataState, "open", "export")
        state = tab.run(PersonalDataState, "submit", {"password": PASSWORD})
        assert (state.export["state"], state.notice or words) == ("waiting", words)
    assert state.errors["form"] == "Архив уже готовится."


def test_a_consent_is_given_and_withdrawn_by_its_dialog(tab):
    state = tab.run(PersonalDataState, "give", "terms")
    assert state.consents[0].given_on and not state.consents[1].given_on
    tab.run(PersonalDataState, "open", "withdraw:terms")
    state = tab.run(PersonalDataState, "submit", {"password": PASSWORD})
    assert state.consents[0].withdrawn_on and state.erased_on
    assert tab.run(PersonalDataState, "give", "terms").erased_on == ""


def test_nothing_is_submitted_without_an_open_dialog(tab):
    state = tab.run(PersonalDataState, "submit", {"password": PASSWORD})
    assert (state.export["state"], state.erased_on) == ("", "")
