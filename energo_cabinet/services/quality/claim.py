"""What bad quality of electricity takes off the charge (R-20)."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from sqlmodel import Session

from energo_cabinet.auth.access import Subject, service
from energo_cabinet.settings import get_settings


@dataclass(frozen=True, slots=True)
class QualityTerms:
    """Per cent of the month's charge for each hour out of norm, and the act that says so."""

    percent_an_hour: Decimal
    source: str


@service("customer", "quality.claim_terms")
def quality_terms(session: Session, subject: Subject) -> QualityTerms:
    """The terms in force."""
    settings = get_settings()
    return QualityTerms(settings.quality_percent, settings.quality_source)
