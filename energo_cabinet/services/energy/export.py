"""Consumption and load profiles as tables for a download (Н-98…Н-102)."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from sqlmodel import Session

from energo_cabinet.auth.access import Subject, service
from energo_cabinet.domain.energy.consumption import Bucket, Consumption
from energo_cabinet.domain.energy.load_profile import LoadProfile
from energo_cabinet.domain.time.local_day import By
from energo_cabinet.domain.time.period import Period
from energo_cabinet.models import Channel, ReadingQuality
from energo_cabinet.services.energy.consumption import consumption
from energo_cabinet.services.energy.load_profile import load_profile
from energo_cabinet.services.table import Cell, Label, Table

DIGITS = 6
"""Decimals of interval values: finer than any meter, coarser than the noise of a float."""


@service("customer", "energy.export_readings")
def readings_table(
    session: Session, subject: Subject, point_id: int, by: By, period: Period, compare: bool = False
) -> Table:
    """«Показания» as a table. Errors as `consumption`."""
    answer = consumption(session, subject, point_id, by, period, compare)
    zones = [z.zone for z in answer.zones]
    dials = sorted({zone for b in answer.buckets for zone in b.registers})
    columns = [Label("first"), Label("last"), *(Label("energy", z) for z in zones), Label("total")]
    columns += [Label("cost"), *(Label("register", z) for z in dials), Label("read_at")]
    columns += [Label("previous_first"), Label("previous_last"), Label("previous")] if answer.comparison else []
    columns += [Label("completeness"), Label("quality")]
    rows = tuple(tuple(_bucket_cells(b, answer, zones, dials)) for b in answer.buckets)
    return Table(f"readings-{point_id}-{by}-{period.first}-{period.last}", tuple(columns), rows)


def _bucket_cells(bucket: Bucket, answer: Consumption, zones: list[str], dials: list[str]) -> Iterator[Cell]:
    yield from (bucket.first, bucket.last)
    yield from (bucket.kwh_by_zone.get(zone) for zone in zones)
    yield from (bucket.total_kwh, bucket.cost_rub)
    yield from (bucket.registers.get(zone) for zone in dials)
    yield bucket.registers_at
    if answer.comparison:
        yield from (bucket.previous_first, bucket.previous_last, bucket.previous_kwh)
    yield from (bucket.completeness_percent, Label(_bucket_quality(bucket)))


def _bucket_quality(bucket: Bucket) -> str:
    if bucket.total_kwh is None:
        return "missing"
    if bucket.is_non_commercial:
        return "non_commercial"
    if bucket.is_estimated:
        return "estimated"
    return "partial" if bucket.is_partial else "measured"


@service("customer", "energy.export_load_profile")
def load_profile_table(
    session: Session, subject: Subject, point_id: int, period: Period, step_min: int = 30, channel: str = Channel.A_PLUS
) -> Table:
    """«Профиль мощности» as a table. Errors as `load_profile`."""
    answer = load_profile(session, subject, point_id, period, step_min, channel)
    energy, power = ("energy_kvarh", "power_kvar") if answer.is_reactive else ("energy_kwh", "power_kw")
    columns = (Label("start"), Label("utc_offset"), Label(energy), Label(power), Label("quality"))
    name = f"load-profile-{point_id}-{answer.step_min}min-{period.first}-{period.last}"
    return Table(name, columns, tuple(_profile_rows(answer)))


def _profile_rows(answer: LoadProfile) -> Iterator[tuple[Cell, ...]]:
    labels = {int(quality): Label(quality.name.lower()) for quality in ReadingQuality}
    labels[int(ReadingQuality.VALID)] = Label("measured")
    for start, kwh, kw, quality in zip(answer.starts(), answer.kwh, answer.kw, answer.quality, strict=True):
        yield start.replace(tzinfo=None), f"UTC{start:%z}", _decimal(kwh), _decimal(kw), labels[quality]


def _decimal(value: float | None) -> Decimal | None:
    return None if value is None else Decimal(f"{value:.{DIGITS}f}")
