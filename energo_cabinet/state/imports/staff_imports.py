"""The page «Импорт»: files on their way in and the journal of those that came; kept up to date by pushes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

import reflex as rx
from reflex.event import EventSpec

from energo_cabinet import routes
from energo_cabinet.auth.access import access
from energo_cabinet.errors import CabinetError
from energo_cabinet.live.topics import on_change
from energo_cabinet.services.imports.job import TOPIC, cancel_import, repeat_import
from energo_cabinet.services.imports.journal import PAGE, ImportPage, list_imports
from energo_cabinet.state.base import PageState, texts
from energo_cabinet.state.imports.staff_imports_view import LOOKS, ImportRow, row_of

WAYS = ("upload", "folder", "drop", "command")


@access("staff:imports")
class StaffImportsState(PageState, rx.State):
    """`status`: "loading", "ready", "empty", "failed"; `way`, `chosen`, `text`: the filter in the address."""

    way: str = ""
    chosen: str = ""
    text: str = ""
    rows: list[ImportRow] = []
    has_more: bool = False
    waiting: int = 0
    notice: str = ""
    _next: int | None = None

    @rx.event
    async def load(self):
        """Read the journal; `?way=…&status=…&text=…` in the address filters it."""
        query = self.router.url.query_parameters
        way, status = query.get("way", ""), query.get("status", "")
        self.way, self.chosen = way if way in WAYS else "", status if status in LOOKS else ""
        self.text, self.notice = query.get("text", "").strip()[:100], ""
        return await self._read(PAGE)

    @rx.event
    async def choose(self, name: str, value: str):
        """One of the choices above the list: "way" or "status"."""
        given = {"way": self.way, "status": self.chosen, "text": self.text}
        return self._go(given | {name: value} if name in ("way", "status") and isinstance(value, str) else given)

    @rx.event
    async def search(self, form: dict):
        """The text of the search field."""
        words = texts(form, "text")["text"].strip()[:100]
        return self._go({"way": self.way, "status": self.chosen, "text": words})

    @rx.event
    async def more(self):
        """Append the next page."""
        if self._next is not None:
            page = await self._ask(list_imports, self.way, self.chosen, self.text, None, self._next)
            self.rows = [*self.rows, *self._rows(page)]

    @rx.event
    async def stop(self, job_id: int):
        """«Отменить»."""
        await self._do(cancel_import, job_id)

    @rx.event
    async def again(self, job_id: int):
        """«Загрузить ещё раз»."""
        await self._do(repeat_import, job_id)

    @rx.event
    async def close(self):
        """The notice has been read."""
        self.notice = ""

    @rx.event
    async def leave(self):
        """Forget the rows with the page."""
        self.reset()

    @property
    def _is_in_view(self) -> bool:
        return self.router.url.path.rstrip("/") == routes.STAFF_IMPORTS and self.status in ("ready", "empty")

    def _go(self, given: dict[str, str]) -> EventSpec:
        kept = {name: value for name, value in given.items() if value}
        return rx.redirect(f"{routes.STAFF_IMPORTS}?{urlencode(kept)}" if kept else routes.STAFF_IMPORTS)

    async def _do(self, service: Callable[..., Any], job_id: int) -> None:
        try:
            await self._ask(service, job_id)
        except CabinetError as error:
            self.notice = self._message(error)
        await self._read(max(len(self.rows), PAGE))

    async def _read(self, limit: int) -> EventSpec | None:
        asked = self._ask(list_imports, self.way, self.chosen, self.text, None, None, limit)
        return await self._load(asked, self._show)

    def _failed(self) -> None:
        self.rows, self.status, self.has_more = [], "failed", False

    def _show(self, page: ImportPage) -> None:
        self.rows = self._rows(page)
        self.status = "ready" if self.rows else "empty"

    def _rows(self, page: ImportPage) -> list[ImportRow]:
        self._next, self.has_more, self.waiting = page.next, page.next is not None, page.open
        return [row_of(card, self._language) for card in page.items]


@on_change(TOPIC)
async def refresh_imports(root: rx.State) -> None:
    """Read the journal anew in a tab that shows it."""
    state = await root.get_state(StaffImportsState)
    if state._is_in_view:
        await state._read(max(len(state.rows), PAGE))
