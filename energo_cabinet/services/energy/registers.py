"""Points without a load profile in «Данные учёта энергоресурсов»: differences of their readings (Э-56)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import numpy as np
from sqlmodel import Session

from energo_cabinet.auth.access import Subject
from energo_cabinet.domain.energy.consumption import Consumption
from energo_cabinet.domain.energy.data import SLOT_MINUTES, DataBy, Sums, buckets_of
from energo_cabinet.domain.time.local_day import By
from energo_cabinet.domain.time.period import Period
from energo_cabinet.models import MeteringPoint, Resource
from energo_cabinet.services.energy.consumption import consumption
from energo_cabinet.services.period import MAX_DAYS

MOST_READ = 50
"""Readings are looked at point by point, so of no more points than this."""

_BY: dict[str, By] = {"days": "days", "weeks": "weeks", "months": "months", "years": "months"}


def register_sums(
    session: Session, subject: Subject, points: Sequence[MeteringPoint], by: DataBy, first: date, last: date
) -> dict[int, Sums]:
    """Point → kWh by bucket, for electricity points of which readings say something; nothing by half-hours or hours."""
    if by in SLOT_MINUTES:
        return {}
    step = _BY[by]
    read = [point for point in points if point.resource == Resource.ELECTRICITY][:MOST_READ]
    found: dict[int, Sums] = {}
    for point in read:
        if (last - first).days >= MAX_DAYS[step]:
            break
        answer = consumption(session, subject, point.id, step, Period(first, last))
        if answer.source == "registers":
            found[point.id] = _sums(answer, by)
    return found


def _sums(answer: Consumption, by: DataBy) -> Sums:
    """Its buckets, months joined to years."""
    spans = buckets_of(by, answer.first, answer.last)
    values, counts = np.full(len(spans), np.nan), np.zeros((2, len(spans)), np.int64)
    place = 0
    for bucket in answer.buckets:
        while bucket.first > spans[place].last:
            place += 1
        counts[:, place] += (bucket.present, bucket.expected)
        if bucket.total_kwh is not None:
            values[place] = float(bucket.total_kwh) + (0 if np.isnan(values[place]) else values[place])
    return Sums(values, np.where(np.isnan(values), 0, counts[0]), counts[1])
