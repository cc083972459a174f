"""Addresses by which a person recognises their own and nobody learns another's."""

from __future__ import annotations

HIDDEN = "•••"


def masked_email(address: str) -> str:
    """«an•••@example.ru»."""
    name, _, host = address.rpartition("@")
    return f"{name[:2] if len(name) > 3 else name[:1]}{HIDDEN}@{host}" if name else HIDDEN


def masked_phone(number: str) -> str:
    """«+7 ••• •••-18-42»: the last four digits of a number in E.164."""
    digits = number.removeprefix("+7")
    return f"+7 ••• •••-{digits[-4:-2]}-{digits[-2:]}" if len(digits) == 10 and digits.isdigit() else HIDDEN
