"""Consumption of a metering point by months, weeks or days, split by tariff zone (Н-98, Н-99, R-5)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property
from typing import Literal

from energo_cabinet.domain.time.local_day import By


@dataclass(frozen=True, slots=True)
class Bucket:
    """One month, week or day, `first`…`last` both inside.

    `present`/`expected` count interval values, or days between readings where there are no intervals.
    `total_kwh` None: nothing is known (a gap, not zero). `is_partial`: the asked period cuts it, or it is not over.
    `registers`: kWh on the meter's own dials (before the ratio), last seen at `registers_at` (local) in this bucket.
    `previous_kwh` belongs to `previous_first`…`previous_last` of the comparison; None when unknown or not asked.
    """

    first: date
    last: date
    kwh_by_zone: dict[str, Decimal]
    total_kwh: Decimal | None
    cost_rub: Decimal | None
    present: int
    expected: int
    is_estimated: bool
    is_non_commercial: bool
    is_partial: bool
    registers: dict[str, Decimal]
    registers_at: datetime | None = None
    previous_kwh: Decimal | None = None
    previous_first: date | None = None
    previous_last: date | None = None

    @property
    def completeness_percent(self) -> Decimal:
        """Share of the expected values that came, 0…100 with one decimal; 100 only when all did."""
        return percent(self.present, self.expected)


@dataclass(frozen=True, slots=True)
class ZoneHours:
    """Hours of a zone: local minutes [start, end) of the day; across midnight joined: (1380, 420) is 23:00–07:00."""

    zone: str
    periods: tuple[tuple[int, int], ...]
    price_rub_per_kwh: Decimal | None = None  # in force on the period's last day


@dataclass(frozen=True, slots=True)
class Comparison:
    """The span set beside the asked one. `is_equal` False: of another length, the page must say so."""

    first: date
    last: date
    is_equal: bool
    total_kwh: Decimal | None
    completeness_percent: Decimal


@dataclass(frozen=True, slots=True)
class Details:
    """What a table shows: worked out when first looked at."""

    buckets: tuple[Bucket, ...]
    comparison: Comparison | None


@dataclass(frozen=True, eq=False)
class Consumption:
    """What a point consumed in `first`…`last`.

    `source`: "intervals" (sums of the profile), "registers" (differences of readings) or "none".
    `ratio`: current × voltage transformer ratio; `ratio_applied`: True when the cabinet multiplied by it, False when
    the values came already multiplied (or the ratio is 1).
    """

    point_id: int
    channel: str
    by: By
    first: date
    last: date
    zone_name: str
    source: Literal["intervals", "registers", "none"]
    zones: tuple[ZoneHours, ...]
    ratio: Decimal
    ratio_applied: bool
    work_out: Callable[[], Details] = field(repr=False)

    @cached_property
    def _details(self) -> Details:
        return self.work_out()

    @property
    def buckets(self) -> tuple[Bucket, ...]:
        """Months, weeks or days, ascending."""
        return self._details.buckets

    @property
    def comparison(self) -> Comparison | None:
        """The period beside, when asked for."""
        return self._details.comparison

    @cached_property
    def total_kwh(self) -> Decimal | None:
        """Σ of the buckets; None when nothing is known."""
        return sum_known([b.total_kwh for b in self.buckets])

    @cached_property
    def kwh_by_zone(self) -> dict[str, Decimal]:
        """Σ of each zone; empty when nothing is known."""
        known = [b.kwh_by_zone for b in self.buckets if b.kwh_by_zone]
        return {z.zone: sum((k[z.zone] for k in known), Decimal(0)) for z in self.zones} if known else {}

    @cached_property
    def cost_rub(self) -> Decimal | None:
        """Σ of the buckets' costs, as the table adds up; None when a bucket with energy has none."""
        with_energy = [b.cost_rub for b in self.buckets if b.total_kwh is not None]
        return None if None in with_energy else sum_known(with_energy)

    @property
    def present(self) -> int:
        """Values that came."""
        return sum(b.present for b in self.buckets)

    @property
    def expected(self) -> int:
        """Values expected by now."""
        return sum(b.expected for b in self.buckets)

    @property
    def completeness_percent(self) -> Decimal:
        """Share of the expected values that came, as in `Bucket`."""
        return percent(self.present, self.expected)


def sum_known(values: Sequence[Decimal | None]) -> Decimal | None:
    """Σ of what is known; None when nothing is."""
    known = [value for value in values if value is not None]
    return sum(known, Decimal(0)) if known else None


def percent(present: int, expected: int) -> Decimal:
    """present / expected in %, one decimal, rounded down so that 100 means all; 100 when nothing was expected."""
    if expected <= 0:
        return Decimal(100)
    return Decimal(min(present, expected) * 1000 // expected) / 10
