"""Voltage against its nominal: bands, share of intervals beyond them, worst value, cases (R-10…R-13, R-16)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

import numpy as np
from numpy.typing import NDArray

from energo_cabinet.domain.values.profile_day import MISSING

Values = NDArray[np.int64]

_PHASE_VOLTAGE = re.compile(r"(?:[1-3]\s*[*x×\u0445]\s*)?\(?\s*(\d{2,4}(?:[.,]\d+)?)", re.IGNORECASE)
_LINE_ONLY = re.compile(r"3\s*[*x×\u0445]\s*(100|380|400)(?![\d.,])")
_OTHER = re.compile(r"[^\d*x×\u0445.,]")
_PHASE_OF_LINE = {"100": Decimal("57.7"), "380": Decimal(220), "400": Decimal(230)}
_POSSIBLE_V = range(12, 1001)


@dataclass(frozen=True, slots=True)
class VoltageNorm:
    """The nominal and the bands around it; `near` is the warning, `limit` what the standard allows."""

    nominal_v: Decimal
    near_percent: Decimal = Decimal(5)
    limit_percent: Decimal = Decimal(10)

    def band(self, percent: Decimal) -> tuple[Decimal, Decimal]:
        """Lowest and highest voltage within `percent` of the nominal, exact."""
        part = self.nominal_v * percent / 100
        return self.nominal_v - part, self.nominal_v + part

    @property
    def limits_v(self) -> tuple[Decimal, Decimal]:
        """198–242 V for 220 V, 207–253 V for 230 V."""
        return self.band(self.limit_percent)

    def deviation_percent(self, volts: float) -> float:
        """Signed deviation from the nominal, %."""
        nominal = float(self.nominal_v)
        return (volts - nominal) * 100 / nominal

    def tone(self, volts: float) -> str:
        """ "" within the near band, "near" beyond it, "beyond" out of the limits."""
        value = Decimal(str(volts))
        for name, percent in (("beyond", self.limit_percent), ("near", self.near_percent)):
            low, high = self.band(percent)
            if not low <= value <= high:
                return name
        return ""


@dataclass(frozen=True, slots=True)
class Case:
    """Neighbouring intervals beyond the limits: slots `start`…`end` (half-open), the worst value in mV and its slot."""

    start: int
    end: int
    worst_mv: int
    worst_slot: int


@dataclass(frozen=True, slots=True)
class VoltageQuality:
    """A phase over a period, in intervals of `step_min`. Missing intervals are counted nowhere."""

    step_min: int
    present: int
    normal: int
    near: int
    beyond: int
    worst_mv: int | None
    worst_slot: int | None
    cases: tuple[Case, ...]

    @property
    def minutes_beyond(self) -> int:
        """Time out of the limits."""
        return self.beyond * self.step_min

    def percent(self, count: int) -> Decimal | None:
        """Share of the intervals that came, three decimals; None without any."""
        return round(Decimal(count) * 100 / self.present, 3) if self.present else None

    @property
    def beyond_percent(self) -> Decimal | None:
        """Share out of the limits: one of 1 008 is 0.099 %."""
        return self.percent(self.beyond)


def judge(values_mv: Values, step_min: int, norm: VoltageNorm) -> VoltageQuality:
    """Count the intervals of a phase; a value on the border is within."""
    came = values_mv != MISSING
    low, high = (int(v * 1000) for v in norm.band(norm.limit_percent))
    near_low, near_high = (int(v * 1000) for v in norm.band(norm.near_percent))
    beyond = came & ((values_mv < low) | (values_mv > high))
    near = came & ~beyond & ((values_mv < near_low) | (values_mv > near_high))
    slot = worst_slot(values_mv, norm)
    return VoltageQuality(
        step_min=step_min,
        present=int(came.sum()),
        normal=int((came & ~beyond & ~near).sum()),
        near=int(near.sum()),
        beyond=int(beyond.sum()),
        worst_mv=None if slot is None else int(values_mv[slot]),
        worst_slot=slot,
        cases=tuple(_cases(values_mv, beyond, norm)),
    )


def worst_slot(values_mv: Values, norm: VoltageNorm) -> int | None:
    """The slot farthest from the nominal, the first of equal ones; None without values."""
    came = values_mv != MISSING
    if not came.any():
        return None
    away = np.where(came, np.abs(values_mv - int(norm.nominal_v * 1000)), -1)
    return int(away.argmax())


def _cases(values_mv: Values, beyond: NDArray[np.bool_], norm: VoltageNorm) -> Iterable[Case]:
    edges = np.flatnonzero(np.diff(np.concatenate([[0], beyond.astype(np.int8), [0]])))
    for start, end in zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True):
        own = worst_slot(values_mv[start:end], norm) or 0
        yield Case(start, end, int(values_mv[start + own]), start + own)


def joint_minutes(phases: Sequence[VoltageQuality]) -> int:
    """Time in which at least one phase was out of the limits: phases at once are not counted twice."""
    slots = {slot for phase in phases for case in phase.cases for slot in range(case.start, case.end)}
    return len(slots) * phases[0].step_min if phases else 0


def nominal_of(text: str) -> Decimal | None:
    """The phase voltage that a meter's plate says: «3*230/400», «230 В», «3×57,7/100»; None for anything else."""
    line = _LINE_ONLY.fullmatch(_OTHER.sub("", text))
    if line:
        return _PHASE_OF_LINE[line[1]]
    found = _PHASE_VOLTAGE.match(text.strip())
    volts = Decimal(found[1].replace(",", ".")) if found else None
    return volts if volts is not None and int(volts) in _POSSIBLE_V else None
