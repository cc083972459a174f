"""«Параметры сети» of a point: live figures, a chart over a period, the voltage week; choices live in the address."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, replace
from functools import partial
from typing import Any

import reflex as rx

from energo_cabinet.auth.access import access
from energo_cabinet.components.network.network_figure import network_figure
from energo_cabinet.domain.network.network import AVERAGE_MIN, GROUPS
from energo_cabinet.domain.network.period import NetworkPeriod
from energo_cabinet.domain.time.period import Period, profile_period
from energo_cabinet.door import Ask
from energo_cabinet.errors import CabinetError
from energo_cabinet.live.topics import on_change
from energo_cabinet.services.network.network import NetworkNow, network_now, network_period, voltage_week
from energo_cabinet.services.point.point import PointDetails
from energo_cabinet.services.values.network_write import TOPIC
from energo_cabinet.state.base import tried
from energo_cabinet.state.network.network_view import NetworkView, NowView, now_view, pages_of, period_view, unit_of
from energo_cabinet.state.network.week_view import WeekView, week_view
from energo_cabinet.state.period import (
    address,
    choice_of,
    dates_of,
    page_of,
    period_of,
    shown_period,
    steps_of,
    told_period,
)
from energo_cabinet.state.point.head import PointPage, Tab
from energo_cabinet.state.shown import PeriodView

LENGTHS = ("day", "week", "month")


@dataclass(frozen=True, slots=True)
class NetworkChoices:
    """What the address chooses beside the period: a group of quantities; "10" minutes, or "fine" as they came."""

    show: str = "u"
    step: str = "10"

    @classmethod
    def of(cls, query: Mapping[str, str]) -> NetworkChoices:
        """InvalidInput for anything else."""
        return cls(
            choice_of(query, "show", GROUPS, "invalid"), choice_of(query, "step", ("10", "fine"), "step_invalid")
        )

    def query(self, **other: str) -> dict[str, str | int | bool]:
        """For `address`, some of them chosen otherwise; the usual ones stay out."""
        chosen = asdict(replace(self, **other))
        return {name: value for name, value in chosen.items() if value != getattr(NetworkChoices(), name)}


@access("customer")
class NetworkState(PointPage, rx.State):
    """`now` is kept up to date by pushes; the rest is what the address asks for."""

    now: NowView = NowView()
    view: NetworkView = NetworkView()
    week: WeekView = WeekView()
    period: PeriodView = PeriodView()
    figure: dict[str, Any] = {}
    chosen: dict[str, str] = {}
    links: dict[str, str] = {}

    @rx.event
    async def load(self):
        """Read what the address asks for."""
        return await self._open()

    @rx.event
    async def choose(self, show: str):
        """The quantities of the chart."""
        if not isinstance(show, str) or show not in GROUPS:
            return None
        try:
            choices = NetworkChoices.of(self._query())
            asked = told_period(self._query())
        except CabinetError as error:
            self._forget("invalid", self._message(error))
            return None
        return rx.redirect(address(self.head.network, asked, **choices.query(show=show)))

    @rx.event
    async def choose_dates(self, form: dict):
        """The period typed into the two date fields."""
        try:
            asked = dates_of(form)
            choices = NetworkChoices.of(self._query())
        except CabinetError as error:
            self._forget("invalid", self._message(error))
            return None
        return rx.redirect(address(self.head.network, asked, **choices.query()))

    @rx.event
    async def leave(self):
        """Forget figure and table with the page."""
        self.reset()

    def _tab(self, query: dict[str, str]) -> Tab:
        return partial(_read, query)

    def _show_head(self) -> None:
        self.links = {"default": self.head.network, "newest": self.head.network}

    def _show_tab(self, details: PointDetails, found: _Found) -> None:
        now, choices, language = found.now, found.choices, self._language
        self.now = now_view(now, language)
        shown = found.series()
        if shown is None:
            self._forget("none" if now.snapshot is None else "ready", "")
            return
        data, norm, page = shown.data, now.norm, page_of(self._query(), pages_of(shown.data))
        self.view = period_view(data, norm, choices.show, language, page)
        unit, limit = unit_of(choices.show, language), float(norm.frequency_limit_hz)
        self.figure = network_figure(data, norm.norm, choices.show, unit, language, limit)
        self.week = week_view(shown.week, norm.norm, language)
        self._place(shown.asked, now, choices, page, pages_of(data), _finest(now))
        self.message, self.status = "", "ready" if data.present else "empty"

    def _place(self, asked: Period, now: NetworkNow, choices: NetworkChoices, page: int, pages: int, fine: int) -> None:
        base, query, newest = self.head.network, choices.query(), now.newest_on or asked.last
        steps = steps_of(asked, newest)
        self.period = shown_period(
            asked,
            steps,
            self._language,
            lambda other: address(base, other, **query),
            address(f"/api{base}.csv", asked, step=fine if choices.step == "fine" else AVERAGE_MIN),
        )
        anchor = min(asked.last, newest) if asked.first <= newest else asked.last
        self.links |= {
            "newest": address(base, None, **query),
            "10": address(base, asked, **choices.query(step="10")),
            "fine": address(base, asked, **choices.query(step="fine")) if fine < AVERAGE_MIN else "",
            "newer": address(base, asked, **query, page=page - 1) if page > 1 else "",
            "older": address(base, asked, **query, page=page + 1) if page < pages else "",
        } | {length: address(base, profile_period(length, anchor), **query) for length in LENGTHS}
        lengths = {1: "day", 7: "week"}
        length = lengths.get(asked.days, "month" if asked.is_month and asked.days >= 28 else "")
        self.chosen = {"length": length, "step": choices.step, "show": choices.show}

    def _forget(self, status: str, message: str) -> None:
        self.view, self.week, self.figure, self.period = NetworkView(), WeekView(), {}, PeriodView()
        self.status, self.message = status, message


@dataclass(frozen=True, slots=True)
class _Series:
    """Every quantity over the period asked for, and the voltages of the week up to its end."""

    data: NetworkPeriod
    week: NetworkPeriod
    asked: Period


@dataclass(frozen=True, slots=True)
class _Found:
    """The live figures, whatever is wrong with the period; `series` is None for a point that keeps none."""

    now: NetworkNow
    choices: NetworkChoices
    series: Callable[[], _Series | None]


def _read(query: Mapping[str, str], ask: Ask, details: PointDetails) -> _Found:
    """What the address asks for."""
    choices, point_id = NetworkChoices.of(query), details.card.id
    now = ask(network_now, point_id)
    return _Found(now, choices, tried(lambda: _series(query, ask, point_id, now, choices.step)))


def _series(query: Mapping[str, str], ask: Ask, point_id: int, now: NetworkNow, step: str) -> _Series | None:
    if now.shown_on is None:
        return None
    asked = period_of(query, profile_period("day", now.shown_on))
    data = ask(network_period, point_id, asked, _finest(now) if step == "fine" else AVERAGE_MIN)
    return _Series(data, ask(voltage_week, point_id, asked.last), asked)


def _finest(now: NetworkNow) -> int:
    """The minutes between values as the meter sends them."""
    return next((step for step in now.steps if step < AVERAGE_MIN), AVERAGE_MIN)


@on_change(TOPIC)
async def refresh_network(root: rx.State) -> None:
    """Read the live figures anew in a tab that shows a point's network."""
    state = await root.get_state(NetworkState)
    if state.head.network and state.router.url.path.rstrip("/") == state.head.network and state.status == "ready":
        now = await state._ask(network_now, state._point_id())
        state.now = now_view(now, state._language)
