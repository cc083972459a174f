"""Invented loads: Wh of every slot of a day. The same day gives the same values, whenever the demo was loaded."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import numpy as np
from numpy.typing import NDArray

Wh = NDArray[np.int64]

HOURS = np.arange(48) / 2


def flat(day: date) -> Wh:
    """A flat of three people with an electric stove: about 260 kWh a month, half-hours."""
    rng = _rng("flat", day)
    weekend = day.weekday() >= 5
    morning = 0.30 * _bump(9.5 if weekend else 7.3, 1.1)
    evening = 0.52 * _bump(19.8, 2.0)
    daytime = (0.22 if weekend else 0.06) * _bump(14, 3.5)
    kw = 0.11 + 0.05 * _fridge(rng) + (morning + evening + daytime) * _season(day) * rng.uniform(0.8, 1.25)
    for _ in range(rng.poisson(2.6 if weekend else 1.6)):  # washing, dishes, oven
        start = int(rng.choice(np.r_[14:20, 34:46]))
        kw[start : start + 3] += rng.uniform(0.5, 1.7) * np.array([1.0, 0.7, 0.4])[: len(kw) - start]
    return _wh(kw * rng.uniform(0.93, 1.07, 48))


def house(day: date) -> Wh:
    """A dacha: busy on summer weekends, nearly nothing in winter."""
    rng = _rng("house", day)
    summer = max(0.0, np.cos((day.timetuple().tm_yday - 200) / 365 * 2 * np.pi))
    present = summer * (1.0 if day.weekday() >= 5 else 0.45)
    kw = 0.04 + present * (0.5 * _bump(10, 2) + 0.9 * _bump(19, 2.5)) * rng.uniform(0.6, 1.4)
    return _wh(kw * rng.uniform(0.9, 1.1, 48))


def garage(day: date) -> Wh:
    """A heated garage box with a charger at night, hours (24 slots)."""
    rng = _rng("garage", day)
    charging = 2.2 * (rng.random() < 0.4) * ((HOURS >= 22) | (HOURS < 2))
    heating = 0.35 * max(0.0, _season(day) - 0.95) * 4
    kw = 0.03 + heating + charging + 0.2 * _bump(18.5, 1.0) * rng.random()
    return _wh(kw * rng.uniform(0.95, 1.05, 48)).reshape(24, 2).sum(axis=1)


def office(day: date, peak_kw: float = 42.0) -> Wh:
    """A floor of offices behind 200/5 transformers, half-hours; steps of 40 Wh, one impulse on the meter."""
    rng = _rng(f"office{peak_kw}", day)
    open_day = day.weekday() < 5 and (day.month, day.day) not in {(1, 1), (1, 2), (1, 7), (5, 1), (5, 9), (6, 12)}
    shape = _bump(11.3, 2.2) + 0.95 * _bump(15.4, 2.4) - 0.10 * _bump(13, 0.5)
    climate = 0.75 + 0.35 * abs(_season(day) - 1.0) / 0.25
    kw = peak_kw * (0.09 + (0.80 if open_day else 0.07) * shape * climate) * rng.uniform(0.96, 1.04, 48)
    return _wh(kw) // 40 * 40


def reactive(active: Wh, day: date) -> Wh:
    """R+ of a load, varh: about a third of the active energy."""
    rng = _rng("reactive", day)
    return (active * rng.uniform(0.28, 0.36, len(active))).astype(np.int64) // 40 * 40


CURVES: dict[str, Callable[[date], Wh]] = {
    "flat": flat,
    "house": house,
    "garage": garage,
    "office-1": lambda day: office(day, 42.0),
    "office-2": lambda day: office(day, 31.0),
    "ventilation": lambda day: office(day, 12.0),
}


def _rng(name: str, day: date) -> np.random.Generator:
    return np.random.default_rng([17, day.toordinal(), *name.encode()])


def _bump(hour: float, width: float) -> NDArray[np.float64]:
    """A smooth hill around an hour of the day, 1 at its top."""
    distance = np.minimum(abs(HOURS - hour), 24 - abs(HOURS - hour))
    return np.asarray(np.exp(-((distance / width) ** 2)))


def _season(day: date) -> float:
    """About 1.25 in mid-January, 0.75 in mid-July."""
    return float(1 + 0.25 * np.cos((day.timetuple().tm_yday - 15) / 365 * 2 * np.pi))


def _fridge(rng: np.random.Generator) -> NDArray[np.float64]:
    return np.asarray((np.sin(np.arange(48) * 2.1 + rng.uniform(0, 6)) > 0).astype(float))


def _wh(kw: NDArray[np.float64]) -> Wh:
    """Half-hours of average kW to whole Wh."""
    return np.asarray(np.rint(np.maximum(kw, 0.005) * 500), np.int64)
