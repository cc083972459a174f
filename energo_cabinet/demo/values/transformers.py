"""Invented transformers of the office: one verified, one nearly due, one of which nobody told the date."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from sqlmodel import Session

from energo_cabinet.demo.places import OFFICE, Place
from energo_cabinet.models import MeteringPoint, Transformer, TransformerKind

RATED_A = Decimal(200)
DUE_IN_DAYS = (1100, 120, None)
"""Next verification of phases 1, 2 and 3."""


def add(session: Session, today: date, point: MeteringPoint, at: Place) -> None:
    """Three current transformers where the meter stands behind 200/5; none elsewhere."""
    if at not in OFFICE:
        return
    for phase, due in enumerate(DUE_IN_DAYS, 1):
        session.add(
            Transformer(
                point_id=point.id,
                phase=phase,
                kind=TransformerKind.CURRENT,
                model="Т-0,66 У3",
                serial_number=f"{at.serial[-4:]}{phase}",
                registry_number="22656-07",
                place=at.where,
                commissioned_on=at.installed_on,
                last_verification_on=None if due is None else at.installed_on - timedelta(days=40),
                next_verification_on=None if due is None else today + timedelta(days=due),
                nominal_voltage="0,66 кВ",
                nominal_frequency_hz=Decimal(50),
                primary_current_a=RATED_A,
                secondary_current_a=Decimal(5),
                accuracy_class="0,5S",
                comment="" if due else "Паспорт утерян, дату поверки уточняет поставщик",
            )
        )
