"""Cost of energy by zone prices with validity dates (R-24): Decimal, rounded once per bucket to kopecks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

from energo_cabinet.domain.time.local_day import Span

KOPECK = Decimal("0.01")

ZonePrices = tuple[Decimal | None, ...]


@dataclass(frozen=True, slots=True)
class Price:
    """RUB per kWh of a zone from a day on."""

    zone: str
    valid_from: date
    price_rub_per_kwh: Decimal


@dataclass(frozen=True, slots=True)
class PriceList:
    """All prices of a tariff; falsy without any."""

    prices: tuple[Price, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.prices)

    def on(self, day: date, zones: Sequence[str]) -> ZonePrices:
        """The price of each zone in force on a day; None before the first."""
        found: dict[str, Price] = {}
        for price in self.prices:
            known = found.get(price.zone)
            if price.valid_from <= day and (known is None or known.valid_from < price.valid_from):
                found[price.zone] = price
        return tuple(found[z].price_rub_per_kwh if z in found else None for z in zones)

    def changes(self, first: date, last: date) -> list[date]:
        """Days after `first` and up to `last` on which a price begins."""
        return sorted({p.valid_from for p in self.prices if first < p.valid_from <= last})


def price_parts(spans: Sequence[Span], prices: PriceList) -> tuple[list[Span], list[int]]:
    """Spans (ascending) cut where a price begins, and for each part the number of the span it is of."""
    parts: list[Span] = []
    owners: list[int] = []
    changes = prices.changes(spans[0].first, spans[-1].last)
    for owner, span in enumerate(spans):
        first = span.first
        for change in (c for c in changes if span.first < c <= span.last):
            parts.append(Span(first, change - timedelta(days=1)))
            first = change
        parts.append(Span(first, span.last))
        owners += [owner] * (len(parts) - len(owners))
    return parts, owners


def part_costs(
    parts: Sequence[Span], energies: Sequence[Sequence[Decimal] | None], zones: Sequence[str], prices: PriceList
) -> list[Decimal | None]:
    """RUB of each part (ascending, its energy in kWh by zone), not rounded.

    None where energy is unknown or has no price, or where a price begins inside the part.
    """
    if not prices:
        return [None] * len(parts)
    changes = prices.changes(date.min, parts[-1].last)
    found: list[Decimal | None] = []
    i, now = 0, prices.on(date.min, zones)
    for part, energy in zip(parts, energies, strict=True):
        while i < len(changes) and changes[i] <= part.first:
            now, i = prices.on(changes[i], zones), i + 1
        is_constant = i == len(changes) or changes[i] > part.last
        found.append(_priced(energy, now) if energy is not None and is_constant else None)
    return found


def bucket_costs(costs: Sequence[Decimal | None], owners: Sequence[int], count: int) -> list[Decimal | None]:
    """Costs of parts added up by bucket and rounded to kopecks; one unknown part makes its bucket unknown."""
    sums: list[Decimal | None] = [Decimal(0)] * count
    for cost, owner in zip(costs, owners, strict=True):
        known = sums[owner]
        sums[owner] = None if known is None or cost is None else known + cost
    return [None if s is None else s.quantize(KOPECK, ROUND_HALF_UP) for s in sums]


def _priced(energy: Sequence[Decimal], prices: ZonePrices) -> Decimal | None:
    total = Decimal(0)
    for kwh, price in zip(energy, prices, strict=True):
        if price is not None:
            total += kwh * price
        elif kwh:
            return None
    return total
