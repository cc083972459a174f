"""What a journal of one point and that of all share: filters and pages in the address, an event that opens."""

from __future__ import annotations

from functools import partial

import reflex as rx

from energo_cabinet import routes
from energo_cabinet.domain.journal.filter import EventFilter
from energo_cabinet.domain.time.period import Period
from energo_cabinet.door import Ask
from energo_cabinet.errors import CabinetError, NotSignedIn
from energo_cabinet.i18n import text
from energo_cabinet.services.journal.point import EventDetails, EventPage, event_details
from energo_cabinet.services.journal.row import EventRow
from energo_cabinet.services.network.network import VoltageAround, voltage_around
from energo_cabinet.services.quality.claim import QualityTerms, quality_terms
from energo_cabinet.state.base import AddressedPage, texts
from energo_cabinet.state.journal.event_address import EventChoices
from energo_cabinet.state.journal.event_ticket import ticket_about
from energo_cabinet.state.journal.events_view import (
    EventView,
    JournalView,
    Option,
    event_view,
    journal_view,
    with_voltage,
)
from energo_cabinet.state.period import dates_of, shown_period, steps_of
from energo_cabinet.state.shown import PeriodView


class JournalPage(AddressedPage, mixin=True):
    """Mixin; `chosen` holds the filters, `links` where the rest leads, `opened` the open event."""

    view: JournalView = JournalView()
    period: PeriodView = PeriodView()
    opened: EventView = EventView()
    chosen: dict[str, str] = {}
    links: dict[str, str] = {}
    areas: list[Option] = []
    kinds: list[Option] = []

    @rx.event
    async def choose(self, name: str, value: str):
        """A filter: kind, severity, phase or point."""
        given = texts({"name": name, "value": value}, "name", "value")
        if given["name"] in ("kind", "severity", "phase", "point"):
            return self._go(**{given["name"]: given["value"]})
        return None

    @rx.event
    async def search(self, form: dict):
        """The text of the search field."""
        return self._go(text=texts(form, "text")["text"].strip()[:100])

    @rx.event
    async def choose_dates(self, form: dict):
        """The period typed into the two date fields."""
        try:
            asked = dates_of(form)
            choices = EventChoices.of(self._query())
        except CabinetError as error:
            self._forget("invalid", self._message(error))
            return None
        return rx.redirect(choices.address(self._base(), asked))

    @rx.event
    async def toggle(self, key: str):
        """Open an event, or close it."""
        if not isinstance(key, str) or key == self.opened.key:
            self.opened = EventView()
            return None
        try:
            point_id = self._point_of(key)
            found, terms, around = await self._ask_together(partial(_event, point_id, key))
        except NotSignedIn:
            return rx.redirect(routes.LOGIN)
        except CabinetError:
            self.opened = EventView(key=key[:40], failed=text("events.failed_one", self._language))
            return None
        ticket = ticket_about(found.row, point_id, terms, self._language)
        self.opened = event_view(found, self._language, key, ticket)
        if around is not None:
            self.opened = with_voltage(self.opened, around, self._language)
        return None

    @rx.event
    async def leave(self):
        """Forget the journal with the page."""
        self.reset()

    def _query(self) -> dict[str, str]:
        return dict(self.router.url.query_parameters)

    def _base(self) -> str:
        """The page's own address."""
        raise NotImplementedError

    def _point_of(self, key: str) -> int:
        """The point a line's event happened at; NotFound."""
        raise NotImplementedError

    def _go(self, **changed: str) -> object:
        """The same address with another filter, from its first page on."""
        try:
            choices = EventChoices.of(self._query()).changed(**changed)
        except CabinetError as error:
            self._forget("invalid", self._message(error))
            return None
        return rx.redirect(choices.address(self._base(), choices.period))

    def _show(self, page: EventPage, choices: EventChoices, asked: Period, newest: Period) -> None:
        """Put a page on show; `newest`: what is shown without a choice."""
        base, language = self._base(), self._language
        steps = steps_of(asked, newest.last)

        def address(period: Period | None, **changed: str) -> str:
            return choices.changed(**changed).address(base, period)

        def all_of(row: EventRow) -> str:
            first = row.fold.first_at.date() if row.fold else row.at.date()
            own = {"point": str(row.point_id)} if row.point_id else {}
            return address(Period(first, row.at.date()), kind=row.code, fold="0", **own)

        self.view = journal_view(page, language, all_of)
        self.period = shown_period(
            asked,
            steps,
            language,
            lambda other: address(other),
            choices.changed(fold="").address(f"/api{base}.csv", asked) if base.startswith("/points/") else "",
        )
        self.links = {
            "default": base,
            "newest": base,
            "fold": address(choices.period, fold="" if choices.fold == "0" else "0"),
            "newer": address(asked, after=page.newer) if page.newer else "",
            "older": address(asked, before=page.older) if page.older else "",
        }
        self.chosen = choices.shown()
        self.opened, self.message, self.status = EventView(), "", "ready"

    def _forget(self, status: str, message: str) -> None:
        self.view, self.period, self.opened = JournalView(), PeriodView(), EventView()
        self.status, self.message = status, message


def wanted(choices: EventChoices, asked: Period) -> EventFilter:
    """What the choices of an address ask the journal for."""
    return EventFilter(asked, **choices.filters())


def _event(point_id: int, key: str, ask: Ask) -> tuple[EventDetails, QualityTerms, VoltageAround | None]:
    """An opened event, what a ticket about it promises, and the voltages around it."""
    return ask(event_details, point_id, key), ask(quality_terms), ask(voltage_around, point_id, key)
