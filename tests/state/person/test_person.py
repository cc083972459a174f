"""The page «Профиль»: dialogs, switches, devices (Н-51…Н-62)."""

from __future__ import annotations

import pytest

from energo_cabinet.auth.passwords import hash_password
from energo_cabinet.models import LoginSession, User
from energo_cabinet.state.frame.session import SessionState
from energo_cabinet.state.person.devices import DevicesState
from energo_cabinet.state.person.password import PasswordState
from energo_cabinet.state.person.person import PersonState
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
    for state in (SessionState, PersonState, DevicesState):
        made.run(state, "load")
    return made


def test_the_account_is_shown_with_its_choices(tab):
    state = tab.state(PersonState)
    assert (state.status, state.account["name"]) == ("ready", "Соколова Анна Викторовна")
    assert state.choices["supplier.by_email"] and not state.choices["meters.by_email"]


def test_a_switch_turns_one_thing_only(tab):
    """Н-54, Н-55."""
    before = dict(tab.state(PersonState).choices)
    tab.run(PersonState, "choose", "meters", "by_email")
    assert tab.run(PersonState, "load").choices == before | {"meters.by_email": True}


@pytest.mark.parametrize("given", [(1, 2), ("supplier", "x"), (None, []), ("", "")])
def test_an_unknown_switch_does_nothing(tab, given):
    before = dict(tab.state(PersonState).choices)
    assert tab.run(PersonState, "choose", *given).choices == before


def test_a_refused_name_keeps_the_dialog_open(tab):
    tab.run(PersonState, "open", "name")
    state = tab.run(PersonState, "save_name", {"full_name": ""})
    assert (state.dialog, state.errors["full_name"], state.is_busy) == ("name", "Заполните это поле", False)
    state = tab.run(PersonState, "save_name", {"full_name": "Соколова А. В."})
    assert (state.dialog, state.notice, state.account["name"]) == ("", "Ф.И.О. сохранено", "Соколова А. В.")


def test_no_password_stays_in_a_state(tab):
    """Н-56…Н-62."""
    tab.run(PasswordState, "open")
    state = tab.run(PasswordState, "save", {"current": "x", "password": "Жёлтый трактор 8", "password2": "другой"})
    assert state.errors["password2"] and state.dialog == "password"
    new = {"current": PASSWORD, "password": "Жёлтый трактор 8", "password2": "Жёлтый трактор 8"}
    state = tab.run(PasswordState, "save", new)
    assert state.notice == "Пароль изменён, другие сеансы завершены"
    assert "трактор" not in str(tab.root.get_delta())


def test_ending_asks_first_and_never_takes_a_foreign_id(session, tab, cast):
    signed_in(session, cast.anna)
    signed_in(session, cast.boris)
    foreign = max(
        row for row in session.exec(LoginSession.__table__.select().with_only_columns(LoginSession.id)).scalars()
    )
    assert tab.run(DevicesState, "ask_end", foreign).dialog == ""
    state = tab.run(DevicesState, "load")
    other = next(row.id for row in state.rows if not row.is_this)
    assert tab.run(DevicesState, "ask_end", other).dialog == "end"
    state = tab.run(DevicesState, "end")
    assert (state.notice, [row.is_this for row in state.rows]) == ("Сеанс завершён", [True])
