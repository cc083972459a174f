"""Numbers of files: kWh as text to whole Wh, exactly."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_EVEN, Decimal

from energo_cabinet.domain.values.profile_day import LARGEST_WH

_NUMBER = re.compile(r"\d{1,15}(?:[.,]\d{0,15})?|[.,]\d{1,15}", re.ASCII)
WH_PER_KWH = Decimal(1000)


class NumberError(ValueError):
    """`code` says what is wrong with a number."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def to_wh(text: str, factor: Decimal = WH_PER_KWH, largest: int = LARGEST_WH) -> int:
    """Wh of a non-negative decimal times `factor`; NumberError "negative", "not_a_number" or "too_large"."""
    if not _NUMBER.fullmatch(text):
        raise NumberError("negative" if _NUMBER.fullmatch(text[1:]) and text[0] in "-−" else "not_a_number")
    found = int((Decimal(text.replace(",", ".")) * factor).quantize(Decimal(1), ROUND_HALF_EVEN))
    if found > largest:
        raise NumberError("too_large")
    return found
