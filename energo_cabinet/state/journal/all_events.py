"""«Журналы событий» across all points of the caller (Э-57)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial

import reflex as rx

from energo_cabinet import routes
from energo_cabinet.auth.access import access
from energo_cabinet.domain.journal.filter import cursor_of
from energo_cabinet.domain.time.period import Period
from energo_cabinet.door import Ask
from energo_cabinet.errors import NotFound
from energo_cabinet.services.journal.all_points import Journals, journals, list_all_events
from energo_cabinet.services.journal.point import EventPage
from energo_cabinet.state.base import tried
from energo_cabinet.state.journal.event_address import EventChoices, default_period
from energo_cabinet.state.journal.events_view import Option, area_options, kind_options, with_points
from energo_cabinet.state.journal.journal import JournalPage, wanted


@access("customer")
class AllEventsState(JournalPage, rx.State):
    """One journal of many points; `points` to choose one from."""

    points: list[Option] = []

    @rx.event
    async def load(self):
        """Read what the address asks for."""
        return await self._load(self._read())

    def _base(self) -> str:
        return routes.EVENTS

    def _point_of(self, key: str) -> int:
        place = cursor_of(key)
        if place is None:
            raise NotFound
        return place.point

    async def _read(self) -> None:
        found, tab = await self._ask_together(partial(_read, self._query()))
        self.links = {"default": routes.EVENTS, "newest": routes.EVENTS}
        self.points = [Option(str(point_id), name) for point_id, name in found.points.items()]
        shown = tab()
        if shown is None:
            self._forget("none", "")
            return
        page, choices, asked, newest = shown
        self._show(page, choices, asked, newest)
        self.view = with_points(self.view, page, found.points, self._language)
        self.areas, self.kinds = area_options(self._language), kind_options(found.codes, self._language)


_Page = tuple[EventPage, EventChoices, Period, Period]
"""A page of the period asked for, by which choices, and the period that is shown without a choice."""


def _read(query: dict[str, str], ask: Ask) -> tuple[Journals, Callable[[], _Page | None]]:
    """What there is to choose from, and the page the address asks for (None for no events) or why there is none."""
    found = ask(journals)
    return found, tried(lambda: _page(query, ask, found.newest_on))


def _page(query: dict[str, str], ask: Ask, newest_on: date | None) -> _Page | None:
    choices = EventChoices.of(query)
    if newest_on is None:
        return None
    newest = default_period(newest_on)
    asked = choices.period or newest
    chosen = int(choices.point) if choices.point else None
    page = ask(list_all_events, wanted(choices, asked), choices.before, choices.after, chosen)
    return page, choices, asked, newest
