"""Contracts and people blocked by their supplier, with a reason, and unblocked."""

import pytest

from energo_cabinet.errors import CabinetError, Conflict, InvalidInput, NotFound
from energo_cabinet.models import LinkRequestStatus, NotificationKind, ServiceRegion, User
from energo_cabinet.services.contract.contract import link_contract, list_contracts
from energo_cabinet.services.contract.customer_block import (
    block_contract,
    block_person,
    unblock_contract,
    unblock_person,
    unlink_person,
)
from energo_cabinet.services.contract.link_request import request_link
from energo_cabinet.services.customers.customer import customer_page
from energo_cabinet.services.customers.request import accept_link
from tests.cast import CONTRACT_PASSWORD, contract, link, supplier
from tests.services.customers.scene import WHY, entry, kinds


def test_a_blocked_contract_cannot_be_linked_and_its_people_see_why(session, cast):
    block_contract(session, cast.grigory, cast.contract.id, WHY)
    with pytest.raises(CabinetError, match="contract_blocked") as refused:
        link_contract(session, cast.boris, cast.supplier.id, "x", cast.contract.login, CONTRACT_PASSWORD)
    assert refused.value.params == {"reason": WHY}
    assert [card.blocked for card in list_contracts(session, cast.anna)] == [WHY]
    assert kinds(session, cast.anna) == [NotificationKind.BLOCKED]
    unblock_contract(session, cast.grigory, cast.contract.id, "Спор решён")
    assert [card.blocked for card in list_contracts(session, cast.anna)] == [""]
    assert link_contract(session, cast.boris, cast.supplier.id, "x", cast.contract.login, CONTRACT_PASSWORD)


def test_a_blocked_contract_is_not_linked_by_name_either(session, cast):
    cast.contract.customer_name = "Чужой Борис Борисович"
    session.add(cast.contract)
    block_contract(session, cast.grigory, cast.contract.id, WHY)
    region = ServiceRegion(supplier_id=cast.supplier.id, title="Область")
    session.add(region)
    session.flush()
    card = request_link(session, cast.boris, str(region.id), cast.contract.number)
    assert card.status == LinkRequestStatus.WAITING
    with pytest.raises(CabinetError, match="contract_blocked"):
        accept_link(session, cast.grigory, card.id)


def test_a_blocked_person_loses_this_supplier_s_contracts_and_gets_them_back(session, cast):
    elsewhere = contract(session, supplier(session, "OTHER"), number="1")
    link(session, cast.anna, elsewhere, title="Дача")
    block_person(session, cast.grigory, cast.anna.user, WHY)
    assert [card.title for card in list_contracts(session, cast.anna)] == ["Дача"]
    with pytest.raises(CabinetError, match="customer_blocked"):
        link_contract(session, cast.anna, cast.supplier.id, "x", cast.contract.login, CONTRACT_PASSWORD)
    assert customer_page(session, cast.grigory, cast.contract.id).shut_out[0].reason == WHY
    unblock_person(session, cast.grigory, cast.anna.user, "Ошибка")
    assert {card.title for card in list_contracts(session, cast.anna)} == {"Дача", cast.link.title}
    assert session.get(User, cast.anna.user).status == "active"
    assert kinds(session, cast.anna) == [NotificationKind.UNLINKED, NotificationKind.UNBLOCKED]


def test_a_person_is_unlinked_with_a_reason(session, cast):
    unlink_person(session, cast.grigory, cast.contract.id, cast.anna.user, WHY)
    assert list_contracts(session, cast.anna) == []
    assert (entry(session).whose_id, entry(session).contract_id) == (cast.anna.user, cast.contract.id)
    link(session, cast.boris, cast.contract)
    with pytest.raises(NotFound):
        unlink_person(session, cast.grigory, cast.contract.id, cast.anna.user, WHY)


def test_every_block_needs_a_reason_and_comes_once(session, cast):
    for reason in ("", " ", "x" * 501, None, "a\x00"):
        with pytest.raises(InvalidInput):
            block_contract(session, cast.grigory, cast.contract.id, reason)
    block_contract(session, cast.grigory, cast.contract.id, WHY)
    with pytest.raises(Conflict, match="already_blocked"):
        block_contract(session, cast.grigory, cast.contract.id, WHY)
    unblock_contract(session, cast.grigory, cast.contract.id, WHY)
    with pytest.raises(Conflict, match="not_blocked"):
        unblock_contract(session, cast.grigory, cast.contract.id, WHY)
