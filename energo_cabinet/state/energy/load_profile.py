"""«Профиль мощности»: 30 or 60 minutes, power or energy, any span; all choices live in the address (Н-100…Н-102)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

import reflex as rx

from energo_cabinet.auth.access import access
from energo_cabinet.components.energy.average_day_figure import average_day_figure
from energo_cabinet.components.energy.profile_bins import Shown
from energo_cabinet.components.energy.profile_figure import profile_figure
from energo_cabinet.domain.energy.load_profile import LoadProfile, usual_channel
from energo_cabinet.domain.time.period import Period, profile_period
from energo_cabinet.door import Ask
from energo_cabinet.errors import CabinetError
from energo_cabinet.services.energy.load_profile import load_profile
from energo_cabinet.services.point.point import PointDetails
from energo_cabinet.state.energy.load_profile_table import pages_of
from energo_cabinet.state.energy.load_profile_view import ProfileView, profile_view
from energo_cabinet.state.period import Choices, address, dates_of, page_of, period_of, shown_period, steps_of
from energo_cabinet.state.point.head import PointPage, Tab
from energo_cabinet.state.shown import PeriodView

LENGTHS = ("day", "week", "month")


@access("customer")
class LoadProfileState(PointPage, rx.State):
    """The view in the address; `chosen` holds what is on in each group of choices, `links` where they lead."""

    view: ProfileView = ProfileView()
    period: PeriodView = PeriodView()
    figure: dict[str, Any] = {}
    average: dict[str, Any] = {}
    chosen: dict[str, str] = {}
    links: dict[str, str] = {}
    channels: list[dict[str, str]] = []

    @rx.event
    async def load(self):
        """Read what the address asks for."""
        return await self._open()

    @rx.event
    async def choose_dates(self, form: dict):
        """The period typed into the two date fields."""
        try:
            asked = dates_of(form)
            choices = Choices.of(self._query())
        except CabinetError as error:
            self._forget("invalid", self._message(error))
            return None
        return rx.redirect(address(self.head.profile, asked, **choices.query()))

    @rx.event
    async def leave(self):
        """Forget figures and table with the page: a reload would send them again."""
        self.reset()

    def _tab(self, query: dict[str, str]) -> Tab:
        return partial(_read, query)

    def _show_head(self) -> None:
        self.links = {"default": address(self.head.profile)}

    def _show_tab(self, details: PointDetails, found: _Found | None) -> None:
        if found is None:
            self._forget("none", "")
        else:
            self._show(found.data, found.asked, found.newest, found.choices)

    def _show(self, data: LoadProfile, asked: Period, newest: date, choices: Choices) -> None:
        page, language = page_of(self._query(), pages_of(data)), self._language
        shown: Shown = "kwh" if choices.unit == "kwh" else "kw"
        self.view = profile_view(data, language, shown, choices.table == "time", page)
        self.figure = profile_figure(data, language, shown)
        self.average = average_day_figure(data, language)
        base, query, steps = self.head.profile, choices.query(), steps_of(asked, newest)
        self.period = shown_period(
            asked,
            steps,
            language,
            lambda other: address(base, other, **query),
            address(f"/api{base}.csv", asked, step=choices.step, channel=data.channel),
        )
        anchor = min(asked.last, newest) if asked.first <= newest else asked.last
        self.links = _links(base, asked, choices, page, pages_of(data), anchor) | {
            "newest": address(base, profile_period("week", newest), **query)
        }
        self.channels = [{"name": c, "href": address(base, asked, **choices.query(channel=c))} for c in data.channels]
        lengths = {1: "day", 7: "week"}
        self.chosen = {
            "length": lengths.get(asked.days, "month" if asked.is_month and asked.days >= 28 else ""),
            "step": str(choices.step),
            "unit": choices.unit,
            "table": choices.table,
            "channel": data.channel,
        }
        self.message = ""
        self.status = "ready" if data.present else "empty"

    def _forget(self, status: str, message: str) -> None:
        self.view, self.figure, self.average, self.period = ProfileView(), {}, {}, PeriodView()
        self.status, self.message = status, message


@dataclass(frozen=True, slots=True)
class _Found:
    """The profile of the period asked for; `newest`: the last day with values."""

    data: LoadProfile
    asked: Period
    newest: date
    choices: Choices


def _read(query: Mapping[str, str], ask: Ask, details: PointDetails) -> _Found | None:
    """What the address asks for; None for a point without a profile."""
    newest = details.card.last_interval_on
    if newest is None:
        return None
    choices = Choices.of(query)
    asked = period_of(query, profile_period("week", newest))
    channel = choices.channel or usual_channel(details.card.channels)
    data = ask(load_profile, details.card.id, asked, choices.step, channel)
    return _Found(data, asked, newest, choices)


def _links(base: str, asked: Period, choices: Choices, page: int, pages: int, anchor: date) -> dict[str, str]:
    """Where the other choices lead; everything else stays as it is."""
    turn = choices.query(table="time")
    return {
        "default": address(base),
        "kw": address(base, asked, **choices.query(unit="kw")),
        "kwh": address(base, asked, **choices.query(unit="kwh")),
        "30": address(base, asked, **choices.query(step=30)),
        "60": address(base, asked, **choices.query(step=60)),
        "largest": address(base, asked, **choices.query(table="largest")),
        "time": address(base, asked, **turn),
        "newer": address(base, asked, **turn, page=page - 1) if page > 1 else "",
        "older": address(base, asked, **turn, page=page + 1) if page < pages else "",
    } | {length: address(base, profile_period(length, anchor), **choices.query()) for length in LENGTHS}
