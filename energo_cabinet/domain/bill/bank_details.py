"""Bank details of a payee: lengths and the control keys of accounts (ЦБ РФ № 515 of 08.09.1997) and of an ИНН."""

from __future__ import annotations

from collections.abc import Mapping

LENGTHS = {"bic": (9,), "account": (20,), "corr_account": (20,), "inn": (10, 12), "kpp": (9,)}
OPTIONAL = frozenset({"inn", "kpp"})
_WEIGHTS = (7, 1, 3)
_INN = {10: ((2, 4, 10, 3, 5, 9, 4, 6, 8),), 12: ((7, 2, 4, 10, 3, 5, 9, 4, 6, 8), (3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8))}


def wrong_details(details: Mapping[str, str]) -> list[str]:
    """Names of the fields that cannot be right: bic, account, corr_account, inn, kpp."""
    wrong = [name for name, lengths in LENGTHS.items() if not _has_length(name, details.get(name, ""), lengths)]
    if wrong:
        return wrong
    bic = details["bic"]
    if not _is_account(bic[-3:], details["account"]):
        wrong.append("account")
    if not _is_account(f"0{bic[4:6]}", details["corr_account"]):
        wrong.append("corr_account")
    if details.get("inn") and not _is_inn(details["inn"]):
        wrong.append("inn")
    return wrong


def _has_length(name: str, value: str, lengths: tuple[int, ...]) -> bool:
    if not value:
        return name in OPTIONAL
    return value.isascii() and value.isdigit() and len(value) in lengths


def _is_account(prefix: str, account: str) -> bool:
    digits = map(int, prefix + account)
    return sum(digit * _WEIGHTS[i % 3] % 10 for i, digit in enumerate(digits)) % 10 == 0


def _is_inn(inn: str) -> bool:
    digits = list(map(int, inn))
    checks = _INN[len(inn)]
    keys = [sum(w * d for w, d in zip(weights, digits, strict=False)) % 11 % 10 for weights in checks]
    return keys == digits[-len(checks) :]
