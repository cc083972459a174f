"""Whether typed register readings can be right (F-5): what is refused, what is doubted and why."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

TOTAL = "T0"
WH = 1000

DoubtCode = Literal["below", "rollover", "missing_digit", "extra_digit", "too_much", "same"]

SLIP_FACTOR, SLIP_FLOOR_WH = 5, 50 * WH
"""So many times the usual consumption makes one look for a slipped digit."""

_NUMBER = re.compile(r"\d{1,15}(\.\d{1,9})?", re.ASCII)
_GAPS = str.maketrans("", "", " \u00a0\u202f\u2009'")


@dataclass(frozen=True, slots=True)
class Dial:
    """A register: digits before and after the comma, in kWh."""

    digits: int
    decimals: int

    @property
    def capacity_wh(self) -> int:
        """What it shows as zero again."""
        return int(10**self.digits) * WH


@dataclass(frozen=True, slots=True)
class Doubt:
    """Why a value may be wrong. `zone` "": all together; `wh`: the energy in question, or the value meant."""

    zone: str
    code: DoubtCode
    wh: int


@dataclass(frozen=True, slots=True)
class Before:
    """What is known of a register: its last value, the most and the usual since then (Wh on its own dial)."""

    last_wh: int | None = None
    most_wh: int | None = None
    usual_wh: int | None = None


def register_of(typed: object, dial: Dial) -> int | str:
    """Wh of a typed value («12 345,6»), or the code of what is wrong with it."""
    plain = typed.translate(_GAPS).replace(",", ".") if isinstance(typed, str) else ""
    if not plain:
        return "reading_required"
    if not _NUMBER.fullmatch(plain):
        return "reading_number"
    whole, _, part = plain.partition(".")
    if len(whole.lstrip("0")) > dial.digits:
        return "reading_digits"
    if len(part.rstrip("0")) > dial.decimals:
        return "reading_precision"
    return int(Decimal(plain) * WH)


def most_energy_wh(power_kw: Decimal, hours: float, ratio: Decimal) -> int:
    """The most a register can have gone on in so many hours: maximum power through the transformers' ratio."""
    return int(power_kw * WH * Decimal(hours) / ratio)


def used_wh(value: int, before: Before, dial: Dial) -> int | None:
    """Consumption on the dial since the last value, over zero where that is plausible; None when unknown or less."""
    if before.last_wh is None:
        return None
    used = value - before.last_wh
    if used < 0 and _is_within(used + dial.capacity_wh, before):
        return used + dial.capacity_wh
    return used if used >= 0 else None


def doubts(values: Mapping[str, int], before: Mapping[str, Before], dial: Dial) -> list[Doubt]:
    """What is doubtful, at most one reason a register; then the sum of the registers."""
    found = [_doubt(zone, value, before.get(zone, Before()), dial) for zone, value in sorted(values.items())]
    real = [doubt for doubt in found if doubt]
    return real or _together(values, before, dial)


def _together(values: Mapping[str, int], before: Mapping[str, Before], dial: Dial) -> list[Doubt]:
    known = {zone: before.get(zone, Before()) for zone in values}
    mosts = [one.most_wh for one in known.values() if one.most_wh is not None]
    total = sum(used_wh(value, known[zone], dial) or 0 for zone, value in values.items())
    return [Doubt("", "too_much", total)] if mosts and total > max(mosts) else []


def _doubt(zone: str, value: int, before: Before, dial: Dial) -> Doubt | None:
    if before.last_wh is None:
        return None
    used = value - before.last_wh
    if used < 0:
        return _lower(zone, value, used, before, dial)
    if used == 0:
        return Doubt(zone, "same", 0)
    if _looks_slipped(value, used, before):
        return Doubt(zone, "extra_digit", value // 10)
    return None if _is_within(used, before) else Doubt(zone, "too_much", used)


def _lower(zone: str, value: int, used: int, before: Before, dial: Dial) -> Doubt:
    if before.most_wh is not None and _is_within(used + dial.capacity_wh, before):
        return Doubt(zone, "rollover", used + dial.capacity_wh)
    likely = 10 * value
    if before.last_wh is not None and before.last_wh <= likely + 9 * WH and _is_within(likely - before.last_wh, before):
        return Doubt(zone, "missing_digit", likely)
    return Doubt(zone, "below", used)


def _looks_slipped(value: int, used: int, before: Before) -> bool:
    """Too much, or far more than usual, while the same digits without the last one would fit."""
    meant = value // 10 - (before.last_wh or 0)
    if not _is_within(used, before):
        return meant >= 0 and _is_within(meant, before)
    if not before.usual_wh:
        return False
    bound = SLIP_FACTOR * before.usual_wh + SLIP_FLOOR_WH
    return used > bound and 0 <= meant <= bound


def _is_within(used: int, before: Before) -> bool:
    return before.most_wh is None or used <= before.most_wh
