"""«Данные учёта энергоресурсов» as a table for a download: every group, nothing joined (Э-56)."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import numpy as np
from sqlmodel import Session

from energo_cabinet.auth.access import Subject, service
from energo_cabinet.domain.energy.data import DATA_BYS
from energo_cabinet.domain.time.period import Period
from energo_cabinet.domain.typed import whole_number
from energo_cabinet.errors import InvalidInput
from energo_cabinet.services.energy.data import SPLITS, DataQuestion, EnergyData, Group, energy_data
from energo_cabinet.services.table import Cell, Label, Table

DIGITS = 6


@service("customer", "energy.export_data")
def energy_table(
    session: Session,
    subject: Subject,
    by: str,
    period: Period,
    points: str = "",
    split: str = "points",
    unit: str = "",
    channel: str = "",
) -> Table:
    """The answer to what an address asks; errors as `energy_data`."""
    chosen, parts = next((b for b in DATA_BYS if b == by), None), next((s for s in SPLITS if s == split), None)
    if chosen is None or parts is None:
        raise InvalidInput({"by" if chosen is None else "split": "by_invalid"})
    asked = DataQuestion(chosen, period, _ids(points), parts, unit, channel)
    data = energy_data(session, subject, asked)
    time = [Label("start"), Label("utc_offset")] if data.starts else [Label("first"), Label("last")]
    heads = [_head(group, data.unit.key) for group in data.groups]
    columns = (*time, *heads, Label(f"data_total_{data.unit.key}"), Label("completeness"))
    return Table(f"data-{by}-{period.first}-{period.last}", columns, tuple(_rows(data)))


def _head(group: Group, unit: str) -> Label:
    """A point with its channel, or a resource."""
    if group.point:
        return Label(f"data_{unit}", f"{group.point} {group.channel}".strip())
    return Label(f"data_{group.resource.value}_{unit}", group.channel)


def _ids(points: str) -> tuple[int, ...]:
    found = [whole_number(part, 9) for part in points.split(",")] if points else []
    if None in found:
        raise InvalidInput({"points": "invalid"})
    return tuple(number for number in found if number is not None)


def _rows(data: EnergyData) -> Iterator[tuple[Cell, ...]]:
    total = data.total
    for place in range(len(total.values)):
        values = [group.sums.values[place] for group in data.groups] + [total.values[place]]
        cells = (None if np.isnan(v) else Decimal(f"{v:.{DIGITS}f}").normalize() + 0 for v in values)
        expected = int(total.expected[place])
        share = Decimal(int(total.present[place]) * 1000 // expected) / 10 if expected else None
        if data.starts:
            at = data.starts[place]
            yield (at.replace(tzinfo=None), f"UTC{at:%z}", *cells, share)
        else:
            yield (data.spans[place].first, data.spans[place].last, *cells, share)
