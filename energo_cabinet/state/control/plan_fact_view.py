"""A comparison in words: figures first, then the chart's legend and summary, then the table."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from energo_cabinet.components.control.plan_figure import plan_figure
from energo_cabinet.domain.control.plan_fact import PlanFact, Verdict, by_days
from energo_cabinet.domain.values.profile_day import MISSING
from energo_cabinet.formatting import DASH, counted, day_short, moment, number, quantity, span_words
from energo_cabinet.i18n import text
from energo_cabinet.services.control.plan import PlanFactDays
from energo_cabinet.state.shown import Column, LegendItem, Row, Stat, Table

MOST_DAYS_BY_HOUR = 7
LOOKS = {
    Verdict.WITHIN: ("within", ""),
    Verdict.ABOVE: ("above", "danger"),
    Verdict.BELOW: ("below", "warning"),
}


@dataclass(frozen=True)
class PlanFactView:
    """What the page shows."""

    sub: str = ""
    title: str = ""
    summary: str = ""
    stats: tuple[Stat, ...] = ()
    legend: tuple[LegendItem, ...] = ()
    table: Table = field(default_factory=Table)


def plan_fact_view(found: PlanFactDays, language: str) -> tuple[PlanFactView, dict[str, Any]]:
    """The page's words, and its figure."""
    words = _Words(language, found)
    one_day = found.first == found.last
    days = by_days(found.data, found.edges, found.corridor_bp)
    view = PlanFactView(
        sub=words.sub(),
        title=words("chart_hours" if len(found.edges) - 1 <= MOST_DAYS_BY_HOUR else "chart_days"),
        summary=words.summary(),
        stats=words.stats(),
        legend=words.legend(),
        table=_by_hour(found, words) if one_day else _by_day(found, days, words),
    )
    return view, _figure(found, days, language)


def _figure(found: PlanFactDays, days: PlanFact, language: str) -> dict[str, Any]:
    count = len(found.edges) - 1
    if count > MOST_DAYS_BY_HOUR:
        dates = [found.first + timedelta(days=i) for i in range(count)]
        elapsed = sum(1 for edge in found.edges[1:] if edge <= found.elapsed)
        labels, titles = [str(d.day) for d in dates], [day_short(d, language, weekday=True) for d in dates]
        return plan_figure(days, labels, titles, elapsed, language)
    labels = [
        f"{at:%H}" if count == 1 else day_short(at.date(), language) if at.hour == 0 else "" for at in found.starts
    ]
    titles = [_hour(at) if count == 1 else f"{day_short(at.date(), language)}, {_hour(at)}" for at in found.starts]
    figure = plan_figure(found.data, labels, titles, found.elapsed, language)
    if count > 1:
        starts = list(found.edges[:-1])
        ticks = {"tickvals": starts, "ticktext": [labels[i] for i in starts]}
        figure["layout"]["xaxis"] |= ticks
        figure["narrow"]["xaxis"] |= ticks | {"ticktext": [f"{found.starts[i].day}" for i in starts]}
    return figure


def _by_hour(found: PlanFactDays, words: _Words) -> Table:
    data = found.data
    rows = []
    for i, start in enumerate(found.starts):
        cells = words.cells(data, i, is_over=i < found.elapsed)
        mark = words.verdict(int(data.verdict[i]))
        rows.append(
            Row(
                (_hour(start), *cells),
                *mark,
                title=_hour(start),
                value=cells[2],
                note=words.pair(data, i),
                value_note=_share(cells[3]),
            )
        )
    return words.table("column_hour", tuple(rows))


def _by_day(found: PlanFactDays, days: PlanFact, words: _Words) -> Table:
    rows = []
    for i, (begin, end) in enumerate(zip(found.edges, found.edges[1:], strict=False)):
        name = day_short(found.first + timedelta(days=i), words.language, weekday=True)
        cells = words.cells(days, i, is_over=begin < found.elapsed)
        marks = found.data.verdict[begin:end]
        above, below = int((marks == Verdict.ABOVE).sum()), int((marks == Verdict.BELOW).sum())
        outside = words("hours_outside", above=above, below=below) if above or below else ""
        tone = "danger" if above else "warning" if below else ""
        within = words("within") if (marks == Verdict.WITHIN).any() else ""
        rows.append(
            Row(
                (name, *cells),
                outside or within,
                tone,
                title=name,
                value=cells[2],
                note=words.pair(days, i),
                value_note=_share(cells[3]),
            )
        )
    return words.table("column_day", tuple(rows))


def _share(percent: str) -> str:
    return "" if percent == DASH else f"{percent}\u00a0%"


def _hour(start: datetime) -> str:
    return f"{start:%H:%M}–{'24:00' if start.hour == 23 else f'{(start.hour + 1) % 24:02d}:00'}"


