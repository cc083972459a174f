"""The history of broadcasts in `/staff`: kept up to date by pushes while one is under way."""

from __future__ import annotations

import reflex as rx
from reflex.event import EventSpec

from energo_cabinet import routes
from energo_cabinet.auth.access import access
from energo_cabinet.live.topics import on_change
from energo_cabinet.services.broadcast.history import PAGE, BroadcastPage, list_broadcasts
from energo_cabinet.services.broadcast.live import TOPIC
from energo_cabinet.state.base import PageState
from energo_cabinet.state.broadcast.staff_broadcasts_view import TONES, BroadcastRow, row_of


@access("staff:notices")
class BroadcastsState(PageState, rx.State):
    """`status`: "loading", "ready", "empty", "failed"; `show`: the status in the address, "" for all."""

    show: str = ""
    rows: list[BroadcastRow] = []
    has_more: bool = False
    _next: int | None = None

    @rx.event
    async def load(self):
        """Read the list; `?show=draft|scheduled|…` in the address filters it."""
        wanted = self.router.url.query_parameters.get("show", "")
        self.show = wanted if wanted in TONES else ""
        return await self._try(PAGE)

    @rx.event
    async def more(self):
        """Append the next page."""
        if self._next is None:
            return
        page = await self._ask(list_broadcasts, self.show, self._next)
        self.rows = [*self.rows, *self._rows(page)]

    @rx.event
    async def leave(self):
        """Forget the rows with the page."""
        self.reset()

    @property
    def _is_in_view(self) -> bool:
        return self.router.url.path.rstrip("/") == routes.STAFF_NOTICES and self.status != "loading"

    async def _try(self, limit: int) -> EventSpec | None:
        return await self._load(self._ask(list_broadcasts, self.show, None, limit), self._show)

    def _failed(self) -> None:
        self.rows, self.status, self.has_more = [], "failed", False

    def _show(self, page: BroadcastPage) -> None:
        self.rows = self._rows(page)
        self.status = "ready" if self.rows else "empty"

    def _rows(self, page: BroadcastPage) -> list[BroadcastRow]:
        self._next, self.has_more = page.next, page.next is not None
        return [row_of(card, self._language) for card in page.items]


@on_change(TOPIC)
async def refresh_broadcasts(root: rx.State) -> None:
    """Read the list anew in a tab that shows it."""
    state = await root.get_state(BroadcastsState)
    if state._is_in_view:
        await state._try(max(len(state.rows), PAGE))
