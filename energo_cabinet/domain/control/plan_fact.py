"""Plan against fact by the hour: deviation, corridor, running sum, cost of |fact − plan| (F-7, R-28).

All in whole Wh. An hour without a fact has no deviation; one with a plan of zero has no percentage.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import IntEnum
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from energo_cabinet.domain.values.profile_day import MISSING

Wh = NDArray[np.int64]

FULL_BP = 10_000
"""Hundredths of a percent in a whole."""

_KOPECK_WH = Decimal(100_000_000)
"""Kopecks per MWh times Wh in a rouble."""


class Verdict(IntEnum):
    """Where an hour lies."""

    UNKNOWN = 0
    WITHIN = 1
    ABOVE = 2
    BELOW = 3


@dataclass(frozen=True, slots=True)
class Totals:
    """Over the hours with both plan and fact. `percent` None for a plan of zero; `cost_rub` None without prices."""

    plan_wh: int
    fact_wh: int
    deviation_wh: int
    percent: Decimal | None
    cost_rub: Decimal | None
    compared: int
    above: int
    below: int


@dataclass(frozen=True, slots=True, eq=False)
class PlanFact:
    """Columns of one length; `deviation` and `cumulative` MISSING where unknown, `cumulative` carried over gaps."""

    plan: Wh
    fact: Wh
    deviation: Wh
    cumulative: Wh
    verdict: NDArray[np.int8]
    prices: Wh
    totals: Totals

    def percent(self, hour: int) -> Decimal | None:
        """Deviation of an hour in % of its plan."""
        return share(int(self.deviation[hour]), int(self.plan[hour]))

    def cost_rub(self, hour: int) -> Decimal | None:
        """|fact − plan| of an hour at its price; None where either is unknown."""
        if self.deviation[hour] == MISSING or self.prices[hour] == MISSING:
            return None
        return abs(int(self.deviation[hour])) * int(self.prices[hour]) / _KOPECK_WH


def compare(plan: Wh, fact: Wh, corridor_bp: int, prices: Wh | None = None) -> PlanFact:
    """Compare hour by hour; `prices`: kopecks per MWh, MISSING where none is given."""
    both = (plan != MISSING) & (fact != MISSING)
    deviation = np.where(both, fact - plan, MISSING)
    running = np.cumsum(np.where(both, deviation, 0))
    begun = np.cumsum(both) > 0
    marks = verdicts(plan, fact, corridor_bp)
    given = np.full(len(plan), MISSING, np.int64) if prices is None else prices
    totals = _totals(plan, fact, both, marks, given)
    return PlanFact(plan, fact, deviation, np.where(begun, running, MISSING), marks, given, totals)


def verdicts(plan: Wh, fact: Wh, corridor_bp: int | Wh) -> NDArray[np.int8]:
    """A Verdict for every hour; `corridor_bp` may be a column of its own."""
    both = (plan != MISSING) & (fact != MISSING)
    off, room = (fact - plan) * FULL_BP, plan * corridor_bp
    marks: NDArray[np.int8] = both.astype(np.int8) * np.int8(Verdict.WITHIN)
    marks[both & (off > room)] = Verdict.ABOVE
    marks[both & (off < -room)] = Verdict.BELOW
    return marks


def share(deviation: int, plan: int) -> Decimal | None:
    """Deviation in % of the plan; None where it has no meaning."""
    if MISSING in (deviation, plan) or plan == 0:
        return None
    return Decimal(deviation) * 100 / Decimal(plan)


def _totals(plan: Wh, fact: Wh, both: NDArray[np.bool_], marks: NDArray[np.int8], prices: Wh) -> Totals:
    planned, actual = int(plan[both].sum()), int(fact[both].sum())
    priced = both & (prices != MISSING)
    kopeck_wh = sum(abs(f - p) * k for f, p, k in zip(*(c[priced].tolist() for c in (fact, plan, prices)), strict=True))
    return Totals(
        plan_wh=planned,
        fact_wh=actual,
        deviation_wh=actual - planned,
        percent=share(actual - planned, planned),
        cost_rub=kopeck_wh / _KOPECK_WH if priced.any() else None,
        compared=int(both.sum()),
        above=int((marks == Verdict.ABOVE).sum()),
        below=int((marks == Verdict.BELOW).sum()),
    )


def by_days(data: PlanFact, edges: Sequence[int], corridor_bp: int) -> PlanFact:
    """The same by days: sums over the hours that have both; a day without any shows the one it has."""
    plans, facts = [], []
    for begin, end in pairwise(edges):
        plan, fact = data.plan[begin:end], data.fact[begin:end]
        both = data.deviation[begin:end] != MISSING
        planned, measured = (plan[both], fact[both]) if both.any() else (plan[plan != MISSING], fact[fact != MISSING])
        is_shown = both.any() or not len(planned)
        plans.append(int(planned.sum()) if len(planned) else MISSING)
        facts.append(int(measured.sum()) if len(measured) and is_shown else MISSING)
    return compare(np.array(plans, np.int64), np.array(facts, np.int64), corridor_bp)
