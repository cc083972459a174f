"""Contracts issued by the staff, and the sheet with the password, printed once (Н-29)."""

from dataclasses import replace

import pytest
from sqlmodel import select

from energo_cabinet.auth.login_session import open_session
from energo_cabinet.errors import CabinetError, Conflict, InvalidInput
from energo_cabinet.models import Contract, GatewayKind, LoginSession, User
from energo_cabinet.services.contract.contract import link_contract, list_contracts
from energo_cabinet.services.customers.contract import ContractForm, issue_contract, print_sheet
from energo_cabinet.services.customers.search import search_contracts
from energo_cabinet.settings import get_settings
from tests.cast import CONTRACT_PASSWORD

FORM = ContractForm("77-15", "Орлов Пётр Ильич", "г. Северогорск, ул. Речная, д. 3", "flat")


def test_an_issued_contract_is_closed_until_its_sheet_is_printed(session, cast):
    made = session.get(Contract, issue_contract(session, cast.grigory, FORM))
    with pytest.raises(CabinetError, match="wrong_contract_password"):
        link_contract(session, cast.boris, cast.supplier.id, "Мой", made.login, "x")
    sheet = print_sheet(session, cast.grigory, made.id, 0)
    assert link_contract(session, cast.boris, cast.supplier.id, "Мой", sheet.login, sheet.password).number == "77-15"
    assert search_contracts(session, cast.grigory, "орлов 77-15").rows[0].contract_id == made.id


@pytest.mark.parametrize("field", ["number", "customer_name", "address", "consumer_class"])
def test_a_contract_needs_every_field(session, cast, field):
    for wrong in ("", "x" * 301, "a\x00b", None):
        with pytest.raises(InvalidInput) as refused:
            issue_contract(session, cast.grigory, replace(FORM, **{field: wrong}))
        assert list(refused.value.fields) == [field]


def test_a_number_is_issued_once(session, cast):
    issue_contract(session, cast.grigory, FORM)
    with pytest.raises(Conflict, match="number_taken"):
        issue_contract(session, cast.grigory, FORM)


def test_a_sheet_exists_once_and_only_its_hash_stays(session, cast):
    sheet = print_sheet(session, cast.grigory, cast.contract.id, 0, True)
    session.refresh(cast.contract)
    assert cast.contract.password_hash.startswith("$argon2id$") and cast.contract.login == sheet.login
    kept = [session.execute(table.select()).all() for table in Contract.metadata.sorted_tables]
    assert sheet.password not in repr(kept)
    for issue in (0, 2, None, "1"):
        with pytest.raises(Conflict, match="sheet_is_gone"):
            print_sheet(session, cast.grigory, cast.contract.id, issue)
    assert print_sheet(session, cast.grigory, cast.contract.id, 1).login == sheet.login


def test_a_reset_ends_no_session_and_no_link(session, cast):
    open_session(session, cast.anna, session.get(User, cast.anna.user), False, get_settings())
    sheet = print_sheet(session, cast.grigory, cast.contract.id, 0)
    assert session.exec(select(LoginSession)).one().revoked_at is None
    assert [card.contract_id for card in list_contracts(session, cast.anna)] == [cast.contract.id]
    with pytest.raises(CabinetError, match="wrong_contract_password"):
        link_contract(session, cast.boris, cast.supplier.id, "x", sheet.login, CONTRACT_PASSWORD)


def test_contracts_of_a_supplier_with_its_own_system_are_issued_there(session, cast):
    cast.supplier.gateway = GatewayKind.HTTP
    session.add(cast.supplier)
    for refused in (
        lambda: issue_contract(session, cast.grigory, FORM),
        lambda: print_sheet(session, cast.grigory, cast.contract.id, 0),
    ):
        with pytest.raises(CabinetError, match="contracts_elsewhere"):
            refused()
