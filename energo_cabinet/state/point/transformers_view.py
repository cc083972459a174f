"""Transformers in the user's words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from energo_cabinet.domain.point.verification import Nearness
from energo_cabinet.formatting import DASH, counted, day, number, quantity
from energo_cabinet.i18n import text
from energo_cabinet.services.point.transformer import PhaseTransformers, TransformerFacts

TONES = {
    Nearness.UNKNOWN: "warning",
    Nearness.OVERDUE: "danger",
    Nearness.URGENT: "danger",
    Nearness.SOON: "warning",
    Nearness.LATER: "success",
}


@dataclass(frozen=True)
class TransformerFact:
    """A line; `tone` of a badge, "muted" for what is unknown, "" for plain text."""

    label: str
    value: str
    tone: str = ""


@dataclass(frozen=True)
class TransformerView:
    """A transformer with its kind and lines."""

    title: str
    facts: tuple[TransformerFact, ...] = ()


@dataclass(frozen=True)
class PhaseView:
    """A phase with its transformers."""

    title: str
    transformers: tuple[TransformerView, ...] = ()


def transformers_view(found: Sequence[PhaseTransformers], language: str) -> list[PhaseView]:
    """Cards by phase."""
    return [
        PhaseView(
            text("transformers.phase", language, n=phase.phase),
            tuple(_view(one, language) for one in phase.transformers),
        )
        for phase in found
    ]


def _view(one: TransformerFacts, language: str) -> TransformerView:
    amperes, hertz = text("transformers.a", language), text("transformers.hz", language)
    lines = {
        "serial_number": one.serial_number,
        "registry_number": one.registry_number,
        "model": one.model,
        "place": one.place,
        "commissioned_on": _day(one.commissioned_on),
        "last_verification_on": _day(one.last_verification_on),
        "next_verification_on": "",
        "nominal_voltage": one.nominal_voltage,
        "nominal_frequency_hz": _quantity(one.nominal_frequency_hz, hertz, language),
        "primary_current_a": _quantity(one.primary_current_a, amperes, language),
        "secondary_current_a": _quantity(one.secondary_current_a, amperes, language),
        "accuracy_class": one.accuracy_class,
        "comment": one.comment,
    }
    facts = tuple(_fact(name, value, one, language) for name, value in lines.items())
    return TransformerView(text(f"transformers.{one.kind.value}", language), facts)


def _fact(name: str, value: str, one: TransformerFacts, language: str) -> TransformerFact:
    label = text(f"transformers.{name}", language)
    if name == "next_verification_on":
        return TransformerFact(label, _due(one, language), TONES[one.nearness])
    return TransformerFact(label, value or DASH, "" if value else "muted")


def _due(one: TransformerFacts, language: str) -> str:
    if one.next_verification_on is None or one.days_left is None:
        return text("transformers.unknown", language)
    key = "today" if one.days_left == 0 else one.nearness.value
    left = counted(abs(one.days_left), "points.days", language)
    return text(f"transformers.{key}", language, day=day(one.next_verification_on), days=left)


def _day(value: date | None) -> str:
    return day(value) if value else ""


def _quantity(value: Decimal | None, unit: str, language: str) -> str:
    if value is None:
        return ""
    plain = value.normalize()
    digits = max(0, -int(plain.as_tuple().exponent))
    return quantity(value, unit, language, min(digits, 3)) if digits else f"{number(value, language, 0)}\u00a0{unit}"
