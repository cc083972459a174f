"""«Журналы событий»: filters and pages live in the address, each event opens to plain words (Н-103…Н-113)."""

from __future__ import annotations

import reflex as rx

from energo_cabinet import routes
from energo_cabinet.auth.access import access
from energo_cabinet.domain.event_filter import EventFilter
from energo_cabinet.domain.period import Period
from energo_cabinet.errors import CabinetError, NotFound, NotSignedIn
from energo_cabinet.formatting import span_words
from energo_cabinet.i18n import text
from energo_cabinet.services.event_row import EventRow
from energo_cabinet.services.meter_event import EventPage, Journal, event_details, journal, list_events
from energo_cabinet.services.metering_point import point_details
from energo_cabinet.services.quality_claim import quality_terms
from energo_cabinet.state.base import log, texts
from energo_cabinet.state.event_address import EventChoices, default_period
from energo_cabinet.state.event_ticket import ticket_about
from energo_cabinet.state.events_view import (
    EventView,
    JournalView,
    Option,
    area_options,
    event_view,
    journal_view,
    kind_options,
)
from energo_cabinet.state.period import day_of, point_id_of, steps_of
from energo_cabinet.state.point_head import PointHead, PointPage, head_of
from energo_cabinet.state.shown import PeriodView


@access("customer")
class EventsState(PointPage, rx.State):
    """The journal in the address; `chosen` holds the filters, `links` where the rest leads, `opened` the open event."""

    status: str = "loading"
    message: str = ""
    head: PointHead = PointHead()
    view: JournalView = JournalView()
    period: PeriodView = PeriodView()
    opened: EventView = EventView()
    chosen: dict[str, str] = {}
    links: dict[str, str] = {}
    areas: list[Option] = []
    kinds: list[Option] = []

    @rx.event
    async def load(self):
        """Read what the address asks for."""
        try:
            point_id = await self._point_id()
            details = await self._ask(point_details, point_id)
            await self._show_contract_of(details)
            self.head = head_of(details, self._language)
            await self._read(point_id)
        except NotSignedIn:
            return rx.redirect(routes.LOGIN)
        except NotFound:
            self.reset()
            self.status = "missing"
        except CabinetError as error:
            self._forget("invalid", self._message(error))
        except Exception:
            log.exception("a journal failed to load")
            self._forget("failed", "")
        return None

    @rx.event
    async def choose(self, name: str, value: str):
        """A filter: kind, severity or phase."""
        given = texts({"name": name, "value": value}, "name", "value")
        if given["name"] in ("kind", "severity", "phase"):
            return self._go(**{given["name"]: given["value"]})
        return None

    @rx.event
    async def search(self, form: dict):
        """The text of the search field."""
        return self._go(text=texts(form, "text")["text"].strip()[:100])

    @rx.event
    async def choose_dates(self, form: dict):
        """The period typed into the two date fields."""
        given = texts(form, "first", "last")
        try:
            asked = Period(day_of(given["first"], "first"), day_of(given["last"], "last"))
            choices = EventChoices.of(self._query())
        except CabinetError as error:
            self._forget("invalid", self._message(error))
            return None
        return rx.redirect(choices.address(self.head.events, asked))

    @rx.event
    async def toggle(self, key: str):
        """Open an event, or close it."""
        if not isinstance(key, str) or key == self.opened.key:
            self.opened = EventView()
            return None
        try:
            point_id = point_id_of(self.router.url.path)
            found = await self._ask(event_details, point_id, key)
        except NotSignedIn:
            return rx.redirect(routes.LOGIN)
        except CabinetError:
            self.opened = EventView(key=key[:40], failed=text("events.failed_one", self._language))
            return None
        terms = await self._ask(quality_terms)
        self.opened = event_view(found, self._language, ticket_about(found.row, point_id, terms, self._language))
        return None

    @rx.event
    async def leave(self):
        """Forget the journal with the page."""
        self.reset()

    def _go(self, **changed: str) -> object:
        """The same address with another filter, from its first page on."""
        try:
            choices = EventChoices.of(self._query()).changed(**changed)
        except CabinetError as error:
            self._forget("invalid", self._message(error))
            return None
        return rx.redirect(choices.address(self.head.events, choices.period))

    async def _read(self, point_id: int) -> None:
        self.links = {"default": self.head.events, "newest": self.head.events}
        choices = EventChoices.of(self._query())
        found = await self._ask(journal, point_id)
        if found.newest_on is None:
            self._forget("none", "")
            return
        asked = choices.period or default_period(found.newest_on)
        wanted = EventFilter(asked.first, asked.last, **choices.filters())
        page = await self._ask(list_events, point_id, wanted, choices.before, choices.after)
        self._show(found, page, choices, asked)

    def _show(self, found: Journal, page: EventPage, choices: EventChoices, asked: Period) -> None:
        base, language = self.head.events, self._language
        steps = steps_of(asked, found.newest_on or asked.last)

        def address(period: Period | None, **changed: str) -> str:
            return choices.changed(**changed).address(base, period)

        def all_of(row: EventRow) -> str:
            first = row.fold.first_at.date() if row.fold else row.at.date()
            return address(Period(first, row.at.date()), kind=row.code, fold="0")

        self.view = journal_view(page, language, all_of)
        self.period = PeriodView(
            words=span_words(asked.first, asked.last, language),
            back=address(steps.back) if steps.back else "",
            forward=address(steps.forward) if steps.forward else "",
            first=asked.first.isoformat(),
            last=asked.last.isoformat(),
        )
        self.links = {
            "default": base,
            "newest": base,
            "fold": address(choices.period, fold="" if choices.fold == "0" else "0"),
            "newer": address(asked, after=page.newer) if page.newer else "",
            "older": address(asked, before=page.older) if page.older else "",
        }
        self.chosen = choices.shown()
        self.areas, self.kinds = area_options(language), kind_options(found, language)
        self.opened, self.message, self.status = EventView(), "", "ready"

    def _forget(self, status: str, message: str) -> None:
        self.view, self.period, self.opened = JournalView(), PeriodView(), EventView()
        self.status, self.message = status, message
