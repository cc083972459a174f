"""The page «Обращения» (Н-144…Н-147): the tickets of the contract in view; kept up to date by pushes."""

from __future__ import annotations

from urllib.parse import urlencode

import reflex as rx
from reflex.event import EventSpec

from energo_cabinet import routes
from energo_cabinet.auth.access import access
from energo_cabinet.live.topics import on_change
from energo_cabinet.services.ticket.thread import PAGE, TOPIC
from energo_cabinet.services.ticket.ticket import TicketPage, list_tickets
from energo_cabinet.state.base import PageState, texts
from energo_cabinet.state.frame.session import SessionState
from energo_cabinet.state.ticket.tickets_view import TONES, TicketRow, row_of


@access("customer")
class TicketsState(PageState, rx.State):
    """`status`: "loading", "ready", "empty", "no_contracts", "failed"; `chosen`, `text`: the filter in the address."""

    chosen: str = ""
    text: str = ""
    rows: list[TicketRow] = []
    has_more: bool = False
    supplier_email: str = ""
    _next: int | None = None
    _contract_id: int | None = None

    @rx.event
    async def load(self):
        """Read the list; `?status=…&text=…` in the address filters it."""
        query = self.router.url.query_parameters
        wanted = query.get("status", "")
        self.chosen, self.text = (wanted if wanted in TONES else ""), query.get("text", "").strip()[:100]
        self._contract_id = (await self.get_state(SessionState))._contract_id
        if self._contract_id is None:
            self.rows, self.status = [], "no_contracts"
            return None
        return await self._try(PAGE)

    @rx.event
    async def choose(self, status: str):
        """The filter by status."""
        return self._go(texts({"status": status}, "status")["status"], self.text)

    @rx.event
    async def search(self, form: dict):
        """The text of the search field."""
        return self._go(self.chosen, texts(form, "text")["text"].strip()[:100])

    @rx.event
    async def more(self):
        """Append the next page."""
        if self._next is None or self._contract_id is None:
            return
        page = await self._ask(list_tickets, self._contract_id, self.chosen, self.text, self._next)
        self.rows = [*self.rows, *self._rows(page)]

    @rx.event
    async def leave(self):
        """Forget the rows with the page."""
        self.reset()

    @property
    def _is_in_view(self) -> bool:
        return self.router.url.path.rstrip("/") == routes.TICKETS and self.status in ("ready", "empty")

    def _go(self, status: str, words: str) -> EventSpec:
        given = {name: value for name, value in (("status", status), ("text", words)) if value}
        return rx.redirect(f"{routes.TICKETS}?{urlencode(given)}" if given else routes.TICKETS)

    async def _try(self, limit: int) -> EventSpec | None:
        if self._contract_id is None:
            return None
        asked = self._ask(list_tickets, self._contract_id, self.chosen, self.text, None, limit)
        return await self._load(asked, self._show)

    def _failed(self) -> None:
        self.rows, self.status, self.has_more = [], "failed", False

    def _show(self, page: TicketPage) -> None:
        self.rows = self._rows(page)
        self.status = "ready" if self.rows else "empty"

    def _rows(self, page: TicketPage) -> list[TicketRow]:
        self._next, self.has_more, self.supplier_email = page.next, page.next is not None, page.supplier_email
        return [row_of(card, self._language) for card in page.items]


@on_change(TOPIC)
async def refresh_tickets(root: rx.State) -> None:
    """Read the list anew in a tab that shows it."""
    state = await root.get_state(TicketsState)
    if state._is_in_view:
        await state._try(max(len(state.rows), PAGE))
