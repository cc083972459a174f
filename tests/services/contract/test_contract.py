"""Contracts: linked by the supplier's credentials, renamed, unlinked (Н-21…Н-30, Н-49, Н-50)."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlmodel import Session, select

from energo_cabinet.auth import rate
from energo_cabinet.database import session_scope
from energo_cabinet.errors import CabinetError, InvalidInput, NotFound, TooManyAttempts
from energo_cabinet.models import ContractLink, GatewayKind
from energo_cabinet.services.contract.contract import (
    link_contract,
    list_contracts,
    list_suppliers,
    rename_contract,
    unlink_contract,
)
from tests import cast as make
from tests.cast import CONTRACT_PASSWORD

LOGIN = "login-7638-294-061"


@pytest.fixture(autouse=True)
def _fresh_limits():
    rate.forget_all()


def opened(session, who, cast, login=LOGIN, password=CONTRACT_PASSWORD, title="Дача"):
    return link_contract(session, who, cast.supplier.id, title, login, password)


def refusal(session, who, cast, **given):
    """Code and field of a refusal, its counting kept as the door keeps it."""
    with pytest.raises(CabinetError) as refused, session_scope(session.get_bind()) as own:
        opened(own, who, cast, **given)
    return refused.value


@pytest.fixture
def stored(session, cast):
    session.commit()
    return cast


def test_contract_is_opened_by_the_suppliers_login_and_password(session, cast):
    card = opened(session, cast.boris, cast, login=f"  {LOGIN} ", title=" Дача ")
    assert (card.title, card.supplier_name, card.number, card.points) == ("Дача", "NeKta", "7638-294-061", 1)
    assert list_contracts(session, cast.boris) == [card]


def test_two_people_see_the_same_contract_each_by_an_own_name(session, cast):
    opened(session, cast.boris, cast)
    rename_contract(session, cast.boris, list_contracts(session, cast.boris)[0].link_id, "У бабушки")
    assert [c.title for c in list_contracts(session, cast.anna)] == ["Квартира на Лесной"]
    assert [c.title for c in list_contracts(session, cast.boris)] == ["У бабушки"]


def test_several_contracts_of_several_suppliers(session, cast, contract_hash):
    other = make.supplier(session, "LUG", "Луговая энергокомпания")
    make.contract(session, other, "40-11825", contract_hash)
    link_contract(session, cast.anna, other.id, "Дом", "login-40-11825", CONTRACT_PASSWORD)
    assert [c.supplier_name for c in list_contracts(session, cast.anna)] == ["NeKta", "Луговая энергокомпания"]


def test_each_refusal_stands_beside_its_field(session, stored):
    wrong = refusal(session, stored.boris, stored, password="другой")
    unknown = refusal(session, stored.boris, stored, login="nobody")
    twice = refusal(session, stored.anna, stored)
    found = [(e.code, e.field) for e in (wrong, unknown, twice)]
    assert found == [
        ("wrong_contract_password", "password"),
        ("unknown_contract_login", "login"),
        ("already_linked", "login"),
    ]


def test_five_wrong_passwords_lock_the_login_for_fifteen_minutes(session, stored):
    codes = [refusal(session, stored.boris, stored, password="нет").code for _ in range(5)]
    locked = refusal(session, stored.anna, stored)
    assert codes == ["wrong_contract_password"] * 4 + ["contract_locked"]
    assert (locked.code, locked.field, locked.params) == ("contract_locked", "login", {"minutes": 15})


def test_lock_ends_and_success_forgets_the_tries(session, stored):
    for _ in range(5):
        refusal(session, stored.boris, stored, password="нет")
    later = replace(stored.boris, at=stored.boris.at + timedelta(minutes=15))
    with session_scope(session.get_bind()) as own:
        assert opened(own, later, stored).number == "7638-294-061"
    again = replace(stored.anna, at=later.at)
    assert refusal(session, again, stored, password="нет").code == "wrong_contract_password"


def test_tries_are_limited_per_person(session, stored):
    for i in range(30):
        assert refusal(session, stored.boris, stored, login=f"guess-{i}").code == "unknown_contract_login"
    assert isinstance(refusal(session, stored.boris, stored, login="guess-30"), TooManyAttempts)
    assert refusal(session, stored.anna, stored, login="guess-31").code == "unknown_contract_login"


def test_unlinked_contract_leaves_history_and_can_be_linked_again(session, cast):
    unlink_contract(session, cast.anna, cast.link.id)
    assert list_contracts(session, cast.anna) == []
    opened(session, cast.anna, cast)
    links = session.exec(select(ContractLink).where(ContractLink.user_id == cast.anna.user_id)).all()
    assert sorted(link.unlinked_at is None for link in links) == [False, True]


def test_unlinked_contract_is_gone_for_its_former_reader(session, cast):
    unlink_contract(session, cast.anna, cast.link.id)
    with pytest.raises(NotFound):
        rename_contract(session, cast.anna, cast.link.id, "Ещё моё")


@pytest.mark.parametrize("act", [lambda s, w, i: rename_contract(s, w, i, "Моё"), unlink_contract])
@pytest.mark.parametrize("link_id", [None, "1", 2**70, -1])
def test_strangers_link_and_nonsense_are_not_found(session, cast, act, link_id):
    for wrong in (link_id, cast.link.id):
        with pytest.raises(NotFound):
            act(session, cast.boris, wrong)


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("", "required"),
        ("   ", "required"),
        (None, "wrong_type"),
        (["x"], "wrong_type"),
        ("x" * 101, "too_long"),
        ("x" * 1_000_000, "too_long"),
        ("a\x00b", "invalid_characters"),
        ("a\nb", "invalid_characters"),
        ("a\ud800", "invalid_characters"),
        ("a\u202eb", "invalid_characters"),
    ],
)
@pytest.mark.parametrize("field", ["title", "login", "password"])
def test_every_field_is_checked(session, cast, field, value, code):
    with pytest.raises(InvalidInput) as refused:
        opened(session, cast.boris, cast, **{field: value})
    assert refused.value.fields == {field: code}


@pytest.mark.parametrize("supplier_id", [None, "1", 0, 999, 2**63, True])
def test_supplier_must_be_one_of_the_list(session, cast, supplier_id):
    with pytest.raises(InvalidInput) as refused:
        link_contract(session, cast.boris, supplier_id, "Дача", LOGIN, CONTRACT_PASSWORD)
    assert refused.value.fields == {"supplier": "required"}


def test_sql_and_html_in_a_title_are_text(session, cast):
    title = "<b onclick=alert(1)>'; DROP TABLE contract; --</b>"
    assert rename_contract(session, cast.anna, cast.link.id, title).title == title


def test_only_reachable_suppliers_are_offered(session, cast):
    make.supplier(session, "OFF", "Закрытый").is_active = False
    make.supplier(session, "HTTP", "Через протокол").gateway = GatewayKind.HTTP
    session.flush()
    assert [s.name for s in list_suppliers(session, cast.anna)] == ["NeKta", "Дальний поставщик"]


def test_contract_password_is_kept_as_argon2id(session: Session, cast):
    assert cast.contract.password_hash.startswith("$argon2id$")
