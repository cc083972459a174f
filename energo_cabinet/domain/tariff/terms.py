"""What a tariff costs by zone: its hours, the price in force, the one that comes next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from energo_cabinet.domain.tariff.cost import Price, PriceList
from energo_cabinet.domain.tariff.zones import Schedule

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class ZoneTerm:
    """A zone; `hours` as people say them, joined across midnight; no price before the first."""

    zone: str
    hours: tuple[tuple[int, int], ...]
    price: Decimal | None
    since: date | None
    next_price: Decimal | None
    next_since: date | None


@dataclass(frozen=True, slots=True)
class PriceDay:
    """Prices that begin on a day, by zone; `last`: the day before the next ones, None for the last there are."""

    first: date
    last: date | None
    prices: tuple[tuple[str, Decimal], ...]


def terms(schedule: Schedule, prices: PriceList, today: date) -> tuple[ZoneTerm, ...]:
    """Each zone of a tariff on a day."""
    return tuple(_term(zone, schedule, prices.prices, today) for zone in schedule.zones)


def history(prices: PriceList) -> tuple[PriceDay, ...]:
    """The days on which prices begin, in order."""
    days = sorted({price.valid_from for price in prices.prices})
    ends = [following - DAY for following in days[1:]] + [None]
    return tuple(
        PriceDay(day, end, tuple(sorted((p.zone, p.price_rub_per_kwh) for p in prices.prices if p.valid_from == day)))
        for day, end in zip(days, ends, strict=True)
    )


def _term(zone: str, schedule: Schedule, prices: Sequence[Price], today: date) -> ZoneTerm:
    own = sorted((price for price in prices if price.zone == zone), key=lambda price: price.valid_from)
    now = next((price for price in reversed(own) if price.valid_from <= today), None)
    later = next((price for price in own if price.valid_from > today), None)
    return ZoneTerm(
        zone,
        schedule.hours(zone),
        now.price_rub_per_kwh if now else None,
        now.valid_from if now else None,
        later.price_rub_per_kwh if later else None,
        later.valid_from if later else None,
    )
