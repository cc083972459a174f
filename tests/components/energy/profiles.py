"""Load profiles and consumption made by hand, without a database."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import numpy as np

from energo_cabinet.domain.energy.consumption import Bucket, Comparison, Consumption, Details, ZoneHours
from energo_cabinet.domain.energy.load_profile import LoadProfile, ProfileValues
from energo_cabinet.domain.time.local_day import midnight, slots_of_day
from energo_cabinet.models import ReadingQuality


def profile(
    first: date,
    days: int = 1,
    *,
    zone: str = "Europe/Moscow",
    step: int = 30,
    kwh: Sequence[float | None] | float = 0.25,
    quality: int = ReadingQuality.VALID,
    due: int | None = None,
) -> LoadProfile:
    """A profile with the same value everywhere or with the given ones; `due`: values expected of the last day."""
    each = [first + timedelta(days=i) for i in range(days)]
    slots = [slots_of_day(day, zone, step) for day in each]
    energy = np.full(sum(slots), kwh) if isinstance(kwh, float) else np.array(kwh, float)
    gaps = np.isnan(energy)
    expected = [*slots[:-1], slots[-1] if due is None else due]
    present = [int((~part).sum()) for part in np.split(gaps, np.cumsum(slots)[:-1])]
    start = midnight(first, zone).astimezone(ZoneInfo(zone))
    return LoadProfile(
        point_id=1,
        channel="A+",
        channels=("A+",),
        first=first,
        last=each[-1],
        zone_name=zone,
        asked_step_min=step,
        values=ProfileValues(
            step_min=step,
            start=start,
            energy=energy,
            marks=np.where(gaps, ReadingQuality.MISSING, quality).astype(np.uint8),
            total_kwh=Decimal(1),
            maximum_kwh=Decimal(1),
            maximum_at=start,
            average_kw=Decimal(1),
            count_days=lambda: np.array([[p, e, step] for p, e in zip(present, expected, strict=True)]),
        ),
        ratio=Decimal(1),
        ratio_applied=False,
    )


def bucket(day: date, zones: dict[str, str] | None, **more: object) -> Bucket:
    """A day's consumption by zone; None: nothing is known."""
    parts = {zone: Decimal(value) for zone, value in (zones or {}).items()}
    known: dict[str, object] = {
        "kwh_by_zone": parts,
        "total_kwh": sum(parts.values(), Decimal(0)) if zones is not None else None,
        "cost_rub": None,
        "present": 48 if zones is not None else 0,
        "expected": 48,
        "is_estimated": False,
        "is_non_commercial": False,
        "is_partial": False,
        "registers": {},
    }
    return Bucket(day, day, **(known | more))  # type: ignore[arg-type]


def consumption(
    buckets: Sequence[Bucket], by: str = "days", comparison: Comparison | None = None, **more: object
) -> Consumption:
    """Consumption over the buckets."""
    known: dict[str, object] = {
        "point_id": 1,
        "channel": "A+",
        "by": by,
        "first": buckets[0].first,
        "last": buckets[-1].last,
        "zone_name": "Europe/Moscow",
        "source": "intervals",
        "zones": tuple(ZoneHours(zone, ()) for zone in sorted({zone for b in buckets for zone in b.kwh_by_zone})),
        "ratio": Decimal(1),
        "ratio_applied": False,
        "work_out": lambda: Details(tuple(buckets), comparison),
    }
    return Consumption(**(known | more))  # type: ignore[arg-type]
