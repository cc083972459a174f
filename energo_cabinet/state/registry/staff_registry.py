"""«Реестр»: points of the supplier, or their addresses; what is asked for is in the address of the page."""

from __future__ import annotations

from urllib.parse import urlencode

import reflex as rx
from reflex.event import EventSpec

from energo_cabinet import routes
from energo_cabinet.auth.access import access
from energo_cabinet.errors import CabinetError
from energo_cabinet.services.registry.registry import STATES, list_locations, list_registry
from energo_cabinet.state.base import PageState, texts
from energo_cabinet.state.registry.staff_registry_view import LocationRow, PointRow, location_row, point_row

LONGEST_TEXT = 100


@access("staff:registry")
class RegistryState(PageState, rx.State):
    """`status`: "loading", "ready", "empty", "failed"; `chosen`, `text`, `address`: the filter in the address."""

    by: str = "points"
    chosen: str = ""
    text: str = ""
    address: str = ""
    points: list[PointRow] = []
    locations: list[LocationRow] = []
    has_more: bool = False
    _next: str | None = None

    @rx.event
    async def load(self):
        """The first page; `?by=locations&text=…&state=…&address=…` filters it."""
        query = self.router.url.query_parameters
        wanted = query.get("state", "")
        self.by = "locations" if query.get("by") == "locations" else "points"
        self.chosen, self.text = (wanted if wanted in STATES else ""), _clean(query.get("text", ""))[:LONGEST_TEXT]
        self.address = _clean(query.get("address", ""))[:300]
        self.points, self.locations, self._next = [], [], ""
        return await self._load(self._read())

    @rx.event
    async def choose(self, state: str):
        """The filter by what needs work."""
        return self._go(texts({"state": state}, "state")["state"], self.text)

    @rx.event
    async def search(self, form: dict):
        """The text of the search field."""
        return self._go(self.chosen, _clean(texts(form, "text")["text"])[:LONGEST_TEXT])

    @rx.event
    async def more(self):
        """Append the next page."""
        if self._next:
            await self._read()

    @rx.event
    async def leave(self):
        """Forget the rows with the page."""
        self.reset()

    def _go(self, state: str, words: str) -> EventSpec:
        by = "locations" if self.by == "locations" else ""
        given = {"by": by, "state": state, "text": words, "address": self.address}
        return rx.redirect(_address({name: value for name, value in given.items() if value}))

    def _refused(self, error: CabinetError) -> bool:
        self._failed()
        return True

    async def _read(self) -> None:
        if self.by == "locations":
            found = await self._ask(list_locations, self.text, self._next or "")
            hrefs = (_address({"address": line.address}) for line in found.lines)
            rows = [location_row(line, href, self._language) for line, href in zip(found.lines, hrefs, strict=True)]
            self.locations = [*self.locations, *rows]
            self._next = found.next
        else:
            page = await self._ask(list_registry, self.text, self.chosen, self.address, self._next or "")
            self.points = [*self.points, *(point_row(line, self._language) for line in page.lines)]
            self._next = page.next
        self.has_more = bool(self._next)
        self.status = "ready" if self.points or self.locations else "empty"


def _clean(words: str) -> str:
    return "".join(c for c in words if c.isprintable()).strip()


def _address(given: dict[str, str]) -> str:
    return f"{routes.STAFF_REGISTRY}?{urlencode(given)}" if given else routes.STAFF_REGISTRY
