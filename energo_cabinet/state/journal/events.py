"""«Журналы событий»: filters and pages live in the address, each event opens to plain words (Н-103…Н-113)."""

from __future__ import annotations

import reflex as rx

from energo_cabinet.auth.access import access
from energo_cabinet.services.journal.point import journal, list_events
from energo_cabinet.services.point.point import PointDetails
from energo_cabinet.state.journal.event_address import EventChoices, default_period
from energo_cabinet.state.journal.events_view import area_options, kind_options
from energo_cabinet.state.journal.journal import JournalPage
from energo_cabinet.state.period import point_id_of
from energo_cabinet.state.point.head import PointPage


@access("customer")
class EventsState(JournalPage, PointPage, rx.State):
    """The journal of the point in the address."""

    @rx.event
    async def load(self):
        """Read what the address asks for."""
        return await self._open()

    def _base(self) -> str:
        return self.head.events

    def _point_of(self, key: str) -> int:
        return point_id_of(self.router.url.path)

    async def _read(self, details: PointDetails) -> None:
        point_id = details.card.id
        self.links = {"default": self.head.events, "newest": self.head.events}
        choices = EventChoices.of(self._query())
        found = await self._ask(journal, point_id)
        if found.newest_on is None:
            self._forget("none", "")
            return
        newest = default_period(found.newest_on)
        asked = choices.period or newest
        page = await self._ask(list_events, point_id, self._wanted(choices, asked), choices.before, choices.after)
        self._show(page, choices, asked, newest)
        self.areas, self.kinds = area_options(self._language), kind_options(found.codes, self._language)
