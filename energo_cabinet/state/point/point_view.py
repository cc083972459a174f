"""A metering point's passport in the user's words: empty is «—», a norm of 0 is «не задан»."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from energo_cabinet.formatting import DASH, day, dots, moment, number, place_of, quantity
from energo_cabinet.i18n import text
from energo_cabinet.services.point.point import PointDetails
from energo_cabinet.state.shown import Stat
from energo_cabinet.state.tariff.staff_tariffs_view import zone_row


@dataclass(frozen=True)
class Fact:
    """A row of a card. `tone`: "" plain, "muted", "warning" (a badge), "on" or "off" (a dot)."""

    label: str
    value: str
    tone: str = ""


@dataclass(frozen=True)
class FactCard:
    """A card of facts."""

    title: str
    facts: tuple[Fact, ...]


@dataclass(frozen=True)
class PassportView:
    """Figures on top, cards below; `warns`: nobody knows when the next verification is."""

    stats: tuple[Stat, ...] = ()
    cards: tuple[FactCard, ...] = ()
    warns: bool = False


def passport_view(details: PointDetails, language: str) -> PassportView:
    """The whole page."""
    words = _Words(language)
    return PassportView(
        stats=_stats(details, words),
        cards=(
            FactCard(words("card.point"), _point(details, words)),
            FactCard(words("card.meter"), _meter(details, words)),
            FactCard(words("card.verification"), _verification(details, words)),
            FactCard(words("card.load"), _load(details, words)),
            *_tariff(details, words),
            FactCard(words("card.norms"), (*_norms(details, words), *_normatives(details, words))),
            FactCard(words("card.ratios"), _ratios(details, words)),
        ),
        warns=details.next_verification_on is None and bool(details.card.serial_number),
    )


class _Words:
    """Texts under `points.`, and plain facts in the user's language."""

    def __init__(self, language: str) -> None:
        self.language = language

    def __call__(self, key: str) -> str:
        return text(f"points.{key}", self.language)

    def fact(self, key: str, value: str) -> Fact:
        return Fact(self(f"field.{key}"), value or DASH, "" if value else "muted")

    def on(self, key: str, value: date | None) -> Fact:
        return self.fact(key, day(value) if value else "")

    def kwh(self, value: Decimal, digits: int = 0) -> str:
        return quantity(value, text("unit.kwh", self.language), self.language, digits)


def _stats(d: PointDetails, words: _Words) -> tuple[Stat, ...]:
    kwh, at = text("unit.kwh", words.language), moment(d.card.last_read_at)
    readings = tuple(
        Stat(
            words("last_reading") if r.zone == "T0" else f"{words('last_reading')} {r.zone}",
            number(r.value_kwh, words.language, 3),
            kwh,
            at,
        )
        for r in d.card.last_readings
    ) or (Stat(words("last_reading"), DASH, "", words("no_readings")),)
    relay = Stat(words("relay"), _relay(d, words), "", words("relay_note"))
    unknown = d.next_verification_on is None
    check = Stat(words("next_verification"), day(d.next_verification_on), "", words("unknown_date") if unknown else "")
    return (*readings, relay, check)


def _relay(d: PointDetails, words: _Words) -> str:
    return words(f"relay_{d.relay_state.value}") if d.relay_state else DASH


def _point(d: PointDetails, words: _Words) -> tuple[Fact, ...]:
    shown = ", ".join(
        f"{'' if r.zone == 'T0' else r.zone + ' '}{number(r.value_kwh, words.language, 3)}"
        for r in d.card.last_readings
    )
    return (
        words.fact("name", d.card.name),
        words.fact("number", d.card.number),
        words.fact("resource", text(f"resource.{d.card.resource.value}", words.language)),
        words.fact("read_at", moment(d.card.last_read_at) if d.card.last_read_at else ""),
        words.fact("readings", shown),
        words.fact("place", d.card.place),
        words.fact("address", d.card.address),
        words.fact("tariff", d.tariff_name),
    )


def _meter(d: PointDetails, words: _Words) -> tuple[Fact, ...]:
    return (
        words.fact("model", d.card.meter_model),
        words.fact("registry", d.registry_number),
        words.fact("serial", d.card.serial_number),
        words.on("commissioned", d.commissioned_on),
        words.fact("accuracy", d.accuracy_class),
        words.fact("voltage", d.nominal_voltage),
        words.fact("current", d.current_range),
        words.on("installed", d.installed_on),
    )


def _verification(d: PointDetails, words: _Words) -> tuple[Fact, ...]:
    following = words.on("next_verification", d.next_verification_on)
    if d.next_verification_on is None:
        following = Fact(following.label, words("unknown"), "warning")
    return (
        words.on("last_verification", d.last_verification_on),
        following,
        words.on("last_inspection", d.last_inspection_on),
    )


def _load(d: PointDetails, words: _Words) -> tuple[Fact, ...]:
    limit = (
        ""
        if d.power_limit_kw is None
        else quantity(d.power_limit_kw, text("unit.kw", words.language), words.language, _places(d.power_limit_kw))
    )
    tone = d.relay_state.value if d.relay_state else "muted"
    return (
        words.fact("limit", limit),
        Fact(words("field.relay"), _relay(d, words), tone),
        words.fact("zone", place_of(d.card.zone_name, words.language)),
    )


def _ratios(d: PointDetails, words: _Words) -> tuple[Fact, ...]:
    return (
        words.fact("current_ratio", number(d.current_ratio, words.language, 4)),
        words.fact("voltage_ratio", number(d.voltage_ratio, words.language, 4)),
        words.fact("loss", number(d.loss_factor, words.language, _places(d.loss_factor))),
    )


def _norms(d: PointDetails, words: _Words) -> tuple[Fact, ...]:
    pairs = (("hour", d.norm_hour_kwh), ("day", d.norm_day_kwh), ("month", d.norm_month_kwh))
    return tuple(
        Fact(
            words(f"field.norm_{key}"),
            words.kwh(value, _places(value)) if value else words("not_set"),
            "" if value else "muted",
        )
        for key, value in pairs
    )


def _tariff(d: PointDetails, words: _Words) -> tuple[FactCard, ...]:
    """The card of the tariff: each zone with its hours, its price and the one to come; none without a tariff."""
    facts = []
    for term in d.tariff_terms:
        zone = zone_row(term, len(d.tariff_terms), words.language)
        price = dots((zone.price, zone.since)) if term.price is not None else words("not_set")
        label = dots((zone.label, zone.hours)) if len(d.tariff_terms) > 1 else zone.hours
        facts.append(Fact(label, f"{price} {zone.later}".strip(), "" if term.price is not None else "muted"))
    named = (Fact(words("field.tariff"), d.tariff_name), *facts)
    return (FactCard(words("card.tariff"), named),) if facts else ()


def _normatives(d: PointDetails, words: _Words) -> tuple[Fact, ...]:
    since = "tariffs.since"
    return tuple(
        Fact(
            norm.name,
            f"{number(norm.value, words.language, _places(norm.value))} {norm.unit},"
            f" {text(since, words.language, day=day(norm.valid_from))}",
        )
        for norm in d.normatives
    )


def _places(value: Decimal) -> int:
    """Decimals a stored number really has, at most 4."""
    exponent = value.normalize().as_tuple().exponent
    return min(4, max(0, -exponent)) if isinstance(exponent, int) else 0
