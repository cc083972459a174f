"""How near the next verification (поверка) of a device is (Н-120, F-12)."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

URGENT_DAYS, SOON_DAYS = 30, 180


class Nearness(StrEnum):
    """UNKNOWN: nobody told the date. OVERDUE: it has passed. URGENT: within 30 days. SOON: within 180."""

    UNKNOWN = "unknown"
    OVERDUE = "overdue"
    URGENT = "urgent"
    SOON = "soon"
    LATER = "later"


def nearness(due_on: date | None, today: date) -> Nearness:
    """How near `due_on` is; the day itself is still in time."""
    if due_on is None:
        return Nearness.UNKNOWN
    left = (due_on - today).days
    if left < 0:
        return Nearness.OVERDUE
    return Nearness.URGENT if left <= URGENT_DAYS else Nearness.SOON if left <= SOON_DAYS else Nearness.LATER
