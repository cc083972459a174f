"""Only public hosts are reached, by the addresses that were checked (this machine in the demo alone)."""

from __future__ import annotations

import itertools

import pytest

from energo_cabinet.gateways.circuit import Circuit
from energo_cabinet.gateways.safe_wire import AddressRefused, Reach, resolve
from energo_cabinet.gateways.supplier import SupplierUnavailable
from energo_cabinet.gateways.supplier_http import HttpSupplier
from energo_cabinet.gateways.supplier_wire import Wire
from tests.gateways.canary import canary

INSIDE = ["127.0.0.1", "10.0.0.1", "172.16.3.4", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1"]
INSIDE += [
    "::1",
    "::",
    "fe80::1%eth0",
    "fd00::1",
    "::ffff:127.0.0.1",
    "::ffff:10.0.0.1",
    "64:ff9b::7f00:1",
    "2002:7f00:1::",
    "::127.0.0.1",
    "::ffff:0:127.0.0.1",
    "fec0::1",
    "192.0.0.192",
]
PUBLIC = ["93.184.216.34", "2a02:6b8::1"]


@pytest.fixture
def bird():
    with canary() as made:
        yield made


@pytest.mark.parametrize("address", INSIDE)
def test_address_inside_is_refused(address):
    with pytest.raises(AddressRefused):
        Reach().check_addresses([address])


@pytest.mark.parametrize("address", INSIDE[1:8] + INSIDE[9:12] + INSIDE[13:])
def test_demo_reaches_this_machine_and_nothing_else_inside(address):
    with pytest.raises(AddressRefused):
        Reach(loopback=True).check_addresses([address])


def test_one_bad_address_among_good_ones_is_enough():
    assert Reach().check_addresses(PUBLIC) == PUBLIC
    for mixed in ([*PUBLIC, "10.0.0.1"], []):
        with pytest.raises(AddressRefused):
            Reach().check_addresses(mixed)


@pytest.mark.parametrize(
    "url",
    [
        "http://supplier.example/v1",
        "ftp://supplier.example/v1",
        "https://",
        "https:///v1",
        "https://user:secret@supplier.example/v1",
        "https://supplier.example/v1?x=1",
        "https://supplier.example/v1#x",
        "https://127.0.0.1/v1",
        "https://[::ffff:127.0.0.1]/v1",
        "https://169.254.169.254/v1",
        "https://пример.рф/v1",
        "http://127.0.0.1:8000/v1",
    ],
)
def test_address_that_is_no_suppliers_is_refused(url):
    with pytest.raises(AddressRefused):
        Reach().check_url(url)


def test_allowed_hosts():
    reach = Reach(frozenset({"api.supplier.example", ".energo.example"}))
    assert reach.check_url("https://api.supplier.example/v1/") == "https://api.supplier.example/v1"
    assert reach.check_url("https://cabinet.energo.example:8443/v1")
    for other in (
        "https://supplier.example/v1",
        "https://evil-energo.example/v1",
        "https://api.supplier.example.evil.com",
    ):
        with pytest.raises(AddressRefused):
            reach.check_url(other)


@pytest.mark.parametrize("host", ["localhost", "127.1", "2130706433", "0x7f000001", "localhost."])
def test_other_spellings_of_this_machine_reach_nothing(bird, host):
    with pytest.raises(SupplierUnavailable):
        HttpSupplier(Wire(f"https://{host}:{bird.port}/v1", "token", Reach(), Circuit())).info()
    assert bird.heard == 0


def test_name_that_points_inside_reaches_nothing(bird):
    for addresses in (["127.0.0.1"], ["93.184.216.34", "127.0.0.1"]):
        wire = Wire(f"https://api.example:{bird.port}/v1", "t", Reach(), Circuit(), lambda *_, a=addresses: a)
        with pytest.raises(SupplierUnavailable, match="not public"):
            HttpSupplier(wire).info()
    assert bird.heard == 0


def test_second_answer_of_the_name_server_is_never_asked_for(supplier):
    """DNS rebinding: the connection goes to the address that was checked."""
    answers = itertools.chain([["127.0.0.1"]], itertools.repeat(["10.255.255.1"]))
    wire = Wire(
        supplier.url.replace("127.0.0.1", "localhost"),
        "t" * 8,
        Reach(loopback=True),
        Circuit(),
        lambda *_: next(answers),
    )
    with pytest.raises(SupplierUnavailable, match="refuses our token"):
        HttpSupplier(wire).info()


def test_names_are_looked_up_as_the_system_does():
    assert "127.0.0.1" in resolve("127.0.0.1", 443)
