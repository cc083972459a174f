"""The circuit of a supplier: opened by failures, tried by one call, closed by an answer; time is passed in."""

from __future__ import annotations

from contextlib import ExitStack

import pytest
import stamina

from energo_cabinet.gateways.circuit import (
    AT_ONCE,
    FAILURES,
    PAUSE_S,
    Circuit,
    CircuitOpen,
    circuit_of,
    forget_circuits,
)
from energo_cabinet.gateways.supplier import SupplierUnavailable, WrongPassword
from tests.gateways.demo_supplier import FLAT
from tests.gateways.test_supplier_http import client_of


class Clock:
    now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def circuit(clock):
    return Circuit(clock)


@pytest.fixture
def client(supplier, circuit):
    """A client that does not wait between its tries."""
    with stamina.set_testing(True, attempts=3):
        yield client_of(supplier, circuit=circuit)


def fails(client, kind=SupplierUnavailable):
    with pytest.raises(kind) as refused:
        client.info()
    return type(refused.value)


def test_circuit_opens_and_closes_again(supplier, client, circuit, clock):
    supplier.fail("500")
    assert [fails(client) is CircuitOpen for _ in range(FAILURES + 2)] == [False] * FAILURES + [True] * 2
    assert supplier.fail("500")["/v1/info"] == FAILURES * 3
    clock.now += PAUSE_S
    assert [fails(client) is CircuitOpen for _ in range(2)] == [False, True]
    supplier.heal()
    clock.now += PAUSE_S
    assert client.info() and client.info() and not circuit.is_open


def test_supplier_that_says_when_is_asked_then(supplier, client, circuit, clock):
    supplier.fail("429")
    assert fails(client) is not CircuitOpen
    assert supplier.heal()["/v1/info"] == 1
    clock.now += PAUSE_S
    assert fails(client) is CircuitOpen
    clock.now += 120
    assert client.info()


def test_failure_that_passes_is_not_noticed(supplier, client, circuit):
    supplier.fail("500", times=2)
    assert client.info() and not circuit.is_open


def test_refusal_is_an_answer(client, circuit):
    for _ in range(FAILURES + 1):
        with pytest.raises(WrongPassword):
            client.link(FLAT.login, "нет")
    assert not circuit.is_open


def test_one_call_tries_after_the_pause(circuit, clock):
    for _ in range(FAILURES):
        with pytest.raises(SupplierUnavailable), circuit.call():
            raise SupplierUnavailable
    clock.now += PAUSE_S
    with circuit.call(), pytest.raises(CircuitOpen), circuit.call():
        pass
    with circuit.call():
        pass


def test_calls_that_hang_are_few(circuit):
    with ExitStack() as hanging:
        for _ in range(AT_ONCE):
            hanging.enter_context(circuit.call())
        with pytest.raises(CircuitOpen), circuit.call():
            pass
    with circuit.call():
        pass


def test_every_supplier_has_its_own():
    forget_circuits()
    for _ in range(FAILURES):
        with pytest.raises(SupplierUnavailable), circuit_of("one").call():
            raise SupplierUnavailable
    assert circuit_of("one").is_open and not circuit_of("two").is_open