class _Words:
    """Texts of one comparison in one language."""

    def __init__(self, language: str, found: PlanFactDays) -> None:
        self.language, self.found = language, found
        self.corridor = number(Decimal(found.corridor_bp) / 100, language, 0 if found.corridor_bp % 100 == 0 else 1)
        self.kwh = text("unit.kwh", language)

    def __call__(self, key: str, **params: object) -> str:
        return text(f"plan.{key}", self.language, **params)

    def sub(self) -> str:
        """Whose plan it is, when it was changed, by whom."""
        change = self.found.changed
        if change is None:
            return self("unchanged", name=self.found.name)
        at = moment(change.at, self.found.starts[0].tzinfo, self.language)
        return self("changed", name=self.found.name, moment=at, by=change.by or self("by_system"))

    def stats(self) -> tuple[Stat, ...]:
        """Plan, fact, deviation and what it costs, over the hours that have both."""
        totals, planned = self.found.data.totals, self.found.planned
        hours = counted(totals.compared, "plan.hours", self.language)
        over = self("all_hours") if totals.compared == planned else self("over_hours", hours=hours)
        missing = self.found.unmeasured
        unmeasured = self("unmeasured", hours=counted(missing, "plan.count", self.language)) if missing else ""
        percent = totals.percent
        shown = self("zero_plan") if percent is None else self("to_plan", percent=self.number(percent, 2))
        cost = number(totals.cost_rub, self.language, 2)
        return (
            Stat(self("planned"), self.kwh_of(totals.plan_wh), self.kwh, over),
            Stat(self("fact"), self.kwh_of(totals.fact_wh), self.kwh, unmeasured),
            Stat(self("deviation"), self.kwh_of(totals.deviation_wh, True), self.kwh, shown if totals.compared else ""),
            Stat(
                self("cost"),
                cost,
                "₽" if totals.cost_rub is not None else "",
                self("cost_note" if self.found.has_prices else "no_prices"),
            ),
        )

    def legend(self) -> tuple[LegendItem, ...]:
        """The series with their second cue."""
        above = self("above_corridor", corridor=self.corridor)
        return (
            LegendItem(self("fact"), "fact"),
            LegendItem(above, "over", "hatch"),
            LegendItem(self("planned"), "plan", "line"),
        )

    def summary(self) -> str:
        """The chart in a sentence."""
        totals = self.found.data.totals
        figures = {
            "plan": quantity(totals.plan_wh / 1000, self.kwh, self.language, 1),
            "fact": quantity(totals.fact_wh / 1000, self.kwh, self.language, 1),
            "deviation": quantity(totals.deviation_wh / 1000, self.kwh, self.language, 1, True),
        }
        return self(
            "summary", period=self.period, corridor=self.corridor, above=totals.above, below=totals.below, **figures
        )

    @property
    def period(self) -> str:
        """The days."""
        return span_words(self.found.first, self.found.last, self.language)

    def table(self, first: str, rows: tuple[Row, ...]) -> Table:
        """Columns and totals around rows."""
        names = ("column_plan", "column_fact", "column_deviation", "column_percent", "column_running")
        columns = (
            Column(self(first)),
            *(Column(self(name), "n") for name in names),
            Column(self("column_corridor", corridor=self.corridor), "n"),
        )
        totals = self.found.data.totals
        foot = (
            self("total"),
            *(self.kwh_of(value) for value in (totals.plan_wh, totals.fact_wh)),
            self.kwh_of(totals.deviation_wh, True),
            self.number(totals.percent, 1),
            "",
            self("hours_outside", above=totals.above, below=totals.below),
        )
        return Table(columns, rows, foot, self("caption", period=self.period), strong=3)

    def cells(self, data: PlanFact, i: int, is_over: bool) -> tuple[str, ...]:
        """Plan, fact, deviation, %, running sum of one line."""
        fact = self.kwh_of(int(data.fact[i]))
        if data.fact[i] == MISSING:
            fact = self("no_data" if is_over else "ahead")
        running = int(data.cumulative[i])
        return (
            self.kwh_of(int(data.plan[i])),
            fact,
            self.kwh_of(int(data.deviation[i]), True),
            self.number(data.percent(i), 1),
            self.kwh_of(running, True) if data.plan[i] != MISSING else DASH,
        )

    def pair(self, data: PlanFact, i: int) -> str:
        """«План 310 · факт 314,1» for a phone's line."""
        plan, fact = (self.kwh_of(int(column[i])) for column in (data.plan, data.fact))
        return f"{self('planned')} {plan} · {self('fact').lower()} {fact}"

    def verdict(self, mark: int) -> tuple[str, str]:
        """Words and tone of an hour."""
        key, tone = LOOKS.get(Verdict(mark), ("", ""))
        return (self(key) if key else "", tone)

    def kwh_of(self, value: int, signed: bool = False) -> str:
        """Wh as kWh."""
        return DASH if value == MISSING else number(Decimal(value) / 1000, self.language, 1, signed)

    def number(self, value: Decimal | None, digits: int) -> str:
        """A signed number."""
        return number(value, self.language, digits, signed=True)
