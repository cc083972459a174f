"""A payment order as a QR code by ГОСТ Р 56042-2014: what the text holds, and its squares as an SVG path.

`ST00012|Name=…|PersonalAcc=…|BankName=…|BIC=…|CorrespAcc=…|Sum=…` — format ST, version 0001, encoding 2 (UTF-8), then
the separator, which no value may contain: a value with «|» makes another sign the separator.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

import qrcode
from qrcode.constants import ERROR_CORRECT_M

PREFIX = "ST00012"
SEPARATORS = "|#;^~_{}"
MANDATORY = ("Name", "PersonalAcc", "BankName", "BIC", "CorrespAcc")
LONGEST: Mapping[str, int] = {
    "Name": 160,
    "PersonalAcc": 20,
    "BankName": 45,
    "BIC": 9,
    "CorrespAcc": 20,
    "Sum": 18,
    "Purpose": 210,
    "PayeeINN": 12,
    "KPP": 9,
    "PersAcc": 30,
    "LastName": 60,
    "FirstName": 60,
    "MiddleName": 60,
    "PayerAddress": 160,
    "PaymPeriod": 10,
}
"""Fields in the order they are written, and the most characters of each: a longer text is cut, a number refused."""

FREE_TEXTS = frozenset({"Name", "BankName", "Purpose", "LastName", "FirstName", "MiddleName", "PayerAddress"})
QUIET_ZONE = 4


class PaymentFieldError(ValueError):
    """A field that the standard requires is empty, or a number has the wrong length; `field` names it."""

    def __init__(self, field: str) -> None:
        super().__init__(field)
        self.field = field


@dataclass(frozen=True, slots=True)
class QrPath:
    """A QR code as one SVG path in a square of `size` modules, the quiet zone included."""

    size: int
    path: str


def payment_text(fields: Mapping[str, str], sum_rub: Decimal) -> str:
    """The text of the code; empty fields are left out. PaymentFieldError: a mandatory one, or one of a wrong length."""
    given = {name: _clean(name, fields.get(name, "")) for name in LONGEST if name != "Sum"}
    for name in MANDATORY:
        if not given[name]:
            raise PaymentFieldError(name)
    kopecks = sum_rub * 100
    if kopecks <= 0 or kopecks != kopecks.to_integral_value():
        raise PaymentFieldError("Sum")
    ordered = {name: given.get(name) or (f"{int(kopecks)}" if name == "Sum" else "") for name in LONGEST}
    pairs = [f"{name}={value}" for name, value in ordered.items() if value]
    separator = next((sign for sign in SEPARATORS if not any(sign in pair for pair in pairs)), "")
    if not separator:
        raise PaymentFieldError("Purpose")
    return separator.join([PREFIX, *pairs])


def qr_path(text: str) -> QrPath:
    """The code of a text, with medium error correction: a row's neighbouring squares are one rectangle."""
    code = qrcode.QRCode(error_correction=ERROR_CORRECT_M, border=QUIET_ZONE)
    code.add_data(text.encode(), optimize=0)
    matrix = code.get_matrix()
    parts = []
    for y, row in enumerate(matrix):
        x = 0
        while x < len(row):
            end = x
            while end < len(row) and row[end]:
                end += 1
            if end > x:
                parts.append(f"M{x} {y}h{end - x}v1h-{end - x}z")
            x = end + 1
    return QrPath(len(matrix), "".join(parts))


def _clean(name: str, value: str) -> str:
    """One line without controls; free texts cut to what the standard allows."""
    clean = " ".join("".join(c if c.isprintable() else " " for c in value).split())
    if len(clean) > LONGEST[name]:
        if name not in FREE_TEXTS:
            raise PaymentFieldError(name)
        clean = clean[: LONGEST[name]].rstrip()
    return clean
