"""Connections to hosts that others name: public addresses only, and never longer than the call may last.

A name is looked up once, every address it has is checked, and the connection goes to a checked address, so that a
second answer of the name server (DNS rebinding) is never asked for. The certificate is checked against the name.
"""

from __future__ import annotations

import socket
import ssl
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import Any
from urllib.parse import urlsplit

import certifi
import httpcore
import httpx

MOST_ADDRESSES = 3
REFUSED = tuple(
    ip_network(net)
    for net in (
        *("64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "::/96", "::ffff:0:0:0/96"),  # an IPv4 address inside
        *("fec0::/10", "5f00::/16", "3fff::/20"),  # of a site, of segment routing, of documentation
        *("192.0.0.0/24", "192.88.99.0/24"),  # of protocols (a cloud answers with secrets there), of relays
    )
)
"""Beyond what Python calls not global: nobody needs these to reach a supplier."""

Resolve = Callable[[str, int], list[str]]

_names = ThreadPoolExecutor(max_workers=8, thread_name_prefix="names")
_ends_at: ContextVar[float] = ContextVar("ends_at", default=float("inf"))


class AddressRefused(Exception):
    """This host must not be reached; `args[0]` says why."""


@dataclass(frozen=True, slots=True)
class Reach:
    """What may be reached: `hosts` (all when there are none), this machine itself in the demo only."""

    hosts: frozenset[str] = frozenset()
    loopback: bool = False
    ca_file: str = ""

    def check_url(self, url: str) -> str:
        """The base address without a trailing slash; AddressRefused."""
        parts = urlsplit(url)
        host = (parts.hostname or "").rstrip(".")
        if not host or not url.isascii() or parts.username or parts.password or parts.query or parts.fragment:
            raise AddressRefused("https://host/path is expected, nothing before the host or after the path")
        _ = parts.port  # ValueError of urlsplit for what is no port
        self._check_host(host)
        if parts.scheme != "https" and not (parts.scheme == "http" and self.loopback and _is_loopback(host)):
            raise AddressRefused("https is needed")
        return url.rstrip("/")

    def check_addresses(self, addresses: Iterable[str]) -> list[str]:
        """Addresses of a host, all of them allowed; AddressRefused."""
        found = list(addresses)
        if not found or not all(self._is_allowed(ip_address(one.partition("%")[0])) for one in found):
            raise AddressRefused("the host has an address that is not public")
        return found

    def _check_host(self, host: str) -> None:
        names = self.hosts
        if names and not any(host == name or (name.startswith(".") and host.endswith(name)) for name in names):
            raise AddressRefused("the host is not in ENERGO_SUPPLIER_HOSTS")
        try:
            literal = ip_address(host)
        except ValueError:
            return
        if not self._is_allowed(literal):
            raise AddressRefused("the host has an address that is not public")

    def _is_allowed(self, ip: IPv4Address | IPv6Address) -> bool:
        if isinstance(ip, IPv6Address) and ip.ipv4_mapped:
            ip = ip.ipv4_mapped
        if ip.is_loopback:
            return self.loopback
        return ip.is_global and not ip.is_multicast and not any(ip in net for net in REFUSED)


@contextmanager
def lasting(seconds: float) -> Iterator[None]:
    """Every wait for the network in this block ends when it does."""
    token = _ends_at.set(time.monotonic() + seconds)
    try:
        yield
    finally:
        _ends_at.reset(token)


def left() -> float:
    """Seconds the block still lasts; httpcore.ReadTimeout when it is over."""
    seconds = _ends_at.get() - time.monotonic()
    if seconds <= 0:
        raise httpcore.ReadTimeout("the call lasted too long")
    return seconds


def resolve(host: str, port: int) -> list[str]:
    """Addresses of a name, as the system knows them."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


class CheckedBackend(httpcore.NetworkBackend):
    """TCP to checked addresses."""

    def __init__(self, reach: Reach, resolver: Resolve = resolve) -> None:
        self._reach, self._resolve, self._tcp = reach, resolver, httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        """A connection to the first checked address that takes it."""
        failure: Exception = httpcore.ConnectError("no address")
        for address in self._reach.check_addresses(self._addresses(host, port, timeout))[:MOST_ADDRESSES]:
            try:
                return _Bounded(self._tcp.connect_tcp(address, port, _shorter(timeout)))
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failure = error
        raise failure

    def _addresses(self, host: str, port: int, timeout: float | None) -> list[str]:
        """In a thread of its own: a silent name server knows no limit of time."""
        try:
            return _names.submit(self._resolve, host, port).result(_shorter(timeout))
        except TimeoutError:
            raise httpcore.ConnectTimeout("no answer of the name server") from None
        except OSError as error:
            raise httpcore.ConnectError(type(error).__name__) from None


class _Bounded(httpcore.NetworkStream):
    """A stream whose waits end with the call, however many of them there are."""

    def __init__(self, stream: httpcore.NetworkStream) -> None:
        self._stream = stream

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, _shorter(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, _shorter(timeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        return _Bounded(self._stream.start_tls(ssl_context, server_hostname, _shorter(timeout)))

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


class CheckedTransport(httpx.BaseTransport):
    """httpx over `CheckedBackend`; no proxies, no unix sockets."""

    def __init__(self, reach: Reach, resolver: Resolve = resolve) -> None:
        context = ssl.create_default_context(cafile=reach.ca_file or certifi.where())
        self._pool = httpcore.ConnectionPool(
            ssl_context=context,
            max_connections=4,
            max_keepalive_connections=1,
            keepalive_expiry=5.0,
            network_backend=CheckedBackend(reach, resolver),
        )

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send a request; httpx.TransportError, AddressRefused."""
        url = httpcore.URL(
            scheme=request.url.raw_scheme,
            host=request.url.raw_host,
            port=request.url.port,
            target=request.url.raw_path,
        )
        asked = httpcore.Request(
            request.method, url, headers=request.headers.raw, content=request.stream, extensions=request.extensions
        )
        with _as_httpx():
            answer = self._pool.handle_request(asked)
        assert isinstance(answer.stream, Iterable)
        return httpx.Response(answer.status, headers=answer.headers, stream=_Body(answer), extensions=answer.extensions)

    def close(self) -> None:
        """Close its connections."""
        self._pool.close()


class _Body(httpx.SyncByteStream):
    """An answer's body."""

    def __init__(self, answer: httpcore.Response) -> None:
        self._answer = answer

    def __iter__(self) -> Iterator[bytes]:
        with _as_httpx():
            yield from self._answer.iter_stream()

    def close(self) -> None:
        with _as_httpx():
            self._answer.close()


@contextmanager
def _as_httpx() -> Iterator[None]:
    """httpcore's errors as one of httpx, without what was sent in its words."""
    try:
        yield
    except httpcore.TimeoutException as error:
        raise httpx.TimeoutException(type(error).__name__) from None
    except (httpcore.NetworkError, httpcore.ProtocolError, httpcore.UnsupportedProtocol) as error:
        raise httpx.TransportError(type(error).__name__) from None


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def _shorter(timeout: float | None) -> float:
    return left() if timeout is None else min(timeout, left())
