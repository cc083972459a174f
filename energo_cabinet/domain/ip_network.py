"""What an address is counted as: one subscriber of IPv6 has 2^64 addresses, and often 2^16 networks of them."""

from __future__ import annotations

from ipaddress import IPv6Address, ip_address, ip_network

WIDER = 10
"""How many times as much as one network all those of a /48 may do together."""


def networks(ip: str) -> tuple[tuple[str, int], ...]:
    """(network, times the limit): an IPv4 address as it is, of IPv6 the /64 and the /48. Anything else is one network.

    An IPv4 address written as IPv6 (::ffff:192.0.2.1) is the IPv4 address.
    """
    try:
        address = ip_address(ip)
    except ValueError:
        return ((ip[:45], 1),)
    if isinstance(address, IPv6Address) and address.ipv4_mapped is not None:
        address = address.ipv4_mapped
    if not isinstance(address, IPv6Address):
        return ((str(address), 1),)
    wide = ((64, 1), (48, WIDER))
    return tuple((str(ip_network((address, bits), strict=False)), times) for bits, times in wide)


def network(ip: str) -> str:
    """The narrowest of them."""
    return networks(ip)[0][0]
