"""Interval values and register readings of a demo point, from thirteen months ago to yesterday."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import numpy as np

from energo_cabinet.demo.places import ZONES, Place
from energo_cabinet.demo.values.curves import CURVES, Wh, reactive
from energo_cabinet.domain.time.local_day import add_months, epoch_day
from energo_cabinet.domain.values.profile_day import MISSING, DayRow, encode_day
from energo_cabinet.models import Channel, ReadingQuality

MONTHS = 13


@dataclass(frozen=True)
class Fault:
    """What went wrong on a day: slots [start, end) are missing, or came with a quality other than valid."""

    days_ago: int
    start: int
    end: int
    quality: ReadingQuality


FAULTS = {
    "flat": (Fault(9, 20, 32, ReadingQuality.MISSING), Fault(16, 0, 48, ReadingQuality.ESTIMATED)),
    "office-1": (Fault(5, 18, 22, ReadingQuality.NON_COMMERCIAL),),
    "ventilation": (Fault(12, 30, 48, ReadingQuality.MISSING), Fault(11, 0, 30, ReadingQuality.MISSING)),
}
"""A gap of six hours, an estimated day, two hours of non-commercial values, a day and a night without a link."""


@dataclass(frozen=True)
class Register:
    """One register reading, Wh on the meter's own dials."""

    channel: str
    zone: str
    read_at: datetime
    wh: int
    quality: ReadingQuality


def loads(place: Place, today: date) -> dict[str, list[tuple[date, Wh]]]:
    """Channel → (day, values) of every day up to yesterday; consumed energy, gaps not yet cut."""
    first = add_months(today, -MONTHS).replace(day=1)
    days = [first + timedelta(days=i) for i in range((today - first).days)]
    active = [(day, CURVES[place.curve](day)) for day in days]
    found: dict[str, list[tuple[date, Wh]]] = {Channel.A_PLUS: active}
    if Channel.R_PLUS in place.channels:
        found[Channel.R_PLUS] = [(day, reactive(wh, day)) for day, wh in active]
    return found


def profile(place: Place, values: list[tuple[date, Wh]], today: date) -> list[DayRow]:
    """The interval values as day rows, with the place's faults."""
    faults = {today - timedelta(days=fault.days_ago): fault for fault in FAULTS.get(place.curve, ())}
    return [_row(day, wh, faults.get(day)) for day, wh in values]


def registers(place: Place, channel: str, values: list[tuple[date, Wh]], zone_name: str) -> list[Register]:
    """Readings at every local midnight, or by hand on the 24th; the dials count before the transformer ratio."""
    days = [day + timedelta(days=1) for day, _ in values]
    return [
        Register(channel, zone, _moment(place, day, zone_name), int(wh), _quality(place))
        for zone, dials in _dials(place, channel, values).items()
        for day, wh in zip(days, dials, strict=True)
        if not place.is_manual or day.day == 24
    ]


def _dials(place: Place, channel: str, values: list[tuple[date, Wh]]) -> dict[str, Wh]:
    """Zone → the dial after each day; T0 is the total."""
    zoned = place.zones > 1 and channel == Channel.A_PLUS
    zones = _zone_minutes(place) if zoned else {"T0": np.ones(1440, bool)}
    used = max((values[0][0] - place.installed_on).days, 0)
    found: dict[str, Wh] = {}
    for zone, minutes in zones.items():
        sums = np.array([int(wh[minutes[:: 1440 // len(wh)]].sum()) for _, wh in values])
        found[zone] = (int(sums.sum()) * used // len(sums) + np.cumsum(sums)) // place.ratio
    return found | {"T0": np.sum(list(found.values()), axis=0)}


def _row(day: date, wh: Wh, fault: Fault | None) -> DayRow:
    step = 1440 // len(wh)
    if fault is None:
        return encode_day(epoch_day(day), step, wh)
    kept, quality = wh.copy(), np.zeros(len(wh), np.uint8)
    quality[fault.start : fault.end] = fault.quality
    if fault.quality == ReadingQuality.MISSING:
        kept[fault.start : fault.end] = MISSING
    return encode_day(epoch_day(day), step, kept, quality)


def _zone_minutes(place: Place) -> dict[str, np.ndarray]:
    found: dict[str, np.ndarray] = {}
    for start, end, zone in ZONES[place.tariff]:
        found.setdefault(zone.value, np.zeros(1440, bool))[start:end] = True
    return found


def _moment(place: Place, day: date, zone_name: str) -> datetime:
    return datetime.combine(day, time(18) if place.is_manual else time(), ZoneInfo(zone_name))


def _quality(place: Place) -> ReadingQuality:
    return ReadingQuality.MANUAL if place.is_manual else ReadingQuality.VALID
