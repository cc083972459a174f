"""«Журналы событий»: filters and pages live in the address, each event opens to plain words (Н-103…Н-113)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

import reflex as rx

from energo_cabinet.auth.access import access
from energo_cabinet.domain.time.period import Period
from energo_cabinet.door import Ask
from energo_cabinet.services.journal.point import EventPage, journal, list_events
from energo_cabinet.services.point.point import PointDetails
from energo_cabinet.state.journal.event_address import EventChoices, default_period
from energo_cabinet.state.journal.events_view import area_options, kind_options
from energo_cabinet.state.journal.journal import JournalPage, wanted
from energo_cabinet.state.period import point_id_of
from energo_cabinet.state.point.head import PointPage, Tab


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

    def _tab(self, query: dict[str, str]) -> Tab:
        return partial(_read, query)

    def _show_head(self) -> None:
        self.links = {"default": self.head.events, "newest": self.head.events}

    def _show_tab(self, details: PointDetails, found: _Found | None) -> None:
        if found is None:
            self._forget("none", "")
            return
        self._show(found.page, found.choices, found.asked, found.newest)
        self.areas, self.kinds = area_options(self._language), kind_options(found.codes, self._language)


@dataclass(frozen=True, slots=True)
class _Found:
    """A page of the period asked for, and the codes there are; `newest`: what is shown without a choice."""

    page: EventPage
    codes: tuple[str, ...]
    choices: EventChoices
    asked: Period
    newest: Period


def _read(query: dict[str, str], ask: Ask, details: PointDetails) -> _Found | None:
    """What the address asks for; None for a journal without events."""
    choices, point_id = EventChoices.of(query), details.card.id
    found = ask(journal, point_id)
    if found.newest_on is None:
        return None
    newest = default_period(found.newest_on)
    asked = choices.period or newest
    page = ask(list_events, point_id, wanted(choices, asked), choices.before, choices.after)
    return _Found(page, found.codes, choices, asked, newest)
