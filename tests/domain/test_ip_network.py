"""Addresses are counted by networks that nobody chooses (RC-2)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from energo_cabinet.domain.ip_network import network, networks


@pytest.mark.parametrize(
    ("ip", "found"),
    [
        ("192.0.2.1", (("192.0.2.1", 1),)),
        ("::ffff:192.0.2.1", (("192.0.2.1", 1),)),
        ("2001:db8:5:6::1", (("2001:db8:5:6::/64", 1), ("2001:db8:5::/48", 10))),
        ("", (("", 1),)),
        ("x" * 99, (("x" * 45, 1),)),
    ],
)
def test_what_an_address_counts_as(ip, found):
    assert networks(ip) == found


@given(st.ip_addresses(v=6, network="2001:db8:1:2::/64"), st.ip_addresses(v=6, network="2001:db8:1:2::/64"))
def test_addresses_of_one_64_are_one(one, other):
    assert network(str(one)) == network(str(other))
