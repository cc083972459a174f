"""What a setting may be: read into its meaning once at the start, and refused there with one sentence.

A setting that is only looked at when it is used stops its part of the work in silence, or a sign-in with a fault.
"""

from __future__ import annotations

import base64
import binascii
import os
import re
from collections.abc import Callable
from email.errors import HeaderParseError
from email.headerregistry import Address
from pathlib import Path
from typing import Annotated, TypeVar
from urllib.parse import SplitResult, urlsplit
from zoneinfo import ZoneInfo

from limits import parse
from pydantic import AfterValidator, SecretStr

LOOPBACK_HOSTS = frozenset({"127.0.0.1", "::1", "localhost"})
PORTS = {"http": 80, "https": 443}
SHORTEST_KEY, FEWEST_SIGNS = 32, 10
V = TypeVar("V")


def _split(value: str, schemes: tuple[str, ...]) -> SplitResult:
    """The parts of a URL with a host; ValueError in words for anything else."""
    try:
        parts = urlsplit(value)
        parts.port  # noqa: B018 - it is read to see whether it is a number
    except ValueError:
        raise ValueError(f"must be an address that begins with {' or '.join(schemes)}") from None
    if parts.scheme not in schemes or not parts.hostname or re.search(r"[\s\x00-\x1f]", value):
        raise ValueError(f"must be an address that begins with {' or '.join(f'{s}://' for s in schemes)}")
    return parts


def origin(value: str) -> str:
    """As a browser writes the origin of an address: small letters, no port that goes without saying."""
    parts = urlsplit(value)
    scheme, host = parts.scheme.lower(), (parts.hostname or "").lower()
    shown = f"[{host}]" if ":" in host else host
    return f"{scheme}://{shown}" + (f":{parts.port}" if parts.port and parts.port != PORTS.get(scheme) else "")


def _public(value: str) -> str:
    if not value:
        return value
    parts = _split(value, ("http", "https")) if "*" not in value else urlsplit(value)
    if parts.username or parts.password:
        raise ValueError("must be an address without a user: browsers never send one as an origin")
    if parts.path.strip("/") or parts.query or parts.fragment:
        raise ValueError("must be the address of a whole host, without a path: the cabinet is not served below one")
    return origin(value) if parts.hostname and "*" not in value else value


def _limit(value: str) -> str:
    try:
        item = parse(value)
    except ValueError:
        raise ValueError("must be a rate such as 5/15minutes") from None
    if item.amount < 1 or item.multiples < 1:
        raise ValueError("must allow at least one")
    return value


def _zone(value: str) -> str:
    try:
        ZoneInfo(value)
    except (OSError, ValueError, KeyError):
        raise ValueError("must be a time zone such as Europe/Moscow") from None
    return value


def _file(value: Path | None) -> Path | None:
    if value is not None and not (value.is_file() and os.access(value, os.R_OK)):
        raise ValueError("must be a file that can be read")
    return value


def _sender(value: str) -> str:
    if value:
        try:
            Address(addr_spec=value)
        except (HeaderParseError, ValueError, IndexError):
            raise ValueError("must be one e-mail address") from None
    return value


def _hosts(value: str) -> str:
    names = [name.strip() for name in value.split(",") if name.strip()]
    if wrong := [name for name in names if not re.fullmatch(r"\.?[A-Za-z0-9]([A-Za-z0-9.\-]*[A-Za-z0-9])?", name)]:
        raise ValueError(f"must be names of hosts with commas between them; {len(wrong)} of them are none")
    return value


def _database(value: str) -> str:
    if value and not re.match(r"(sqlite|postgresql\+psycopg)://", value):
        raise ValueError("must begin with sqlite:/// or postgresql+psycopg://")
    return value


def _redis(value: str) -> str:
    if value:
        parts = _split(value, ("redis", "rediss", "unix")) if not value.startswith("unix://") else urlsplit(value)
        if not parts.password and parts.scheme != "unix" and parts.hostname not in LOOPBACK_HOSTS:
            raise ValueError("must name a password: sessions are kept there, and the host is another machine")
    return value


def _secret(check: Callable[[str], None]) -> AfterValidator:
    """A check of what is inside of a secret; its words must not repeat it."""

    def checked(value: SecretStr) -> SecretStr:
        if inside := value.get_secret_value():
            check(inside)
        return value

    return AfterValidator(checked)


def _smtp(value: str) -> None:
    _split(value, ("smtp", "smtps"))


def _sms(value: str) -> None:
    parts = _split(value, ("http", "https"))
    if parts.scheme != "https" and parts.hostname not in LOOPBACK_HOSTS:
        raise ValueError("must begin with https://: the codes would be read on the way")
    if not parts.username:
        raise ValueError("must name the token of the gateway: https://TOKEN@host/path")


def _key(value: str) -> None:
    if len(value) >= SHORTEST_KEY and len(set(value)) < FEWEST_SIGNS:
        raise ValueError("must be random: the same few signs again and again are guessed")


def _keys(value: str) -> None:
    for part in value.split(","):
        name, _, key = part.strip().partition(":")
        try:
            size = len(base64.b64decode(key, validate=True))
        except binascii.Error:
            size = 0
        if not name or size != 32:
            raise ValueError("must be id:base64 of 32 bytes, with commas between several")


PublicUrl = Annotated[str, AfterValidator(_public)]
Limit = Annotated[str, AfterValidator(_limit)]
Zone = Annotated[str, AfterValidator(_zone)]
ReadableFile = Annotated[Path | None, AfterValidator(_file)]
Sender = Annotated[str, AfterValidator(_sender)]
Hosts = Annotated[str, AfterValidator(_hosts)]
DatabaseUrl = Annotated[str, AfterValidator(_database)]
RedisUrl = Annotated[str, AfterValidator(_redis)]
SmtpUrl = Annotated[SecretStr, _secret(_smtp)]
SmsUrl = Annotated[SecretStr, _secret(_sms)]
SecretKey = Annotated[SecretStr, _secret(_key)]
SealKeys = Annotated[SecretStr, _secret(_keys)]
