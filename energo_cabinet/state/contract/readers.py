"""«Кто ещё видит Ваши договоры»: the other readers, and objecting to one of them."""

from __future__ import annotations

import reflex as rx

from energo_cabinet.auth.access import access
from energo_cabinet.domain.typed import id_of
from energo_cabinet.services.contract.reader import object_to_reader, other_readers
from energo_cabinet.state.base import PageState
from energo_cabinet.state.contract.registered_view import ReaderView, reader_view
from energo_cabinet.state.dialog import DialogState, no_errors

NOBODY = ReaderView("", "", "", "", "", "", "", may_object=False)


@access("customer")
class ReadersState(PageState, DialogState, rx.State):
    """`status` is "loading", "ready" or "failed"; `against`: the reader whom the dialog "object" is about."""

    rows: list[ReaderView] = []
    against: ReaderView = NOBODY
    errors: dict[str, str] = no_errors()

    @rx.event
    async def load(self):
        """Read who reads."""
        self._open("")
        self.notice = ""
        return await self._load(self._read())

    @rx.event
    async def open_objection(self, link_id: str):
        """Ask before a reader loses the contract."""
        row = next((row for row in self.rows if row.link_id == link_id), None)
        if row is not None:
            self.against = row
            self._open("object")

    @rx.event
    async def object(self):
        """«Это не должно быть»."""
        self.is_busy = True
        yield
        if await self._do("reader.objected", object_to_reader, id_of(self.against.link_id) or 0):
            await self._read()

    @rx.event
    async def leave(self):
        """Forget the people with the page."""
        self.reset()

    async def _read(self) -> None:
        self.rows = [reader_view(card, self._language) for card in await self._ask(other_readers)]
        self.status = "ready"
