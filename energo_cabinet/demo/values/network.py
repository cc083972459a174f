"""Invented networks: a flat on one phase by the minute, an office with three; they agree with the journals."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray
from sqlmodel import Session, col, select

from energo_cabinet.demo.places import FLAT, OFFICE, Place
from energo_cabinet.domain.network.network import AVERAGE_MIN, PHASES, QUANTITIES, by_day
from energo_cabinet.domain.time.local_day import midnight
from energo_cabinet.models import MeterEvent, MeteringPoint, NetworkNorm, NetworkParameters
from energo_cabinet.services.values.network_write import store_series

DAYS, MINUTE_DAYS = 31, 3
TOLD_V = (205.2, 217.0, 243.4, 254.6)
"""A voltage beyond each limit that a meter of this kind writes down: lowest, low, high, highest (0x20…0x2B)."""
SET_POINTS = (207, 218, 242, 253)
KINDS = {f"m23x.{code:02X}": divmod(code - 0x20, 4) for code in range(0x20, 0x2C)}

Floats = NDArray[np.float64]


def add(session: Session, now: datetime, point: MeteringPoint, at: Place) -> None:
    """The last month of a place by 10 minutes, its last days by the minute, and what is measured now."""
    phases = PHASES if at == OFFICE[0] else PHASES[:1] if at == FLAT else ()
    if not phases:
        return
    local = now.astimezone(ZoneInfo(point.zone_name))
    for step, days in ((AVERAGE_MIN, DAYS), (1, MINUTE_DAYS))[: 2 if at == FLAT else 1]:
        first = int(midnight(local.date() - timedelta(days=days), point.zone_name).timestamp())
        starts = np.arange(first, int(now.timestamp()) // (step * 60) * step * 60, step * 60)
        values = _values(session, point, starts, phases)
        stored = {c: np.rint(v * 10 ** QUANTITIES[c].decimals).astype(np.int64) for c, v in values.items()}
        rows = [
            ((point.id, code, step), day, own)
            for code, column in stored.items()
            for day, own in by_day(starts, column, step, point.zone_name)
        ]
        store_series(session, rows, None)
    facts = {code: int(column[-1]) for code, column in stored.items()}
    session.add(NetworkParameters(point_id=point.id, measured_at=now - timedelta(seconds=40), facts=facts))
    if at == OFFICE[0]:
        least, low, high, most = map(Decimal, SET_POINTS)
        norm = NetworkNorm(point_id=point.id, meter_min_v=least, meter_low_v=low)
        norm.meter_high_v, norm.meter_max_v = high, most
        session.add(norm)


def _values(
    session: Session, point: MeteringPoint, starts: NDArray[np.int64], phases: tuple[str, ...]
) -> dict[str, Floats]:
    """Every quantity at `starts`."""
    rng = np.random.default_rng(60)
    hour = (starts / 3600 + 3) % 24
    is_office = len(phases) > 1
    busy = np.exp(-(((hour - 13.5) / 4.2) ** 2)) if is_office else np.exp(-(((hour - 19.8) / 2.2) ** 2))
    found: dict[str, Floats] = {}
    for n, phase in enumerate(phases):
        share = (1.0, 0.82, 1.25)[n]
        amperes = (0.5 + (3.6 if is_office else 6.0) * busy) * share * rng.uniform(0.85, 1.15, len(starts))
        sag = (1.6, 1.4, 2.4)[n] * busy
        volts = 231.5 - (0.0, 1.6, 3.0)[n] - sag + _wander(rng, len(starts))
        found[f"U{phase}"], found[f"I{phase}"] = volts, amperes
    _follow_journal(session, point, starts, found, phases)
    for phase in phases:
        found[f"cos{phase}"] = 0.965 + 0.02 * rng.uniform(-1, 1, len(starts))
        found[f"S{phase}"] = found[f"U{phase}"] * found[f"I{phase}"] / 1000
        found[f"P{phase}"] = found[f"S{phase}"] * found[f"cos{phase}"]
        found[f"Q{phase}"] = np.sqrt(found[f"S{phase}"] ** 2 - found[f"P{phase}"] ** 2)
    for code in ("P", "Q", "S"):
        found[code] = np.sum([found[code + phase] for phase in phases], axis=0)
    found["cos"] = found["P"] / found["S"]
    found["f"] = 50 + 0.02 * _wander(rng, len(starts)) / 2
    if is_office:
        found["angleAB"] = 120 + rng.normal(0, 0.3, len(starts))
        found["angleBC"] = 120 + rng.normal(0, 0.3, len(starts))
        found["angleCA"] = 360 - found["angleAB"] - found["angleBC"]
    return found


def _follow_journal(
    session: Session, point: MeteringPoint, starts: NDArray[np.int64], found: dict[str, Floats], phases: tuple[str, ...]
) -> None:
    """Where the meter noted a voltage beyond a limit, the voltage is beyond it."""
    events = select(MeterEvent).where(MeterEvent.point_id == point.id, col(MeterEvent.code).in_(list(KINDS)))
    step = int(starts[1] - starts[0])
    for event in session.exec(events.where(MeterEvent.started_s >= int(starts[0]))):
        phase, kind = KINDS[event.code]
        end = event.ended_s or event.started_s + 600
        inside = (starts >= event.started_s - event.started_s % step) & (starts < end)
        if phase < len(phases) and inside.any():
            away = TOLD_V[kind] - float(230)
            depth = 1 + 0.012 * np.sin(np.linspace(0, np.pi, int(inside.sum())))
            found[f"U{phases[phase]}"][inside] = 230 + away * depth


def _wander(rng: np.random.Generator, count: int) -> Floats:
    """Slow noise of about one unit that stays around zero."""
    rough = rng.normal(0, 1, count + 36)
    return np.convolve(rough, np.exp(-np.arange(36) / 9), "same")[:count] * 0.55
