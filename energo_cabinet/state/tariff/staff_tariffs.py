"""«Тарифы»: the supplier's tariffs, and the form that adds one."""

from __future__ import annotations

import reflex as rx

from energo_cabinet import routes
from energo_cabinet.auth.access import access
from energo_cabinet.errors import CabinetError
from energo_cabinet.services.tariff.book import list_tariffs
from energo_cabinet.services.tariff.writing import TARIFF_FIELDS, add_tariff
from energo_cabinet.state.base import PageState, texts
from energo_cabinet.state.dialog import DialogState, no_errors
from energo_cabinet.state.tariff.staff_tariffs_view import TariffRow, tariff_row


@access("staff:registry")
class TariffsState(PageState, rx.State):
    """`status`: "loading", "ready", "empty", "failed"."""

    rows: list[TariffRow] = []
    has_more: bool = False
    _next: str | None = None

    @rx.event
    async def load(self):
        """The first page."""
        self.rows = []
        return await self._load(self._read(""))

    @rx.event
    async def more(self):
        """Append the next page."""
        if self._next:
            await self._read(self._next)

    @rx.event
    async def leave(self):
        """Forget the rows with the page."""
        self.reset()

    def _refused(self, error: CabinetError) -> bool:
        self._failed()
        return True

    async def _read(self, after: str) -> None:
        page = await self._ask(list_tariffs, after)
        self.rows = [*self.rows, *(tariff_row(line, self._language) for line in page.lines)]
        self._next, self.has_more = page.next, page.next is not None
        self.status = "ready" if self.rows else "empty"


@access("staff:admin")
class TariffAddState(DialogState, rx.State):
    """The dialog "add"; `zone_count`: how many zones its form shows."""

    errors: dict[str, str] = no_errors(*TARIFF_FIELDS)
    zone_count: str = "2"

    @rx.event
    async def add(self):
        """Open the form."""
        self.zone_count = "2"
        self._open("add")

    @rx.event
    async def choose(self, count: str):
        """One, two or three zones."""
        if count in ("1", "2", "3"):
            self.zone_count = count

    @rx.event
    async def save(self, form: dict):
        """Add it, and go to its page."""
        if self.dialog != "add":
            return
        self.is_busy = True
        yield
        given = texts(form, *TARIFF_FIELDS) | {"zone_count": self.zone_count}
        key = await self._try(add_tariff, given)
        if key is not None:
            self._open("")
            yield rx.redirect(routes.staff_tariff(key))
