"""«Сравнение фактических и плановых величин» as a table for a download."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from sqlmodel import Session

from energo_cabinet.auth.access import Subject, service
from energo_cabinet.domain.control.plan_fact import Verdict
from energo_cabinet.domain.time.period import Period
from energo_cabinet.domain.values.profile_day import MISSING
from energo_cabinet.services.control.plan import PlanFactDays, plan_fact
from energo_cabinet.services.table import Cell, Label, Table

COLUMNS = ("start", "utc_offset", "plan_kwh", "fact_kwh", "deviation_kwh", "deviation_percent", "cumulative_kwh")
VERDICTS = {
    Verdict.UNKNOWN: "missing",
    Verdict.WITHIN: "corridor_within",
    Verdict.ABOVE: "corridor_above",
    Verdict.BELOW: "corridor_below",
}


@service("customer", "plan.export_fact")
def plan_fact_table(
    session: Session,
    subject: Subject,
    period: Period,
    point_id: int | None = None,
    group_id: int | None = None,
) -> Table:
    """Every hour of the days; errors as `plan_fact`."""
    answer = plan_fact(session, subject, period, point_id, group_id)
    columns = tuple(Label(name) for name in (*COLUMNS, "corridor", "deviation_cost"))
    which = f"group-{group_id}" if group_id else f"point-{point_id}"
    return Table(f"plan-fact-{which}-{period.first}-{period.last}", columns, tuple(_rows(answer)))


def _rows(answer: PlanFactDays) -> Iterator[tuple[Cell, ...]]:
    data = answer.data
    for hour, start in enumerate(answer.starts):
        percent, cost = data.percent(hour), data.cost_rub(hour)
        yield (
            start.replace(tzinfo=None),
            f"{start:%z}",
            *(_kwh(int(column[hour])) for column in (data.plan, data.fact, data.deviation)),
            None if percent is None else round(percent, 2),
            _kwh(int(data.cumulative[hour])) if data.deviation[hour] != MISSING else None,
            Label(VERDICTS[Verdict(int(data.verdict[hour]))]),
            None if cost is None else round(cost, 2),
        )


def _kwh(value: int) -> Decimal | None:
    return None if value == MISSING else Decimal(value).scaleb(-3)
