"""The dialogs of a contract (Н-21…30, Н-49, Н-50)."""

from __future__ import annotations

import pytest
from sqlmodel import Session, select

from energo_cabinet.models import ContractLink
from energo_cabinet.state.contract.contract import ContractState
from energo_cabinet.state.frame.session import SessionState
from tests.cast import CONTRACT_PASSWORD
from tests.state.tab import Tab, signed_in

LOGIN = "login-7638-294-061"
pytestmark = pytest.mark.usefixtures("installation")


def form(cast, **changed: object) -> dict[str, object]:
    """The filled form of «Добавить договор»."""
    given = {"supplier": str(cast.supplier.id), "title": "Дача", "login": LOGIN, "password": CONTRACT_PASSWORD}
    return {**given, **changed}


def opened(session: Session, who) -> Tab:
    """A tab with the frame loaded and the dialog open."""
    tab = signed_in(session, who)
    tab.run(SessionState, "load")
    tab.run(ContractState, "open_add")
    return tab


def test_suppliers_are_offered(session, cast):
    """Н-24."""
    tab = opened(session, cast.boris)
    offered = [{"value": str(cast.darya.member.supplier_id), "label": "Дальний поставщик"}]
    offered += [{"value": str(cast.supplier.id), "label": "NeKta"}]
    assert sorted(tab.state(ContractState).suppliers, key=lambda one: one["value"]) == offered[::-1]


def test_added_contract_comes_into_the_sidebar(session, cast):
    """Н-25, Н-28, Н-41; a second person may link the same contract."""
    tab = opened(session, cast.boris)
    state = tab.run(ContractState, "add", form(cast))
    assert (state.dialog, state.is_busy, state.notice) == ("", False, "Договор добавлен")
    cards = tab.state(SessionState).contracts
    assert [(c["title"], c["supplier"], c["number"]) for c in cards] == [("Дача", "NeKta", "7638-294-061")]


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"password": "не тот"}, "password"),
        ({"login": "нет такого"}, "login"),
        ({"supplier": "999"}, "supplier"),
        ({"supplier": "1; DROP TABLE contract"}, "supplier"),
        ({"supplier": ["1"]}, "supplier"),
        ({"title": "x" * 1_000_000}, "title"),
        ({"title": "a\x00"}, "title"),
        ({"login": None}, "login"),
    ],
)
def test_a_refusal_stands_beside_its_field(session, cast, changed, field):
    state = opened(session, cast.boris).run(ContractState, "add", form(cast, **changed))
    assert [name for name, words in state.errors.items() if words] == [field]
    assert (state.dialog, state.is_busy) == ("add", False)


def test_already_linked_is_said(session, cast):
    state = opened(session, cast.anna).run(ContractState, "add", form(cast))
    assert state.errors["login"]


def test_empty_form_marks_every_field(session, cast):
    state = opened(session, cast.boris).run(ContractState, "add", {})
    assert {name for name, words in state.errors.items() if words} == {"supplier", "title", "login", "password"}


def test_rename_and_unlink_the_contract_in_view(session, cast):
    """Н-49, Н-50."""
    tab = opened(session, cast.anna)
    tab.run(ContractState, "rename", {"title": "Новое имя"})
    assert tab.state(SessionState).title == "Новое имя"
    tab.run(ContractState, "unlink")
    assert tab.state(SessionState).contracts == []
    session.expire_all()
    assert all(link.unlinked_at for link in session.exec(select(ContractLink)))


def test_a_strangers_contract_cannot_be_named(session, cast):
    """The id in the frame is only a view: the service looks whose it is."""
    tab = opened(session, cast.boris)
    tab.state(SessionState).selected = str(cast.link.id)
    state = tab.run(ContractState, "rename", {"title": "моё"})
    assert state.errors["form"]
    session.refresh(cast.link)
    assert cast.link.title == "Квартира на Лесной"


def test_supplier_password_never_enters_the_state(session, cast):
    tab = opened(session, cast.boris)
    tab.run(ContractState, "add", form(cast, login="нет такого"))
    assert CONTRACT_PASSWORD not in str(tab.root.get_delta())
