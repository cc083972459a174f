"""Periods as people ask for them: checked before any work is done."""

from __future__ import annotations

from typing import get_args

from energo_cabinet.domain.time.local_day import By
from energo_cabinet.domain.time.period import Period
from energo_cabinet.errors import InvalidInput

MAX_DAYS: dict[By, int] = {"days": 366, "weeks": 5 * 366, "months": 10 * 366}
MAX_PROFILE_DAYS = 366


def check_period(period: Period, max_days: int) -> None:
    """InvalidInput for a period that may not be asked for."""
    if wrong := period.problems(max_days):
        raise InvalidInput(wrong, days=max_days)


def check_by(by: object) -> By:
    """One of "months", "weeks" or "days"; InvalidInput for anything else."""
    if not isinstance(by, str) or by not in get_args(By):
        raise InvalidInput({"by": "by_invalid"})
    return by  # type: ignore[return-value]
