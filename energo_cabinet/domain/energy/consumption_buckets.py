"""From Wh of buckets to what a person reads: kWh after the ratio, roubles, registers, the previous period beside it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from energo_cabinet.domain.energy.bucket_sums import BucketEnergy
from energo_cabinet.domain.energy.consumption import Bucket, Comparison, Details, percent, sum_known
from energo_cabinet.domain.tariff.cost import PriceList, bucket_costs, part_costs
from energo_cabinet.domain.time.comparison import is_known
from energo_cabinet.domain.time.local_day import Span

ONE = Decimal(1)


@dataclass(frozen=True, slots=True)
class Scale:
    """What turns Wh by zone into kWh. `ratio` 1: the values already carry it."""

    zones: tuple[str, ...]
    ratio: Decimal

    def kwh(self, wh: int) -> Decimal:
        """kWh after the ratio."""
        return (Decimal(wh) if self.ratio == ONE else Decimal(wh) * self.ratio).scaleb(-3)

    def by_zone(self, energy: BucketEnergy) -> tuple[Decimal, ...] | None:
        """kWh of each zone; None when nothing is known."""
        return None if energy.wh is None else tuple(self.kwh(value) for value in energy.wh)

    def total(self, energy: BucketEnergy) -> Decimal | None:
        """kWh of all zones; None when nothing is known."""
        return None if energy.wh is None else self.kwh(sum(energy.wh))


@dataclass(frozen=True, slots=True)
class Measured:
    """Wh of the asked spans and of those beside them (no `beside`: not compared).

    `parts` and `part_energies`: the asked spans cut where a price begins, `owners` says of which span each part is.
    """

    scale: Scale
    spans: Sequence[Span]
    energies: Sequence[BucketEnergy]
    parts: Sequence[Span]
    part_energies: Sequence[BucketEnergy]
    owners: Sequence[int]
    beside: Sequence[tuple[Span, BucketEnergy]]


@dataclass(frozen=True, slots=True)
class RegistersSeen:
    """Registers (kWh by zone on the dials) at an instant, local and aware; they close the local day `day`."""

    day: date
    at: datetime
    kwh: Mapping[str, Decimal]


def details(measured: Measured, prices: PriceList, seen: Sequence[RegistersSeen]) -> Details:
    """The buckets of an answer and what stands beside them; `seen` ascending."""
    return Details(_buckets(measured, prices, seen), compared(measured))


def _buckets(measured: Measured, prices: PriceList, seen: Sequence[RegistersSeen]) -> tuple[Bucket, ...]:
    scale = measured.scale
    by_zone = [scale.by_zone(energy) for energy in measured.part_energies]
    rub = bucket_costs(part_costs(measured.parts, by_zone, scale.zones, prices), measured.owners, len(measured.spans))
    registers = seen_by(measured.spans, seen)
    beside: Sequence[tuple[Span, BucketEnergy] | None] = measured.beside or [None] * len(measured.spans)
    rows = zip(measured.spans, measured.energies, rub, beside, registers, strict=True)
    return tuple(_bucket(span, energy, cost, scale, before, last) for span, energy, cost, before, last in rows)


def _bucket(
    span: Span,
    energy: BucketEnergy,
    cost_rub: Decimal | None,
    scale: Scale,
    beside: tuple[Span, BucketEnergy] | None,
    seen: RegistersSeen | None,
) -> Bucket:
    before = beside if beside is not None and is_known(beside[0]) else None
    return Bucket(
        first=span.first,
        last=span.last,
        kwh_by_zone=dict(zip(scale.zones, scale.by_zone(energy) or (), strict=False)),
        total_kwh=scale.total(energy),
        cost_rub=cost_rub,
        present=energy.present,
        expected=energy.expected,
        is_estimated=energy.is_estimated,
        is_non_commercial=energy.is_non_commercial,
        is_partial=energy.is_partial,
        registers=dict(seen.kwh) if seen else {},
        registers_at=seen.at if seen else None,
        previous_kwh=scale.total(before[1]) if before else None,
        previous_first=before[0].first if before else None,
        previous_last=before[0].last if before else None,
    )


def compared(measured: Measured) -> Comparison | None:
    """The spans beside as a whole; None when not compared."""
    beside = [(span, energy) for span, energy in measured.beside if is_known(span)]
    if not beside:
        return None
    return Comparison(
        first=min(span.first for span, _ in beside),
        last=max(span.last for span, _ in beside),
        is_equal=sum(span.days for span in measured.spans) == sum(span.days for span, _ in beside),
        total_kwh=sum_known([measured.scale.total(energy) for _, energy in beside]),
        completeness_percent=percent(sum(e.present for _, e in beside), sum(e.expected for _, e in beside)),
    )


def seen_by(spans: Sequence[Span], seen: Sequence[RegistersSeen]) -> list[RegistersSeen | None]:
    """For each span (ascending) the newest registers of its days."""
    newest: list[RegistersSeen | None] = []
    i = 0
    for span in spans:
        found: RegistersSeen | None = None
        while i < len(seen) and seen[i].day <= span.last:
            if seen[i].day >= span.first:
                found = seen[i]
            i += 1
        newest.append(found)
    return newest
