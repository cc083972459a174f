"""The numbers of tests that draw: of an ordinary run, of `make soak` (docs/security-tests.md names the tests)."""

from __future__ import annotations

from typing import NamedTuple


class Number(NamedTuple):
    """How many in an ordinary run and in a soak."""

    ci: int
    soak: int


NUMBERS = {
    "socket messages": Number(300, 2000),
    "unknown events": Number(1000, 5000),
    "tabs closed": Number(60, 500),
    "users beside a flooder": Number(10, 10),
    "calls of REST": Number(600, 8000),
    "hands on one code": Number(50, 50),
    "wrong passwords": Number(100, 100),
    "forms of known and unknown": Number(11, 100),
    "server kills": Number(6, 100),
    "stops of PostgreSQL": Number(2, 5),
    "rounds on a full disk": Number(2, 30),
    "stops of Redis": Number(1, 5),
    "mutations of XML": Number(200, 1000),
    "examples of XML in places": Number(100, 500),
    "steps of the model": Number(400, 50_000),
    "steps of the model on PostgreSQL": Number(100, 2_000),
    "seconds of fuzzing a parser": Number(1, 60),
}
"""By what is counted."""
