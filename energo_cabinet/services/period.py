"""Periods as people ask for them: checked before any work is done."""

from __future__ import annotations

from datetime import date
from typing import Literal, get_args

from energo_cabinet.domain.time.clock import By
from energo_cabinet.errors import InvalidInput

FIRST_YEAR, LAST_YEAR = 2000, 2100
MAX_DAYS: dict[By, int] = {"days": 366, "weeks": 5 * 366, "months": 10 * 366}
MAX_PROFILE_DAYS = 366


def parse_day(value: object, field: Literal["first", "last"]) -> date:
    """A date from YYYY-MM-DD as it stands in an address. InvalidInput for anything else."""
    if not isinstance(value, str) or len(value) != 10:
        raise InvalidInput({field: "date_invalid"})
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise InvalidInput({field: "date_invalid"}) from None


def check_period(first: date, last: date, max_days: int) -> None:
    """InvalidInput unless both are dates of 2000…2100, in order, and no more than `max_days` together."""
    wrong = {name: "date_invalid" for name, day in (("first", first), ("last", last)) if not _is_possible(day)}
    if wrong:
        raise InvalidInput(wrong)
    if first > last:
        raise InvalidInput({"last": "period_reversed"})
    if (last - first).days >= max_days:
        raise InvalidInput({"last": "period_too_long"}, days=max_days)


def check_by(by: object) -> By:
    """One of "months", "weeks" or "days"; InvalidInput for anything else."""
    if not isinstance(by, str) or by not in get_args(By):
        raise InvalidInput({"by": "by_invalid"})
    return by  # type: ignore[return-value]


def _is_possible(day: object) -> bool:
    return type(day) is date and FIRST_YEAR <= day.year <= LAST_YEAR
