"""`/staff`: the numbers of the day, two charts, each number a link for whoever may follow it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import reflex as rx

from energo_cabinet import routes
from energo_cabinet.auth.access import access
from energo_cabinet.components.spark import SLOT, Spark, SparkMark, scale_of, spark_paths
from energo_cabinet.formatting import day_short, number
from energo_cabinet.i18n import text
from energo_cabinet.live.topics import on_change
from energo_cabinet.services.contract.link_request import REQUESTS
from energo_cabinet.services.desk.queue import DeskFilter
from energo_cabinet.services.staff.dashboard import AGES, Dashboard, dashboard
from energo_cabinet.services.ticket.writing import DESK
from energo_cabinet.state.base import PageState
from energo_cabinet.state.desk.desk_view import desk_address


@dataclass(frozen=True)
class DashboardNumber:
    """A number, what it counts, where it leads for whoever has `permission`; `tone` "danger" when it wants somebody."""

    key: str
    words: str
    value: str
    note: str
    tone: str
    href: str
    permission: str


@dataclass(frozen=True)
class TableLine:
    """A line of a chart's table."""

    words: str
    value: str


@access("staff:dashboard")
class StaffDashboardState(PageState, rx.State):
    """`status`: "loading", "ready", "failed"."""

    numbers: list[DashboardNumber] = []
    ages: Spark = Spark()
    age_rows: list[TableLine] = []
    weeks: Spark = Spark()
    week_rows: list[TableLine] = []

    @rx.event
    async def load(self):
        """Read everything at once."""
        return await self._load(self._read())

    @rx.event
    async def leave(self):
        """Forget the numbers with the page."""
        self.reset()

    async def _read(self) -> None:
        found, language = await self._ask(dashboard), self._language
        self.numbers = numbers_of(found, language)
        names = [text(f"dashboard.age_{n}", language) for n in range(len(AGES) + 1)]
        short = [f"<{AGES[0]}", *(f"{a}–{b}" for a, b in pairwise(AGES)), f">{AGES[-1]}"]
        unit = text("dashboard.age_unit", language)
        self.ages = _drawing(found.ages, short, names, text("dashboard.ages", language), language, unit)
        self.age_rows = _table(names, found.ages, language)
        days = [day_short(monday, language) for monday, _ in found.weeks]
        counts = [count for _, count in found.weeks]
        shown = [words if n % 3 == 2 else "" for n, words in enumerate(days)]
        self.weeks = _drawing(counts, shown, days, text("dashboard.weeks", language), language)
        self.week_rows = _table(days, counts, language)
        self.status = "ready"


def numbers_of(found: Dashboard, language: str) -> list[DashboardNumber]:
    """In the order in which people look."""
    failed = found.letters_failed + found.sms_failed + found.deliveries_failed
    parts = {"letters": found.letters_failed, "sms": found.sms_failed, "deliveries": found.deliveries_failed}
    tone = "danger" if failed else ""
    refused = _note("imports", language, n=found.imports_refused)
    overdue = desk_address(DeskFilter(is_overdue=True))
    shown = (
        ("tickets", found.open_tickets, "", "", routes.STAFF_TICKETS, "desk"),
        ("overdue", found.overdue, "", "danger" if found.overdue else "", overdue, "desk"),
        ("requests", found.requests, "", "", routes.STAFF_CUSTOMER_REQUESTS, "customers"),
        ("imports", found.imports, refused, "", routes.STAFF_IMPORTS, "imports"),
        ("failures", failed, _note("failures", language, **parts), tone, routes.STAFF_FAILURES, "dashboard"),
        ("sign_ins", found.sign_ins, "", "", "", ""),
    )
    return [
        DashboardNumber(key, text(f"dashboard.{key}", language), number(value, language, 0), *rest)
        for key, value, *rest in shown
    ]


def _note(key: str, language: str, **params: int) -> str:
    return text(f"dashboard.{key}_note", language, **params) if any(params.values()) else ""


def _table(names: Sequence[str], counts: Sequence[int], language: str) -> list[TableLine]:
    return [TableLine(words, number(count, language, 0)) for words, count in zip(names, counts, strict=True)]


def _drawing(
    counts: Sequence[int], labels: Sequence[str], names: Sequence[str], title: str, language: str, unit: str = ""
) -> Spark:
    columns = [[float(count)] for count in counts]
    nothing: list[float | None] = [None] * len(columns)
    top, step = scale_of(columns, nothing)
    top, step = (top, step) if step >= 1 else (max(1.0, top), 1.0)
    values = [step * n for n in range(round(top / step) + 1)]
    told = [f"{words}: {count}" for words, count in zip(names, counts, strict=True)]
    return Spark(
        box=f"0 0 {len(columns) * SLOT} 100",
        paths=spark_paths(columns, nothing, ["fact"], top),
        lines=tuple(SparkMark(f"{v / top * 100:.4g}%", number(v, language, 0)) for v in values),
        labels=tuple(
            SparkMark(f"{(n + 0.5) / len(columns) * 100:.4g}%", words) for n, words in enumerate(labels) if words
        ),
        hints=tuple(told),
        summary=f"{title}. {'; '.join(told)}",
        unit=unit,
    )


@on_change(DESK)
@on_change(REQUESTS)
async def refresh_dashboard(root: rx.State) -> None:
    """Count anew in a tab that shows it."""
    state = await root.get_state(StaffDashboardState)
    if state.status == "ready" and state.router.url.path.rstrip("/") == routes.STAFF:
        await state._read()
