"""«Показания»: consumption by months, weeks or days for any period; all choices live in the address (Н-98, Н-99)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

import reflex as rx

from energo_cabinet.auth.access import access
from energo_cabinet.components.energy.consumption_figure import consumption_figure
from energo_cabinet.domain.energy.consumption import Consumption
from energo_cabinet.domain.time.local_day import By
from energo_cabinet.domain.time.period import Period, consumption_period
from energo_cabinet.door import Ask
from energo_cabinet.errors import CabinetError
from energo_cabinet.services.energy.consumption import consumption
from energo_cabinet.services.point.point import PointDetails
from energo_cabinet.state.energy.consumption_table import pages_of
from energo_cabinet.state.energy.consumption_view import ConsumptionView, consumption_view
from energo_cabinet.state.period import address, choice_of, dates_of, page_of, period_of, shown_period, steps_of
from energo_cabinet.state.point.head import PointPage, Tab, newest_day
from energo_cabinet.state.shown import PeriodView

CHOICES: tuple[By, ...] = ("days", "weeks", "months")


@access("customer")
class ConsumptionState(PointPage, rx.State):
    """The view in the address; `status` as in PointPage, `message` says what is wrong with the address."""

    view: ConsumptionView = ConsumptionView()
    period: PeriodView = PeriodView()
    figure: dict[str, Any] = {}
    by: str = "days"
    links: dict[str, str] = {}

    @rx.event
    async def load(self):
        """Read what the address asks for."""
        return await self._open()

    @rx.event
    async def choose_dates(self, form: dict):
        """The period typed into the two date fields."""
        try:
            asked = dates_of(form)
        except CabinetError as error:
            self._forget("invalid", self._message(error))
            return None
        return rx.redirect(address(self.head.readings, asked, by=self.by, compare="compare" in self._query()))

    @rx.event
    async def leave(self):
        """Forget figure and table with the page: a reload would send them again."""
        self.reset()

    def _tab(self, query: dict[str, str]) -> Tab:
        return partial(_read, query)

    def _show_head(self) -> None:
        self.links = {"default": address(self.head.readings)}

    def _show_tab(self, details: PointDetails, found: _Found | None) -> None:
        if found is None:
            self._forget("none", "")
        else:
            self._show(found.data, found.asked, found.newest, found.compare)

    def _show(self, data: Consumption, asked: Period, newest: date, compare: bool) -> None:
        page = page_of(self._query(), pages_of(data))
        base, by, language = self.head.readings, data.by, self._language
        steps = steps_of(asked, newest, by)
        self.by = by
        self.view = consumption_view(data, language, page)
        self.figure = consumption_figure(data, language)
        self.period = shown_period(
            asked,
            steps,
            language,
            lambda other: address(base, other, by=by, compare=compare),
            address(f"/api{base}.csv", asked, by=by, compare=compare),
        )
        anchor = min(asked.last, newest) if asked.first <= newest else asked.last
        self.links = {
            "default": address(base),
            "newest": address(base, consumption_period(by, newest), by=by),
            "compare": address(base, asked, by=by, compare=not compare),
            "is_compared": "1" if compare else "",
            "newer": address(base, asked, by=by, compare=compare, page=page - 1) if page > 1 else "",
            "older": address(base, asked, by=by, compare=compare, page=page + 1) if page < pages_of(data) else "",
        } | {b: address(base, consumption_period(b, anchor), by=b, compare=compare) for b in CHOICES}
        self.message, self.status = "", "empty" if data.total_kwh is None else "ready"

    def _forget(self, status: str, message: str) -> None:
        self.view, self.figure, self.period = ConsumptionView(), {}, PeriodView()
        self.status, self.message = status, message


@dataclass(frozen=True, slots=True)
class _Found:
    """Consumption of the period asked for; `newest`: the last day with values."""

    data: Consumption
    asked: Period
    newest: date
    compare: bool


def _read(query: Mapping[str, str], ask: Ask, details: PointDetails) -> _Found | None:
    """What the address asks for; None for a point without any value."""
    newest = newest_day(details)
    if newest is None:
        return None
    usual = CHOICES if details.card.last_interval_on else CHOICES[::-1]
    by: By = choice_of(query, "by", usual, "by_invalid")  # type: ignore[assignment]
    asked = period_of(query, consumption_period(by, newest))
    compare = choice_of(query, "compare", ("0", "1"), "invalid") == "1"
    return _Found(ask(consumption, details.card.id, by, asked, compare), asked, newest, compare)
