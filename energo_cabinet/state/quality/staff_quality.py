"""«Качество данных»: who is silent, what is missing by day, what does not add up."""

from __future__ import annotations

from datetime import date
from functools import partial

import reflex as rx

from energo_cabinet import routes
from energo_cabinet.auth.access import access
from energo_cabinet.domain.typed import day_of
from energo_cabinet.door import Ask
from energo_cabinet.errors import CabinetError
from energo_cabinet.services.quality.imbalance import ImbalancePage, imbalances
from energo_cabinet.services.quality.quality import (
    DayCell,
    HeatPage,
    SilentPage,
    completeness,
    quality_shares,
    silent_points,
)
from energo_cabinet.state.base import PageState, texts
from energo_cabinet.state.quality.staff_quality_view import (
    BalanceRow,
    BalanceView,
    HeatLine,
    HeatView,
    SilentRow,
    balance_rows,
    balance_view,
    heat_lines,
    heat_view,
    silent_row,
    stats_of,
)
from energo_cabinet.state.shown import Stat


@access("staff:quality")
class QualityState(PageState, rx.State):
    """`status`: "loading", "ready", "failed"."""

    stats: list[Stat] = []
    heat: HeatView = HeatView()
    lines: list[HeatLine] = []
    silent: list[SilentRow] = []
    balance: BalanceView = BalanceView()
    balances: list[BalanceRow] = []
    more: dict[str, bool] = {"heat": False, "silent": False, "balance": False}
    _next_heat: str | None = None
    _next: dict[str, int | None] = {}

    @rx.event
    async def load(self):
        """All parts of the board; `?month=2026-10-01` chooses the month of the registers."""
        self.lines, self.silent, self.balances, self._next_heat = [], [], [], ""
        self._next = {"silent": 0, "balance": 0}
        return await self._load(self._read())

    @rx.event
    async def show_more(self, part: str):
        """The next page of "heat", "silent" or "balance"."""
        read = {"heat": self._heat, "silent": self._silent, "balance": self._balance}.get(part)
        if read is not None and self.more.get(part):
            await read()

    @rx.event
    async def choose_month(self, month: str):
        """Another month of the registers."""
        chosen = texts({"month": month}, "month")["month"]
        if any(option["value"] == chosen for option in self.balance.months):
            return rx.redirect(f"{routes.STAFF_QUALITY}?month={chosen}#balance")
        return None

    @rx.event
    async def leave(self):
        """Forget the rows with the page."""
        self.reset()

    def _month(self) -> date | None:
        return day_of(self.router.url.query_parameters.get("month"))

    async def _read(self) -> None:
        heat, silent, shares, balance = await self._ask_together(partial(_opened, self._month()))
        self.stats = stats_of(shares, silent.total, self._language)
        self._show_heat(heat)
        self._show_silent(silent)
        self._show_balance(balance)
        self.status = "ready"

    async def _heat(self) -> None:
        self._show_heat(await self._ask(completeness, self._next_heat or ""))

    async def _silent(self) -> None:
        self._show_silent(await self._ask(silent_points, self._next["silent"] or 0))

    async def _balance(self) -> None:
        self._show_balance(await self._ask_together(partial(_balance, self._month(), self._next["balance"] or 0)))

    def _show_heat(self, page: HeatPage) -> None:
        self.heat = heat_view(page, self._language)
        self.lines = [*self.lines, *heat_lines(page, self._language)]
        self._next_heat, self.more = page.next, {**self.more, "heat": page.next is not None}

    def _show_silent(self, page: SilentPage) -> None:
        self.silent = [*self.silent, *(silent_row(point, self._language) for point in page.points)]
        self._next, self.more = {**self._next, "silent": page.next}, {**self.more, "silent": page.next is not None}

    def _show_balance(self, page: ImbalancePage) -> None:
        self.balance = balance_view(page, self._language)
        self.balances = [*self.balances, *balance_rows(page, self._language)]
        self._next, self.more = {**self._next, "balance": page.next}, {**self.more, "balance": page.next is not None}


def _opened(month: date | None, ask: Ask) -> tuple[HeatPage, SilentPage, DayCell, ImbalancePage]:
    return ask(completeness, ""), ask(silent_points, 0), ask(quality_shares), _balance(month, 0, ask)


def _balance(month: date | None, after: int, ask: Ask) -> ImbalancePage:
    """The month asked for; the newest one instead of what is none."""
    try:
        return ask(imbalances, month, after)
    except CabinetError:
        return ask(imbalances, None, after)
