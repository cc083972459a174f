"""«Журналы событий» across all points of the caller (Э-57)."""

from __future__ import annotations

import reflex as rx

from energo_cabinet import routes
from energo_cabinet.auth.access import access
from energo_cabinet.domain.journal.filter import cursor_of
from energo_cabinet.errors import NotFound
from energo_cabinet.services.journal.all_points import journals, list_all_events
from energo_cabinet.state.journal.event_address import EventChoices, default_period
from energo_cabinet.state.journal.events_view import Option, area_options, kind_options, with_points
from energo_cabinet.state.journal.journal import JournalPage


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
        found = await self._ask(journals)
        self.links = {"default": routes.EVENTS, "newest": routes.EVENTS}
        self.points = [Option(str(point_id), name) for point_id, name in found.points.items()]
        choices = EventChoices.of(self._query())
        if found.newest_on is None:
            self._forget("none", "")
            return
        newest = default_period(found.newest_on)
        asked = choices.period or newest
        chosen = int(choices.point) if choices.point else None
        page = await self._ask(list_all_events, self._wanted(choices, asked), choices.before, choices.after, chosen)
        self._show(page, choices, asked, newest)
        self.view = with_points(self.view, page, found.points, self._language)
        self.areas, self.kinds = area_options(self._language), kind_options(found.codes, self._language)
