"""A contract of a supplier that is reached over the protocol, opened through the door (Н-26…Н-30)."""

from __future__ import annotations

import threading

import pytest
from sqlmodel import Session, select

from energo_cabinet import door
from energo_cabinet.auth.passwords import hash_password
from energo_cabinet.database import get_engine
from energo_cabinet.errors import CabinetError, Conflict
from energo_cabinet.gateways.circuit import forget_circuits
from energo_cabinet.models import Contract, ContractLoginTry, SupplierAccess, User, UserStatus
from energo_cabinet.services.contract.contract import link_contract, list_contracts, list_suppliers
from energo_cabinet.services.sign_in import account
from energo_cabinet.services.supplier.connection import ask_name, connect_supplier
from tests import cast as make
from tests.gateways.conftest import running_supplier as running_supplier
from tests.gateways.conftest import supplier as supplier
from tests.gateways.demo_supplier import FLAT, PASSWORD, TOKEN
from tests.servers import wait_for

OWN = "кошка-на-окне-2026"


@pytest.fixture
def connected(installation, supplier):
    """A supplier over the protocol; its id."""
    forget_circuits()
    with Session(get_engine()) as session:
        anna = User(email="anna@example.org", full_name="Соколова Анна", password_hash=hash_password(OWN))
        anna.status, anna.password_changed_at, anna.created_at = UserStatus.ACTIVE, make.NOW, make.NOW
        session.add(anna)
        key = make.supplier(session, "OZ", "Приозёрье").id
        session.commit()
    door.run_as_system(connect_supplier, "OZ", supplier.url, TOKEN)
    return key


@pytest.fixture
def anna(connected):
    return door.Caller(sid=door.run(door.Caller(), account.sign_in, "anna@example.org", OWN, False))


def opened(anna, connected, login=FLAT.login, password=PASSWORD):
    return door.run(anna, link_contract, connected, "Квартира", login, password)


def refusal(anna, connected, **given):
    with pytest.raises(CabinetError) as refused:
        opened(anna, connected, **given)
    return refused.value.code, refused.value.field


def rows(table):
    with Session(get_engine()) as session:
        return session.exec(select(table)).all()


def test_contract_is_opened_at_the_supplier_and_its_row_made_here(anna, connected):
    assert [choice.name for choice in door.run(anna, list_suppliers)] == ["Приозёрье"]
    card = opened(anna, connected, login=f" {FLAT.login} ")
    (listed,) = door.run(anna, list_contracts)
    assert (card.number, card.supplier_name) == (listed.number, listed.supplier_name) == (FLAT.number, "Приозёрье")
    (row,) = rows(Contract)
    assert (row.supplier_ref, row.password_hash, rows(ContractLoginTry)) == (FLAT.contract, "", [])


def test_each_refusal_stands_beside_its_field(anna, connected, supplier):
    opened(anna, connected)
    assert refusal(anna, connected) == ("already_linked", "login")
    assert refusal(anna, connected, password="нет") == ("wrong_contract_password", "password")
    assert refusal(anna, connected, login="nobody") == ("unknown_contract_login", "login")
    supplier.fail("500")
    assert refusal(anna, connected) == ("supplier_unavailable", "supplier")


def test_five_wrong_passwords_lock_the_login_here_too(anna, connected, supplier):
    codes = [refusal(anna, connected, login="ozero-51-844", password="нет")[0] for _ in range(5)]
    calls = supplier.heal()
    assert codes == ["wrong_contract_password"] * 4 + ["contract_locked"]
    assert refusal(anna, connected, login="ozero-51-844")[0] == "contract_locked"
    assert (calls["/v1/links"], supplier.heal()) == (5, {})


def test_supplier_that_is_away_does_not_lock_its_customers(anna, connected, supplier):
    supplier.fail("500")
    for _ in range(8):
        forget_circuits()
        assert refusal(anna, connected)[0] == "supplier_unavailable"
    supplier.heal()
    forget_circuits()
    assert (opened(anna, connected).number, rows(ContractLoginTry)) == (FLAT.number, [])


def test_nothing_is_locked_in_the_database_while_the_supplier_thinks(anna, connected, supplier):
    supplier.fail("timeout", "/links")
    waiting = threading.Thread(target=lambda: refusal(anna, connected))
    waiting.start()
    wait_for(lambda: supplier.fail("timeout", "/links").get("/v1/links"), 10, "the supplier is asked")
    with Session(get_engine()) as session:
        make.person(session, "boris@example.org", "Борис")
        session.commit()
    assert waiting.is_alive()
    supplier.heal()
    waiting.join(20)


def test_token_is_sealed_and_bound_to_its_row(connected):
    (access,) = rows(SupplierAccess)
    assert TOKEN not in access.sealed_token and access.sealed_token.partition(":")[0]


def test_connecting_says_what_is_wrong(connected, supplier, installation):
    cases = [("http://10.0.0.1/v1", TOKEN, "supplier_address"), ("https://x.example/v1", "a b", "supplier_token")]
    cases += [(supplier.url + "/nowhere", TOKEN, "supplier_silent"), (supplier.url, "another-token", "supplier_silent")]
    for url, token, code in cases:
        with pytest.raises(CabinetError) as refused:
            ask_name(url, token)
        assert refused.value.code == code
    installation.set(mode="production", secret_key="correct horse battery staple 4711")
    with pytest.raises(CabinetError) as refused:
        ask_name(supplier.url, TOKEN)
    assert refused.value.code == "supplier_address"


def test_supplier_whose_contracts_are_kept_here_is_not_connected(connected, supplier):
    with Session(get_engine()) as session:
        make.contract(session, make.supplier(session))
        session.commit()
    with pytest.raises(Conflict):
        door.run_as_system(connect_supplier, "NEKTA", supplier.url, TOKEN)
