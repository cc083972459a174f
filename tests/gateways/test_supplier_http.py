"""The `http` gateway reads every resource of a supplier and hands over what customers send."""

from __future__ import annotations

import itertools

import pytest

from energo_cabinet.gateways.circuit import Circuit
from energo_cabinet.gateways.safe_wire import Reach
from energo_cabinet.gateways.supplier import (
    Parcel,
    ParcelRefused,
    Receipt,
    SupplierUnavailable,
    UnknownLogin,
    WrongPassword,
)
from energo_cabinet.gateways.supplier_client import AccessRefused, ContractGone, CursorExpired, SupplierClient
from energo_cabinet.gateways.supplier_http import HttpSupplier
from energo_cabinet.gateways.supplier_wire import Wire
from tests.gateways.demo_supplier import FLAT, PASSWORD, TOKEN

COUNTER = itertools.count()
LISTS = ("bills", "payments", "readings", "profile", "events", "notifications", "ticket_updates", "decisions")
READING = {"number": "1", "point": FLAT.point, "serial": FLAT.serial, "read_at": "2026-11-22T10:00:00+03:00"}
READING |= {"submission": 17, "registers_wh": {"T0": 99_000_000}, "doubts": [], "photos": 0}
LINE = {"ticket_id": 8, "number": 1, "category": "charges", "theme": "Счёт", "point": "", "email": "a@example.ru"}
LINE |= {"phone": "", "message_id": 21, "text": "Почему?", "status": "new", "written_at": "2026-11-22T10:00:00+03:00"}
LINE |= {"files": [{"id": 4, "name": "счёт.png", "size": 10, "media_type": "image/png"}]}


def client_of(supplier, token=TOKEN, circuit=None) -> HttpSupplier:
    return HttpSupplier(Wire(supplier.url, token, Reach(loopback=True), circuit or Circuit()))


@pytest.fixture
def client(supplier):
    made = client_of(supplier)
    yield made
    made.close()


@pytest.fixture
def flat(client):
    return client.link(FLAT.login, PASSWORD).ref


def parcel(payload, key=None):
    return Parcel(key or f"key {next(COUNTER)}", FLAT.number, payload, FLAT.contract)


def test_gateway_is_the_client_that_sync_uses(client):
    client: SupplierClient = client
    assert client.info().name == "Приозёрье Энергосбыт"


def test_contract_is_opened_by_login_and_password(client):
    facts = client.link(FLAT.login, PASSWORD)
    assert (facts.number, facts.ref, facts.consumer_class) == (FLAT.number, FLAT.contract, "flat")


def test_refusals_of_a_login(client):
    with pytest.raises(UnknownLogin):
        client.link("nobody", PASSWORD)
    with pytest.raises(WrongPassword):
        client.link(FLAT.login, "нет")


@pytest.mark.parametrize("resource", ["contract", "balance", "points", "meters"])
def test_document_comes_once_and_then_unchanged(client, flat, resource):
    first = getattr(client, resource)(flat)
    again = getattr(client, resource)(flat, first.etag)
    assert (again.document, again.etag) == (None, first.etag)
    assert first.document and first.etag


@pytest.mark.parametrize("resource", LISTS)
def test_list_comes_page_by_page_and_then_nothing(client, flat, resource):
    page = getattr(client, resource)(flat)
    assert page.items or resource in ("ticket_updates", "decisions")
    assert getattr(client, resource)(flat, page.next_cursor or "0").items == ()


def test_changes_name_what_is_new(client, flat):
    page = client.changes()
    assert {change.contract for change in page.items} >= {flat} and page.data_as_of.tzinfo


def test_contract_of_others_and_old_cursor(client, flat):
    with pytest.raises(ContractGone):
        client.balance("c-unknown")
    with pytest.raises(CursorExpired):
        client.bills(flat, "yesterday")


def test_other_token_is_refused(supplier):
    with pytest.raises(AccessRefused):
        client_of(supplier, "another-token").info()


def test_submissions_arrive_once_under_the_deliverys_key(supplier, client, flat):
    reading, line = parcel(READING), parcel(LINE)
    receipts = [client.submit_reading(reading), client.submit_reading(reading), client.submit_ticket(line)]
    assert [receipt.status for receipt in receipts] == ["waiting", "waiting", "accepted"]
    taken = [one for one in supplier.submissions() if one["key"] in (reading.key, line.key)]
    assert [one["key"] for one in taken] == [reading.key, line.key]
    assert taken[1]["body"]["files"] == [{"name": "счёт.png", "size": 10, "media_type": "image/png"}]


def test_reading_that_is_refused_says_why(client, flat):
    receipt = client.submit_reading(parcel(READING | {"registers_wh": {"T0": 1}}))
    assert receipt == Receipt("rejected", "Показание меньше того, что прибор передал сам")


def test_key_of_another_body_is_final_and_a_contract_without_a_name_waits(client, flat):
    client.submit_ticket(parcel(LINE, "twice"))
    with pytest.raises(ParcelRefused):
        client.submit_ticket(parcel(LINE | {"text": "Другое"}, "twice"))
    with pytest.raises(SupplierUnavailable):
        client.submit_ticket(Parcel("k", FLAT.number, LINE))
