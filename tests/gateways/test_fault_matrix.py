"""Every fault of a supplier, all at once: nothing hangs, nothing inside is reached, nothing secret is written down."""

from __future__ import annotations

import io
import logging
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import pytest

from energo_cabinet.demo.supplier_server.faults import KINDS
from energo_cabinet.gateways.circuit import Circuit
from energo_cabinet.gateways.safe_wire import Reach
from energo_cabinet.gateways.supplier import ParcelRefused, Refused, SupplierUnavailable
from energo_cabinet.gateways.supplier_http import HttpSupplier
from energo_cabinet.gateways.supplier_wire import Wire
from tests.gateways.canary import canary
from tests.gateways.demo_supplier import FLAT, PASSWORD, TOKEN
from tests.gateways.test_supplier_http import LINE, parcel
from tests.services.contract.test_login import OWN, anna, connected

__all__ = ["OWN", "anna", "connected"]

CALLS = {
    "read": lambda client: client.bills(FLAT.contract),
    "send": lambda client: client.submit_ticket(parcel(LINE)),
    "link": lambda client: client.link(FLAT.login, PASSWORD),
}
PROMISE_S = 15.0


@dataclass
class Outcome:
    """How a call under a fault ended."""

    error: Exception | None
    seconds: float


def _call(url: str, call: str) -> Outcome:
    client, begun = HttpSupplier(Wire(url, TOKEN, Reach(loopback=True), Circuit())), time.monotonic()
    try:
        CALLS[call](client)
    except Exception as error:
        return Outcome(error, time.monotonic() - begun)
    finally:
        client.close()
    return Outcome(None, time.monotonic() - begun)


@pytest.fixture(scope="module")
def matrix(running_supplier):
    """(fault, call) → outcome; what was logged meanwhile, at the most talkative level; who heard the canary."""
    written, root = io.StringIO(), logging.getLogger()
    handler, level = logging.StreamHandler(written), root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    with canary() as bird, ThreadPoolExecutor(len(CALLS) * len(KINDS)) as threads:
        running_supplier.heal()
        for kind in KINDS:
            running_supplier.fail(kind, f"/v1/{kind}/", target=f"http://127.0.0.1:{bird.port}/inside")
        addresses = {(kind, call): f"{running_supplier.url}/{kind}" for kind in KINDS for call in CALLS}
        running = {key: threads.submit(_call, address, key[1]) for key, address in addresses.items()}
        outcomes = {key: future.result() for key, future in running.items()}
        heard = bird.heard
    root.removeHandler(handler)
    root.setLevel(level)
    running_supplier.heal()
    return outcomes, written.getvalue(), heard


@pytest.mark.parametrize("call", CALLS)
@pytest.mark.parametrize("kind", KINDS)
def test_fault_becomes_a_plain_refusal(matrix, kind, call):
    error = matrix[0][kind, call].error
    assert isinstance(error, SupplierUnavailable) and not isinstance(error, ParcelRefused)
    assert len(str(error)) < 300


def test_redirect_inside_is_not_followed(matrix):
    assert matrix[2] == 0


def test_no_secret_is_written_down(matrix):
    outcomes, written, _ = matrix
    told = written + "".join(repr(one.error) for one in outcomes.values())
    assert "/links" in written
    assert [secret for secret in (TOKEN, PASSWORD, FLAT.name, LINE["email"]) if secret in told] == []


def test_supplier_that_is_well_again_answers(matrix, supplier):
    found = {call: _call(supplier.url, call).error for call in ("link", "read", "send")}
    assert found == dict.fromkeys(("link", "read", "send"))


def test_other_supplier_is_not_affected(supplier):
    circuit = Circuit()
    supplier.fail("500")
    for _ in range(3):
        with pytest.raises(Refused):
            HttpSupplier(Wire(supplier.url, TOKEN, Reach(loopback=True), circuit)).info()
    supplier.heal()
    assert circuit.is_open
    assert HttpSupplier(Wire(supplier.url, TOKEN, Reach(loopback=True), Circuit())).info()
