"""Quantities of the network and their series: units, bounds of what is possible, local days, averages (Э-60)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from energo_cabinet.domain.time.local_day import epoch_day, local_day, midnight, slots_of_day
from energo_cabinet.domain.values.profile_day import MISSING

Values = NDArray[np.int64]
Group = Literal["u", "i", "p", "q", "s", "cos", "f", "angle"]

AVERAGE_MIN = 10
"""Minutes over which the standard averages (R-13)."""
FINE_STEPS = (1, 2, 5)
STEPS = (*FINE_STEPS, AVERAGE_MIN)
PHASES = ("A", "B", "C")


@dataclass(frozen=True, slots=True)
class Quantity:
    """`decimals` of the stored integer in its unit; possible values lie within `least`…`most` (in the unit).

    `place`: "A", "B", "C", "" for all phases together, or "AB", "BC", "CA" for an angle.
    """

    code: str
    group: Group
    place: str
    decimals: int
    least: float
    most: float

    def shown(self, stored: int) -> float:
        """The value in its unit."""
        return stored / float(10**self.decimals)


def _each(group: Group, code: str, decimals: int, least: float, most: float, total: bool = True) -> list[Quantity]:
    places = (*PHASES, "") if total else PHASES
    return [Quantity(code + place, group, place, decimals, least, most) for place in places]


_ALL = (
    *_each("u", "U", 3, 0, 1_000, total=False),
    *_each("i", "I", 3, 0, 10_000, total=False),
    *_each("p", "P", 3, -100_000, 100_000),
    *_each("q", "Q", 3, -100_000, 100_000),
    *_each("s", "S", 3, 0, 100_000),
    *_each("cos", "cos", 4, -1, 1),
    Quantity("f", "f", "", 3, 40, 70),
    *(Quantity(f"angle{pair}", "angle", pair, 2, -360, 360) for pair in ("AB", "BC", "CA")),
)
QUANTITIES = {quantity.code: quantity for quantity in _ALL}
"""V, A, kW, kvar, kVA, –, Hz, ° as the meter shows them (no transformer ratio)."""

GROUPS: tuple[Group, ...] = ("u", "i", "p", "q", "s", "cos", "f", "angle")
_SQUARED = frozenset({"u", "i"})


def of_group(group: str) -> list[Quantity]:
    """Quantities of a group, phases first."""
    return [quantity for quantity in _ALL if quantity.group == group]


def by_day(starts: Values, values: Values, step_min: int, zone_name: str) -> Iterator[tuple[int, Values]]:
    """(epoch day, values of its slots with MISSING) of intervals that begin at `starts` (epoch seconds, ascending)."""
    at = 0
    while at < len(starts):
        day = local_day(datetime.fromtimestamp(int(starts[at]), UTC), zone_name)
        first = int(midnight(day, zone_name).timestamp())
        end = int(np.searchsorted(starts, int(midnight(day + timedelta(days=1), zone_name).timestamp())))
        full = np.full(slots_of_day(day, zone_name, step_min), MISSING, np.int64)
        full[(starts[at:end] - first) // (step_min * 60)] = values[at:end]
        yield epoch_day(day), full
        at = end


def averages(fine: Values, step_min: int, group: str) -> Values:
    """10-minute means of a day: quadratic for U and I, of the values that came; MISSING below half of them."""
    factor = AVERAGE_MIN // step_min
    padded = np.pad(fine, (0, -len(fine) % factor), constant_values=MISSING).reshape(-1, factor)
    came = padded != MISSING
    count = came.sum(axis=1)
    known = np.where(came, padded, 0).astype(np.float64)
    if group in _SQUARED:
        mean = np.sqrt((known**2).sum(axis=1) / np.maximum(count, 1))
    else:
        mean = known.sum(axis=1) / np.maximum(count, 1)
    return np.where(2 * count >= factor, np.rint(mean), MISSING).astype(np.int64)


def encode(values: Values) -> bytes:
    """As NetworkDay.vals: int32 little-endian."""
    return values.astype("<i4").tobytes()


def decode(vals: bytes) -> Values:
    """What `encode` made."""
    return np.frombuffer(vals, "<i4").astype(np.int64)


def joined(rows: Iterable[tuple[int, bytes]], begins: Values, step_min: int) -> Values:
    """Values of several days side by side, MISSING where there is none.

    `rows`: (place of the day, vals); `begins`: minutes since 1970 at which the days begin, and the end.
    """
    places = -(-(begins - begins[0]) // step_min)
    found = np.full(int(places[-1]), MISSING, np.int64)
    for place, vals in rows:
        own = decode(vals)[: int(places[place + 1] - places[place])]
        found[places[place] : places[place] + len(own)] = own
    return found
