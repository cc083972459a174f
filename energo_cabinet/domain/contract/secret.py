"""Logins and passwords of contracts that a supplier hands out on paper: read aloud and typed without doubt."""

from __future__ import annotations

import secrets

LETTERS = "abcdefghkmnpqrstuvwxyz"
DIGITS = "23456789"
"""Nothing that looks like something else: no 0, 1, i, j, l, o."""


def new_contract_login() -> str:
    """Like «km-482-951»: unique only after a look into the table."""
    return f"{_some(LETTERS, 2)}-{_some(DIGITS, 3)}-{_some(DIGITS, 3)}"


def new_contract_password() -> str:
    """Three groups of four of thirty signs, 58 bits: behind a lock after five tries it needs no more."""
    return "-".join(_some(LETTERS + DIGITS, 4) for _ in range(3))


def new_code() -> str:
    """A code to be sent: two groups of four, 39 bits behind five tries."""
    return "-".join(_some(LETTERS + DIGITS, 4) for _ in range(2))


def code_of(digest: bytes) -> str:
    """Three groups of four signs, 58 bits, of a digest of 32 bytes: always the same of the same."""
    number, signs = int.from_bytes(digest, "big"), LETTERS + DIGITS
    spelt = [signs[number // len(signs) ** place % len(signs)] for place in range(12)]
    return "-".join("".join(spelt[i : i + 4]) for i in range(0, 12, 4))


def code_key(code: str) -> str:
    """A code as it is compared: without spaces, dashes and case."""
    return "".join(sign for sign in code.casefold() if sign in LETTERS + DIGITS)


def _some(signs: str, count: int) -> str:
    return "".join(secrets.choice(signs) for _ in range(count))
