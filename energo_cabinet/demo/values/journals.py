"""Invented journals: a flat whose clock is set every night, an office with a weak phase, a garage of the standard."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
from sqlmodel import Session

from energo_cabinet.demo.places import FLAT, GARAGE, OFFICE, Place
from energo_cabinet.domain.journal.codes import Mark, kind_of
from energo_cabinet.domain.journal.records import JournalRow, join, place
from energo_cabinet.domain.time.stamp import wall_seconds
from energo_cabinet.models import MeteringPoint
from energo_cabinet.services.values.event_write import store_events

METER_ZONES = {GARAGE.number: "UTC"}
"""Clocks of the standard's meters keep UTC; the others keep the time of their supplier."""

NIGHTS, WEAK_DAYS, MONTHS = 75, 45, 13
SWITCHED = ("spodes.96.11.2.3", "spodes.96.11.2.4")


def add(session: Session, now: datetime, point: MeteringPoint, at: Place) -> None:
    """The journal of a place, as its meter told it until this morning."""
    meter_zone = METER_ZONES.get(at.number, point.zone_name)
    morning = now.astimezone(ZoneInfo(meter_zone)).replace(hour=0, minute=0, second=0, microsecond=0, tzinfo=None)
    rows = [row for row in _rows(at, morning) if (row.meter_at or 0) < wall_seconds(morning) + 6 * 3600]
    if rows:
        events = join(place(rows, point.zone_name, meter_zone))
        store_events(session, {point.id: events}, {point.id: point.zone_name}, None)


def _rows(at: Place, morning: datetime) -> Iterator[JournalRow]:
    if at == FLAT:
        yield from _corrections(morning)
        yield from _flat(morning)
    elif at == GARAGE:
        yield from _garage(morning)
    elif at in OFFICE:
        yield from _office(morning, weak=at == OFFICE[0])


def _corrections(morning: datetime) -> Iterator[JournalRow]:
    """+117 or +118 s at about two every night; one night is missing, one record contradicts itself (Н-112)."""
    rng = np.random.default_rng(112)
    for nights in range(NIGHTS):
        if nights == 3:
            continue
        begins = morning - timedelta(days=nights) + timedelta(hours=2, minutes=2 + nights % 6)
        before = begins + timedelta(seconds=int(rng.integers(60)))
        shift = int(rng.integers(117, 119))
        after = before + timedelta(seconds=shift - (2880 if nights == 5 else 0))
        yield _row("m23x.02", before, after, stated=shift)


def _flat(morning: datetime) -> Iterator[JournalRow]:
    yield _row("m23x.22", morning - timedelta(hours=5, minutes=10))
    yield _row("m23x.77", morning - timedelta(days=4, hours=13), raw="03 11 A4")
    yield _row("m23x.07", morning - timedelta(days=6), raw="Введено зимнее расписание поставщика")
    for month in range(MONTHS):
        day = morning - timedelta(days=30 * month + 9)
        yield _row("m23x.22", day + timedelta(hours=10, minutes=10), minutes=20)
        yield _row("m23x.22", day + timedelta(days=3, hours=7, minutes=30), minutes=20)
        yield _row("m23x.06", day + timedelta(days=2, hours=19, minutes=4), minutes=11)
        if month % 4 == 1:
            yield _row("m23x.01", day + timedelta(hours=14, minutes=32), minutes=95 + month)


def _office(morning: datetime, weak: bool) -> Iterator[JournalRow]:
    rng = np.random.default_rng(28)
    for days in range(1, WEAK_DAYS, 2 if weak else 9):
        begins = morning - timedelta(days=days) + timedelta(hours=18, minutes=10 * int(rng.integers(6)))
        yield _row("m23x.28", begins, minutes=10 * int(rng.integers(1, 8)))
    yield _row("m23x.04", morning - timedelta(days=4, hours=16), minutes=12)
    if weak:
        yield _row("m23x.06", morning - timedelta(minutes=20))
        yield _row("m23x.12", morning - timedelta(days=2, hours=9, minutes=28), minutes=6)
        yield _row("m23x.23", morning - timedelta(days=12, hours=3), minutes=10)


def _garage(morning: datetime) -> Iterator[JournalRow]:
    for days in range(2, 200, 6):
        begins = morning - timedelta(days=days) + timedelta(hours=19)
        yield _row("spodes.96.11.1.17", begins)
        yield _row("spodes.96.11.1.18", begins + timedelta(minutes=17 + days % 30))
    yield _row("spodes.96.11.4.3", morning - timedelta(days=15, hours=6))
    yield _row("spodes.96.11.4.1", morning - timedelta(days=8, hours=10))
    yield _row("spodes.96.11.4.2", morning - timedelta(days=8, hours=9, minutes=48))
    yield from (_row(code, morning - timedelta(days=40 - 2 * i)) for i, code in enumerate(SWITCHED))


def _row(
    code: str, at: datetime, end: datetime | None = None, minutes: int = 0, stated: int | None = None, raw: str = ""
) -> JournalRow:
    """A record by the meter's clock."""
    kind = kind_of(code)
    end = at + timedelta(minutes=minutes) if minutes else end
    return JournalRow(
        code=code,
        mark=kind.mark if kind else Mark.POINT,
        raw=raw,
        meter_at=wall_seconds(at),
        meter_end=wall_seconds(end) if end else None,
        stated_s=stated if stated is not None else minutes * 60 or None,
    )
