"""Periods of validity of one thing: they do not overlap, and one without an end ends where the next begins."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Validity:
    """From a day to a day, both its own; `last` None: until the next one."""

    first: date
    last: date | None = None

    def overlaps(self, other: Validity) -> bool:
        """Whether both are valid on some day."""
        return self.first <= (other.last or date.max) and other.first <= (self.last or date.max)


def placed(wanted: Validity, known: Iterable[Validity]) -> tuple[Validity | None, Validity | None]:
    """(the one that is to end on the day before, the one that is in the way); either may be None."""
    others = sorted(known, key=lambda one: one.first)
    before = next((one for one in reversed(others) if one.first < wanted.first), None)
    ends = before if before is not None and before.last is None else None
    in_way = next((one for one in others if one is not ends and one.overlaps(wanted)), None)
    return ends, in_way


def ended(one: Validity, following: Validity) -> Validity:
    """The same, ending on the day before another begins."""
    return Validity(one.first, following.first - DAY)
