"""Tariffs in the words and the shapes their pages show."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from energo_cabinet import routes
from energo_cabinet.domain.tariff.hours import hours_words
from energo_cabinet.domain.tariff.terms import PriceDay, ZoneTerm
from energo_cabinet.formatting import DASH, counted, day, dots, number
from energo_cabinet.i18n import text
from energo_cabinet.services.tariff.book import TariffCard, TariffLine
from energo_cabinet.services.tariff.price import PriceEffect

DAY_MINUTES = 1440


@dataclass(frozen=True)
class BandPart:
    """A stretch of the day in a zone's colour; `width` in percent of the day."""

    key: str
    tone: str
    width: str


@dataclass(frozen=True)
class ZoneRow:
    """A zone: «T1 день», its hours, its price now and the next one."""

    zone: str
    label: str
    tone: str
    hours: str
    price: str
    since: str
    later: str


@dataclass(frozen=True)
class TariffRow:
    """A tariff in the list and at the head of its page; `drawn`: its band of the day in words."""

    id: int = 0
    code: str = ""
    name: str = ""
    source: str = ""
    used: str = ""
    href: str = ""
    drawn: str = ""
    band: tuple[BandPart, ...] = ()
    zones: tuple[ZoneRow, ...] = ()


@dataclass(frozen=True)
class PriceRow:
    """Prices of a day, `iso`; `named`: all in a line; `day` is the same where they can be taken back, else ""."""

    key: str
    iso: str
    span: str
    state: str
    tone: str
    prices: tuple[str, ...]
    named: str
    day: str


@dataclass(frozen=True)
class TariffView:
    """The page of a tariff."""

    row: TariffRow = TariffRow()
    history: tuple[PriceRow, ...] = ()
    columns: tuple[str, ...] = ()
    zones: tuple[str, ...] = ()
    is_used: bool = False
    is_synced: bool = False


def tariff_row(line: TariffLine, language: str) -> TariffRow:
    """A line of the list."""
    zones = tuple(zone_row(term, len(line.zones), language) for term in line.zones)
    used = [counted(line.points, "tariffs.points", language), counted(line.contracts, "tariffs.contracts", language)]
    return TariffRow(
        id=line.id,
        code=line.code,
        name=line.name,
        source=line.source or DASH,
        used=", ".join(used) if line.points else text("tariffs.unused", language),
        href=routes.staff_tariff(line.id),
        drawn="; ".join(f"{zone.label}: {zone.hours}" for zone in zones),
        band=band(line.periods),
        zones=zones,
    )


def zone_row(term: ZoneTerm, of: int, language: str) -> ZoneRow:
    """A zone with its price."""
    later = "" if term.next_price is None else _later(term, language)
    return ZoneRow(
        zone=term.zone,
        label=zone_words(term.zone, of, language),
        tone=term.zone.lower(),
        hours=hours_words(term.hours) or text("tariffs.whole_day", language),
        price=price_words(term.price, language),
        since=text("tariffs.since", language, day=day(term.since)) if term.since else "",
        later=later,
    )


def tariff_view(card: TariffCard, language: str) -> TariffView:
    """The page."""
    row, zones = tariff_row(card.line, language), tuple(term.zone for term in card.line.zones)
    rows = [_price_row(n, one, card, zones, language) for n, one in enumerate(card.history)]
    return TariffView(
        row=row,
        history=tuple(reversed(rows)),
        columns=tuple(zone.label for zone in row.zones),
        zones=zones,
        is_used=card.line.points > 0,
        is_synced=card.is_synced,
    )


def zone_words(zone: str, of: int, language: str) -> str:
    """«T1 день» of two zones, «T1 пик» of three."""
    if zone == "T4":
        return zone
    return text(f"points.zone.{zone.lower()}_of_{of if of in (2, 3) else 3 if of > 3 else 0}", language)


def price_words(price: Decimal | None, language: str) -> str:
    """«4,93 ₽»: with as many decimals as it has, at least two."""
    if price is None:
        return DASH
    exponent = price.normalize().as_tuple().exponent
    places = max(2, -exponent) if isinstance(exponent, int) else 2
    return text("tariffs.rub", language, price=number(price, language, min(5, places)))


def band(periods: Sequence[tuple[int, int, str]]) -> tuple[BandPart, ...]:
    """The day from midnight to midnight, in the zones' colours."""
    return tuple(
        BandPart(str(start), zone.lower(), f"{(end - start) * 100 / DAY_MINUTES:.4f}%") for start, end, zone in periods
    )


def effect_words(effect: PriceEffect, language: str) -> str:
    """What typed prices would change, before they do."""
    key = "tariffs.effect_till" if effect.last else "tariffs.effect_on"
    days = text(key, language, first=day(effect.first), last=day(effect.last))
    found = []
    if effect.replaces:
        found.append(text("tariffs.effect_replaces", language, day=day(effect.first)))
    if effect.is_past and effect.points:
        points = counted(effect.points, "tariffs.of_points", language)
        contracts = counted(effect.contracts, "tariffs.of_contracts", language)
        found.append(text("tariffs.effect_past", language, days=days, points=points, contracts=contracts))
        key = "tariffs.effect_bills" if effect.bills else "tariffs.effect_no_bills"
        found.append(text(key, language, n=number(effect.bills, language, 0)))
    return " ".join(found)


def _later(term: ZoneTerm, language: str) -> str:
    return text("tariffs.later", language, day=day(term.next_since), price=price_words(term.next_price, language))


def _price_row(n: int, one: PriceDay, card: TariffCard, zones: Sequence[str], language: str) -> PriceRow:
    when = "later" if one.first > card.today else "past" if one.last and one.last < card.today else "now"
    prices = dict(one.prices)
    shown = tuple(price_words(prices.get(zone), language) for zone in zones)
    last = text("tariffs.till", language, day=day(one.last)) if one.last else ""
    return PriceRow(
        key=str(n),
        iso=one.first.isoformat(),
        span=dots([text("tariffs.since", language, day=day(one.first)), last]),
        state=text(f"tariffs.when_{when}", language),
        tone={"now": "success", "later": "info", "past": "gray"}[when],
        prices=shown,
        named=dots([f"{zone_words(z, len(zones), language)} {rub}" for z, rub in zip(zones, shown, strict=True)]),
        day=one.first.isoformat() if when == "later" and n else "",
    )
