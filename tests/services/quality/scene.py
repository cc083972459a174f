"""Days of the tests of data quality."""

from __future__ import annotations

from datetime import date

from energo_cabinet.domain.time.local_day import midnight

TODAY, OCTOBER = date(2026, 11, 21), date(2026, 10, 1)


def at(day: date):
    return midnight(day, "Europe/Moscow")
