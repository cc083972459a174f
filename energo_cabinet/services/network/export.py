"""Network parameters of a period as a table for a download."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from sqlmodel import Session

from energo_cabinet.auth.access import Subject, service
from energo_cabinet.domain.network.network import AVERAGE_MIN, QUANTITIES
from energo_cabinet.domain.network.period import NetworkPeriod
from energo_cabinet.domain.time.period import Period
from energo_cabinet.domain.values.profile_day import MISSING
from energo_cabinet.services.network.network import network_period
from energo_cabinet.services.table import Cell, Label, Table


@service("customer", "network.export")
def network_table(
    session: Session, subject: Subject, point_id: int, period: Period, step_min: int = AVERAGE_MIN
) -> Table:
    """«Параметры сети» as a table of all quantities that came. Errors as `network_period`."""
    found = network_period(session, subject, point_id, period, step_min)
    quantities = [QUANTITIES[code] for code in found.values]
    heads = [Label(f"network_{q.group}{'' if q.place else '_sum'}", q.place) for q in quantities]
    columns = (Label("start"), Label("utc_offset"), *heads)
    return Table(f"network-{point_id}-{step_min}min-{period.first}-{period.last}", columns, tuple(_rows(found)))


def _rows(period: NetworkPeriod) -> Iterator[tuple[Cell, ...]]:
    if not period.values:
        return
    digits = [QUANTITIES[code].decimals for code in period.values]
    columns = [own.tolist() for own in period.values.values()]
    for slot, row in enumerate(zip(*columns, strict=True)):
        at = period.at(slot)
        cells = (None if v == MISSING else Decimal(v).scaleb(-d) for v, d in zip(row, digits, strict=True))
        yield (at.replace(tzinfo=None), f"UTC{at:%z}", *cells)
