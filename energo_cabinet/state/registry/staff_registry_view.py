"""The registry in the words and the shapes its pages show."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from energo_cabinet import routes
from energo_cabinet.domain.point.verification import Nearness
from energo_cabinet.domain.typed import stored_day
from energo_cabinet.formatting import DASH, day, dots, moment, number
from energo_cabinet.i18n import text
from energo_cabinet.services.registry.point import ChangeLine, Installed, RegistryCard, TransformerFields
from energo_cabinet.services.registry.registry import LocationLine, RegistryLine

TONES = {Nearness.OVERDUE: "danger", Nearness.URGENT: "warning", Nearness.SOON: "warning"}
POINT_SHOWN = (
    "name",
    "address",
    "place",
    "contract",
    "tariff",
    "delivery_point_code",
    "current_ratio",
    "voltage_ratio",
    "power_limit_kw",
)
METER_SHOWN = (
    "serial",
    "model",
    "registry_number",
    "accuracy_class",
    "nominal_voltage",
    "current_range",
    "zone_count",
    "commissioned_on",
    "last_verification_on",
    "next_verification_on",
)


@dataclass(frozen=True)
class PointRow:
    """A point in the list; `tone` of the verification."""

    id: int
    number: str
    name: str
    address: str
    contract: str
    meter: str
    due: str
    tone: str
    href: str


@dataclass(frozen=True)
class LocationRow:
    """An address in the list, with the list of its points."""

    address: str
    points: str
    meters: str
    href: str


@dataclass(frozen=True)
class Fact:
    """A line of a description list."""

    label: str
    value: str
    tone: str = ""


@dataclass(frozen=True)
class InstalledRow:
    """A meter that stands or stood on the point."""

    key: str
    meter: str
    since: str
    till: str
    initial: str
    final: str


@dataclass(frozen=True)
class TransformerCard:
    """A transformer; `key` "1 current" opens its form."""

    key: str
    title: str
    facts: tuple[Fact, ...]


@dataclass(frozen=True)
class ChangeRow:
    """A line of the history."""

    key: str
    at: str
    by: str
    what: str
    changes: tuple[str, ...]


@dataclass(frozen=True)
class PointView:
    """The page of a point; `id` 0 until loaded."""

    id: int = 0
    number: str = ""
    name: str = ""
    point: tuple[Fact, ...] = ()
    meter: tuple[Fact, ...] = ()
    installed: tuple[InstalledRow, ...] = ()
    transformers: tuple[TransformerCard, ...] = ()
    changes: tuple[ChangeRow, ...] = ()


def point_row(line: RegistryLine, language: str) -> PointRow:
    """A line of the list."""
    meter = dots((line.serial_number, line.model)) or text("registry.no_meter", language)
    return PointRow(
        id=line.id,
        number=line.number,
        name=line.name,
        address=dots((line.address, line.place)),
        contract=line.contract_number or DASH,
        meter=meter,
        due=day(line.next_verification_on),
        tone=TONES.get(line.nearness, ""),
        href=routes.registry_point(line.id),
    )


def location_row(line: LocationLine, href: str, language: str) -> LocationRow:
    """A line of the list of addresses."""
    words = line.address or text("registry.no_address", language)
    return LocationRow(words, str(line.points), str(line.meters), href)


def point_view(card: RegistryCard, language: str) -> PointView:
    """The page of a point."""
    return PointView(
        id=card.id,
        number=card.number,
        name=card.facts["name"],
        point=(*_facts(card.facts, POINT_SHOWN, language), *_about(card, language)),
        meter=_facts(card.meter, METER_SHOWN, language) if card.meter else (),
        installed=tuple(_installed(n, row, language) for n, row in enumerate(card.installed)),
        transformers=tuple(_transformer(row, language) for row in card.transformers),
        changes=tuple(_change(n, row, language) for n, row in enumerate(card.changes)),
    )


def value_words(name: str, value: str) -> str:
    """A stored text as people read it."""
    found = stored_day(value) if name.endswith(("_on", "valid_from", "valid_to")) else None
    return day(found) if found else value


def change_words(changes: Iterable[Iterable[str]], language: str) -> tuple[str, ...]:
    """«Адрес: Лесная, 18 → Лесная, 20»."""
    found = []
    for name, old, new in changes:
        label = _label(name, language)
        before, after = value_words(name, old), value_words(name, new) or text("registry.empty_value", language)
        found.append(f"{label}: {before} → {after}" if before else f"{label}: {after}")
    return tuple(found)


def registers_words(registers: Mapping[str, Decimal], language: str) -> str:
    """«T1 1 142,50 · T2 7,00»."""
    if not registers:
        return DASH
    return dots(
        [f"{'' if zone == 'T0' else zone} {number(kwh, language, 2)}".strip() for zone, kwh in registers.items()]
    )


def zone_words(zone: str, language: str) -> str:
    """A register's name; the total one in words."""
    return text("registry.total_register", language) if zone == "T0" else zone


def _label(name: str, language: str) -> str:
    side, _, zone = name.partition("_")
    if side in ("final", "initial") and zone in ("T0", "T1", "T2", "T3", "T4"):
        return text(f"registry.{side}", language, zone=zone_words(zone, language))
    return text(f"registry.field.{name}", language)


def _facts(facts: Mapping[str, str], names: Iterable[str], language: str) -> tuple[Fact, ...]:
    return tuple(
        Fact(text(f"registry.field.{name}", language), value_words(name, facts.get(name, "")) or DASH) for name in names
    )


def _about(card: RegistryCard, language: str) -> list[Fact]:
    """What the point has but the form does not change."""
    read = dots((registers_words(card.readings, language), moment(card.read_at))) if card.read_at else DASH
    known = {
        "customer": card.customer_name or DASH,
        "zone": card.zone_name,
        "last_reading": read,
        "last_interval": day(card.last_interval_on),
    }
    return [Fact(text(f"registry.{name}", language), value) for name, value in known.items()]


def _installed(n: int, row: Installed, language: str) -> InstalledRow:
    return InstalledRow(
        key=str(n),
        meter=dots((row.serial_number, row.model)),
        since=day(row.installed_on),
        till=day(row.removed_on) if row.removed_on else text("registry.stands", language),
        initial=registers_words(row.initial, language),
        final=registers_words(row.final, language),
    )


def _transformer(row: TransformerFields, language: str) -> TransformerCard:
    phase, kind = "ABC"[row.phase - 1], text(f"registry.kind_{row.kind.value}", language)
    title = f"{text('registry.phase', language)} {phase} · {kind}"
    known = {name: value for name, value in row.facts.items() if value}
    return TransformerCard(f"{row.phase} {row.kind.value}", title, _facts(known, known, language))


def _change(n: int, row: ChangeLine, language: str) -> ChangeRow:
    by = row.by or text("registry.nobody", language)
    what = text(f"registry.what.{row.what}", language)
    changes = [change for change in row.changes if change[0] not in ("point", "installation")] or row.changes
    return ChangeRow(str(n), moment(row.at), by, what, change_words(changes, language))
