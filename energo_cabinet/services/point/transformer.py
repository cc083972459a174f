"""Measuring transformers of a point, grouped by phase (Н-114…Н-127)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import groupby

from sqlmodel import Session, col, select

from energo_cabinet.auth.access import Subject, service, visible_point
from energo_cabinet.domain.point.verification import Nearness, nearness
from energo_cabinet.domain.time.local_day import local_day
from energo_cabinet.models import Transformer, TransformerKind


@dataclass(frozen=True, slots=True)
class TransformerFacts:
    """Every field as stored: "" or None is shown as «—». `days_left` to the next verification, negative when passed."""

    kind: TransformerKind
    model: str
    serial_number: str
    registry_number: str
    place: str
    commissioned_on: date | None
    last_verification_on: date | None
    next_verification_on: date | None
    nearness: Nearness
    days_left: int | None
    nominal_voltage: str
    nominal_frequency_hz: Decimal | None
    primary_current_a: Decimal | None
    secondary_current_a: Decimal | None
    accuracy_class: str
    comment: str


@dataclass(frozen=True, slots=True)
class PhaseTransformers:
    """The transformers of a phase 1–3, that of current first."""

    phase: int
    transformers: tuple[TransformerFacts, ...]


@service("customer", "point.transformers")
def list_transformers(session: Session, subject: Subject, point_id: int) -> list[PhaseTransformers]:
    """Transformers by phase; empty where a point has none. NotFound: not the caller's point."""
    point = visible_point(session, subject, point_id)
    today = local_day(subject.at, point.zone_name)
    query = select(Transformer).where(Transformer.point_id == point.id).order_by(col(Transformer.phase))
    rows = sorted(session.exec(query), key=lambda row: (row.phase, row.kind != TransformerKind.CURRENT))
    return [
        PhaseTransformers(phase, tuple(_facts(row, today) for row in group))
        for phase, group in groupby(rows, key=lambda row: row.phase)
    ]


def _facts(row: Transformer, today: date) -> TransformerFacts:
    due = row.next_verification_on
    return TransformerFacts(
        kind=row.kind,
        model=row.model,
        serial_number=row.serial_number,
        registry_number=row.registry_number,
        place=row.place,
        commissioned_on=row.commissioned_on,
        last_verification_on=row.last_verification_on,
        next_verification_on=due,
        nearness=nearness(due, today),
        days_left=(due - today).days if due else None,
        nominal_voltage=row.nominal_voltage,
        nominal_frequency_hz=row.nominal_frequency_hz,
        primary_current_a=row.primary_current_a,
        secondary_current_a=row.secondary_current_a,
        accuracy_class=row.accuracy_class,
        comment=row.comment,
    )
