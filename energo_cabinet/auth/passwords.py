"""Password hashes: argon2id through the passlib API, a few at a time (SECURITY 2.1, 6)."""

from __future__ import annotations

from functools import lru_cache
from threading import BoundedSemaphore

from passlib.context import CryptContext

MAX_LENGTH = 256
"""Longest password accepted, in characters; longer ones are refused, never cut."""

_context = CryptContext(
    schemes=["argon2"],
    argon2__type="ID",
    argon2__memory_cost=19456,
    argon2__time_cost=2,
    argon2__parallelism=1,
)
_slots = BoundedSemaphore(4)  # 19 MiB and 55 ms of a core each: a flood of sign-ins must not take the machine


def hash_password(password: str) -> str:
    """The hash to store, `$argon2id$…`."""
    with _slots:
        return str(_context.hash(password))


def verify_password(password: str, stored: str) -> bool:
    """Whether `password` is the one behind `stored`, exactly as typed; as slow for an empty `stored`."""
    if len(password) > MAX_LENGTH:
        return False
    encodable = password.encode("utf-8", "replace")  # a lone surrogate fits no password
    with _slots:
        return bool(_context.verify(encodable, stored or _nobody())) and bool(stored)


def needs_rehash(stored: str) -> bool:
    """Whether `stored` is weaker than today's parameters."""
    return bool(_context.needs_update(stored))


@lru_cache
def _nobody() -> str:
    """A hash that no account has, so that an unknown address costs what a known one costs."""
    return str(_context.hash("nobody has this password"))
