"""The queue of `/staff/tickets`: filters in the address, the next page, live."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import reflex as rx
from reflex.event import EventSpec

from energo_cabinet import routes
from energo_cabinet.auth.access import access
from energo_cabinet.domain.typed import id_of, whole_number
from energo_cabinet.door import Ask
from energo_cabinet.live.topics import on_change
from energo_cabinet.services.desk.colleagues import Colleague, desk_colleagues
from energo_cabinet.services.desk.queue import OPEN, PAGE, STATUSES, DeskFilter, DeskPage, desk_queue, desk_queue_again
from energo_cabinet.services.ticket.ticket import TicketCategory
from energo_cabinet.services.ticket.writing import DESK
from energo_cabinet.state.base import PageState, texts
from energo_cabinet.state.desk.desk_view import DeskLine, DeskQueueView, desk_address, desk_line, queue_view

LONGEST = 100


def asked_of(query: dict[str, str]) -> DeskFilter:
    """The filter of an address; what is damaged means nothing."""
    status, category = query.get("status", OPEN), query.get("category", "")
    assignee = query.get("assignee", "")
    is_known = assignee in ("mine", "nobody") or whole_number(assignee, 9) is not None
    return DeskFilter(
        status=status if status in STATUSES else OPEN,
        category=category if category in set(TicketCategory) else "",
        assignee=assignee if is_known else "",
        is_overdue=query.get("overdue") == "1",
        text=query.get("text", "").strip()[:LONGEST],
    )


def ticket_of(query: dict[str, str]) -> int | None:
    """The ticket of an address; None for what is none."""
    return id_of(query.get("ticket"))


@access("staff:desk")
class DeskState(PageState, rx.State):
    """`status`: "loading", "ready", "empty", "failed"; `asked`: the filter as the page's controls show it."""

    asked: dict[str, str] = {}
    queue: DeskQueueView = DeskQueueView()
    rows: list[DeskLine] = []
    colleagues: list[dict[str, str]] = []
    current: int = 0
    has_more: bool = False
    _filter: DeskFilter = DeskFilter()
    _next: str = ""

    @rx.event
    async def load(self):
        """Read the queue of the address; another ticket of the same queue is only marked."""
        query = dict(self.router.url.query_parameters)
        asked, ticket = asked_of(query), ticket_of(query) or 0
        is_same, self.current = asked == self._filter and self.status in ("ready", "empty"), ticket
        self._filter = asked
        self.asked = {"status": asked.status, "category": asked.category, "assignee": asked.assignee}
        self.asked |= {"text": asked.text, "overdue": "1" if asked.is_overdue else ""}
        return await self._try(max(len(self.rows), PAGE) if is_same else PAGE, is_same)

    @rx.event
    async def choose(self, name: str, value: str):
        """A filter by one of the selects."""
        given = texts({"value": value}, "value")["value"]
        if name not in ("status", "category", "assignee"):
            return None
        wanted = asked_of(self.asked | {name: given})
        return rx.redirect(desk_address(replace(wanted, is_overdue=False), self.current or None))

    @rx.event
    async def search(self, form: dict):
        """The text of the search field."""
        words = texts(form, "text")["text"].strip()[:LONGEST]
        return rx.redirect(desk_address(replace(self._filter, text=words), self.current or None))

    @rx.event
    async def more(self):
        """Append the next page."""
        if not self._next:
            return
        page = await self._ask(desk_queue, self._filter, self._next)
        self.rows = [*self.rows, *self._shown(page)]

    @rx.event
    async def leave(self):
        """Forget the rows with the page."""
        self.reset()

    @property
    def _is_in_view(self) -> bool:
        return self.router.url.path.rstrip("/") == routes.STAFF_TICKETS and self.status in ("ready", "empty")

    async def _try(self, limit: int, is_same: bool = True) -> EventSpec | None:
        return await self._load(self._read(limit, is_same))

    async def _read(self, limit: int, is_same: bool) -> None:
        page, people = await self._ask_together(partial(_queue, self._filter, limit if is_same else None))
        self.colleagues = [{"value": str(one.id), "label": one.name} for one in people]
        self.rows = self._shown(page)
        self.status = "ready" if self.rows else "empty"

    def _failed(self) -> None:
        self.rows, self.status, self.has_more = [], "failed", False

    def _shown(self, page: DeskPage) -> list[DeskLine]:
        self._next, self.has_more = page.next, bool(page.next)
        self.queue = queue_view(self._filter, page.counts, self.current or None, self._language)
        return [desk_line(row, self._filter, self._language) for row in page.items]


def _queue(asked: DeskFilter, again: int | None, ask: Ask) -> tuple[DeskPage, tuple[Colleague, ...]]:
    """The first page of the queue, or the `again` rows that are on show, and who may be given a ticket."""
    page = ask(desk_queue, asked) if again is None else ask(desk_queue_again, asked, again)
    return page, ask(desk_colleagues)


@on_change(DESK)
async def refresh_desk(root: rx.State) -> None:
    """Read the queue anew in a tab that shows it."""
    state = await root.get_state(DeskState)
    if state._is_in_view:
        await state._try(max(len(state.rows), PAGE))
