"""`/staff/suppliers`: the exchange with suppliers' systems, kept up to date by pushes."""

from __future__ import annotations

from collections.abc import Sequence

import reflex as rx
from reflex.event import EventSpec

from energo_cabinet import routes
from energo_cabinet.auth.access import access
from energo_cabinet.domain.typed import id_of
from energo_cabinet.errors import CabinetError
from energo_cabinet.i18n import text
from energo_cabinet.live.topics import on_change
from energo_cabinet.services.exchange.state import (
    RefusedPage,
    SupplierState,
    refused_rows,
    supplier_states,
    sync_now,
)
from energo_cabinet.services.exchange.turn import TOPIC
from energo_cabinet.state.base import PageState
from energo_cabinet.state.exchange.staff_suppliers_view import RefusedView, SupplierView, refused_view, supplier_view


@access("staff:admin")
class SuppliersState(PageState, rx.State):
    """`status`: "loading", "ready", "empty", "failed"; `opened`: whose refused rows are listed, "" for nobody's."""

    suppliers: list[SupplierView] = []
    opened: str = ""
    rows: list[RefusedView] = []
    has_more: bool = False
    notice: str = ""
    _next: int | None = None

    @rx.event
    async def load(self):
        """Read the state of every supplier the member administers."""
        self.reset()
        return await self._read()

    @rx.event
    async def sync(self, supplier: str):
        """«Синхронизировать сейчас»."""
        try:
            await self._ask(sync_now, _id(supplier))
        except CabinetError as error:
            self.notice = self._message(error)
            return
        self.notice = text("sync.asked", self._language)

    @rx.event
    async def open(self, supplier: str):
        """Show or hide the refused rows of a supplier."""
        key = _id(supplier)
        self.rows, self._next, self.has_more = [], None, False
        if self.opened == str(key):
            self.opened = ""
            return
        try:
            self._add(await self._ask(refused_rows, key))
        except CabinetError as error:
            self.notice = self._message(error)
            return
        self.opened = str(key)

    @rx.event
    async def more(self):
        """Append the next page of refused rows."""
        if self._next is not None:
            self._add(await self._ask(refused_rows, _id(self.opened), self._next))

    @rx.event
    async def dismiss(self):
        """Close the confirmation."""
        self.notice = ""

    @rx.event
    async def leave(self):
        """Forget it with the page."""
        self.reset()

    @property
    def _is_in_view(self) -> bool:
        return self.router.url.path.rstrip("/") == routes.STAFF_SUPPLIERS and self.status != "loading"

    async def _read(self) -> EventSpec | None:
        return await self._load(self._ask(supplier_states), self._show)

    def _failed(self) -> None:
        self.suppliers, self.status = [], "failed"

    def _show(self, found: Sequence[SupplierState]) -> None:
        self.suppliers = [supplier_view(state, self._language) for state in found]
        self.status = "ready" if found else "empty"

    def _add(self, page: RefusedPage) -> None:
        self.rows = [*self.rows, *(refused_view(row, self._language) for row in page.items)]
        self._next, self.has_more = page.next, page.next is not None


def _id(value: object) -> int:
    """An id as the browser sent it; 0, which no row has, for anything else."""
    return id_of(value) or 0


@on_change(TOPIC)
async def refresh_suppliers(root: rx.State) -> None:
    """Read the state anew in a tab that shows it."""
    state = await root.get_state(SuppliersState)
    if state._is_in_view:
        await state._read()
