"""Secrets given to a command."""

from __future__ import annotations

import sys


def secret_of(argument: str) -> str:
    """The argument itself, or one line of standard input for "-" (other users see arguments, not input)."""
    return sys.stdin.readline().rstrip("\r\n") if argument == "-" else argument
