"""«Данные учета энергоресурсов»: any set of points by half-hour…year; every choice lives in the address (Э-56)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import reflex as rx

from energo_cabinet import routes
from energo_cabinet.auth.access import access
from energo_cabinet.domain.time.period import Period, data_period
from energo_cabinet.errors import CabinetError
from energo_cabinet.formatting import dots
from energo_cabinet.i18n import text
from energo_cabinet.services.energy.data import EnergyData, energy_data
from energo_cabinet.services.point.point import PointCard, list_points
from energo_cabinet.state.base import AddressedPage, texts
from energo_cabinet.state.energy.data_address import DataChoices
from energo_cabinet.state.energy.data_view import DataView, DataWords, data_figure, data_view, pages_of, unit_words
from energo_cabinet.state.journal.events_view import Option
from energo_cabinet.state.period import dates_of, page_of, period_of, shown_period, steps_of, told_period
from energo_cabinet.state.shown import PeriodView

STEPS_BY = {"weeks": "weeks", "months": "months", "years": "months"}


@dataclass(frozen=True)
class PointChoice:
    """A point that may be chosen."""

    id: str
    name: str
    note: str
    is_chosen: bool


@access("customer")
class DataState(AddressedPage, rx.State):
    """`chosen`: fields of the toolbar; `links`: files, pages, the usual view."""

    view: DataView = DataView()
    period: PeriodView = PeriodView()
    figure: dict[str, Any] = {}
    chosen: dict[str, str] = {}
    links: dict[str, str] = {}
    points: list[PointChoice] = []
    units: list[Option] = []
    channels: list[Option] = []

    @rx.event
    async def load(self):
        """Read what the address asks for."""
        return await self._load(self._read())

    @rx.event
    async def choose(self, name: str, value: str):
        """Resolution, grouping, unit or channel; another resolution or unit begins anew."""
        given = texts({"name": name, "value": value}, "name", "value")
        if given["name"] not in ("by", "split", "unit", "channel"):
            return None
        other = {given["name"]: given["value"]} | ({"channel": ""} if given["name"] == "unit" else {})
        period = None if given["name"] == "by" else self._period()
        return self._go(period, **other)

    @rx.event
    async def choose_points(self, form: dict):
        """The points ticked in the list; all of them or none mean all."""
        ticked = [point.id for point in self.points if isinstance(form, dict) and form.get(f"point-{point.id}")]
        is_all = len(ticked) in (0, len(self.points))
        return self._go(self._period(), points="" if is_all else ",".join(sorted(ticked, key=int)))

    @rx.event
    async def choose_dates(self, form: dict):
        """The period typed into the two date fields."""
        try:
            asked = dates_of(form)
        except CabinetError as error:
            self._forget("invalid", self._message(error))
            return None
        return self._go(asked)

    @rx.event
    async def leave(self):
        """Forget figure and table with the page."""
        self.reset()

    def _query(self) -> dict[str, str]:
        return dict(self.router.url.query_parameters)

    def _period(self) -> Period | None:
        """The period in the address; None where it says none, or nonsense."""
        try:
            return told_period(self._query())
        except CabinetError:
            return None

    def _go(self, period: Period | None, **other: str) -> object:
        try:
            choices = DataChoices.of(self._query())
        except CabinetError as error:
            self._forget("invalid", self._message(error))
            return None
        return rx.redirect(choices.address(period, **other))

    async def _read(self) -> None:
        cards = await self._ask(list_points)
        self.links = {"default": routes.DATA}
        choices = DataChoices.of(self._query())
        self.points = [_choice(card, choices, self._language) for card in cards]
        newest = max((day for card in cards if _is_in(card, choices) and (day := _newest(card))), default=None)
        if newest is None:
            self.chosen = {**_chosen(choices), "count": str(len(choices.ids) or len(cards))}
            self._forget("none" if cards else "no_points", "")
            return
        asked = period_of(self._query(), data_period(choices.by, newest))
        self._show(await self._ask(energy_data, choices.question(asked)), asked, newest, choices)

    def _show(self, data: EnergyData, asked: Period, newest: date, choices: DataChoices) -> None:
        page, words = page_of(self._query(), pages_of(data)), DataWords(data, self._language)
        self.view, self.figure = data_view(words, page), data_figure(words)
        steps = steps_of(asked, newest, STEPS_BY.get(choices.by, "days"))
        self.period = shown_period(
            asked,
            steps,
            self._language,
            lambda other: choices.address(other),
            choices.address(asked, f"/api{routes.DATA}.csv"),
        )
        self.links = {
            "default": routes.DATA,
            "xlsx": choices.address(asked, f"/api{routes.DATA}.xlsx"),
            "newer": choices.address(asked, page=str(page - 1)) if page > 1 else "",
            "older": choices.address(asked, page=str(page + 1)) if page < pages_of(data) else "",
        }
        self.chosen = _chosen(choices) | {
            "unit": data.unit.key,
            "channel": choices.channel,
            "count": str(len(choices.ids) or len(self.points)),
        }
        self.units = [Option(key, unit_words(key, self._language)) for key in data.units]
        self.channels = [Option(name, name) for name in data.channels]
        self.message, self.status = "", "ready" if data.total.total is not None else "empty"

    def _forget(self, status: str, message: str) -> None:
        self.view, self.figure, self.period = DataView(), {}, PeriodView()
        self.status, self.message = status, message


def _chosen(choices: DataChoices) -> dict[str, str]:
    return {"by": choices.by, "split": choices.split, "unit": choices.unit, "channel": choices.channel}


def _is_in(card: PointCard, choices: DataChoices) -> bool:
    return not choices.ids or card.id in choices.ids


def _newest(card: PointCard) -> date | None:
    """The newest day with data; a reading at midnight closes the day before."""
    if card.last_interval_on is not None or card.last_read_at is None:
        return card.last_interval_on
    return (card.last_read_at - timedelta(seconds=1)).date()


def _choice(card: PointCard, choices: DataChoices, language: str) -> PointChoice:
    note = dots([card.contract_title, text(f"resource.{card.resource.value}", language)])
    return PointChoice(str(card.id), card.name or card.number, note, _is_in(card, choices))
