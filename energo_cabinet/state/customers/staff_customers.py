"""«Потребители»: the search box over all contracts of the supplier; answers come while one types."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import reflex as rx
from reflex.event import EventSpec

from energo_cabinet import routes
from energo_cabinet.auth.access import access
from energo_cabinet.domain.contract.search_term import LONGEST_QUERY, SHORTEST_QUERY
from energo_cabinet.domain.phone_number import phone_words
from energo_cabinet.errors import CabinetError
from energo_cabinet.i18n import text
from energo_cabinet.live.topics import on_change
from energo_cabinet.services.contract.link_request import REQUESTS
from energo_cabinet.services.customers.request import waiting_count
from energo_cabinet.services.customers.search import FoundContract, Match, SearchPage, search_contracts
from energo_cabinet.state.base import PageState


@dataclass(frozen=True)
class FoundRow:
    """A contract found; `group`: the field that counts most; `heading`: the group's words before its first row."""

    id: int
    href: str
    number: str
    name: str
    place: str
    why: tuple[str, ...]
    group: int
    heading: str = ""


@access("staff:customers")
class StaffCustomersState(PageState, rx.State):
    """`status`: "idle", "ready", "nothing", "failed" (`problem`: a refusal in words); `waiting`: link requests."""

    status: str = "idle"
    query: str = ""
    rows: list[FoundRow] = []
    has_more: bool = False
    waiting: int = 0
    problem: str = ""
    _after: str = ""

    @rx.event
    async def load(self):
        """`?q=` in the address asks at once."""
        asked = self.router.url.query_parameters.get("q", "")
        self.waiting = await self._ask(waiting_count)
        return await self._find(asked) if asked else None

    @rx.event
    async def search(self, typed: str):
        """What stands in the box now."""
        return await self._find(typed if isinstance(typed, str) else "")

    @rx.event
    async def more(self):
        """Append the next page."""
        if not self._after:
            return
        page = await self._ask(search_contracts, self.query, self._after)
        self._show(page, self.rows)

    @rx.event
    async def leave(self):
        """Forget the people found with the page."""
        self.reset()

    async def _find(self, typed: str) -> EventSpec | None:
        self.query, self.problem = typed[:LONGEST_QUERY], ""
        if len(self.query.strip()) < SHORTEST_QUERY:
            self.rows, self._after, self.has_more, self.status = [], "", False, "idle"
            return None
        return await self._load(self._ask(search_contracts, self.query), self._show)

    def _refused(self, error: CabinetError) -> bool:
        self.status, self.problem = "failed", self._message(error)
        return True

    def _failed(self) -> None:
        self.status, self.problem = "failed", text("customers.failed_text", self._language)

    def _show(self, page: SearchPage, before: Sequence[FoundRow] = ()) -> None:
        rows = [*before, *(_row(found, self._language) for found in page.rows)]
        self.rows, self._after = _grouped(rows, self._language), page.after
        self.has_more, self.status = bool(page.after), "ready" if rows else "nothing"


def _row(found: FoundContract, language: str) -> FoundRow:
    why = [f"{_field(match, language)}: {phone_words(match.shown)}" for match in found.matches if match.shown]
    group = max((int(m.kind) for m in found.matches), default=0)
    href = routes.staff_customer(found.contract_id)
    return FoundRow(found.contract_id, href, found.number, found.customer_name, found.address, tuple(why), group)


def _field(match: Match, language: str) -> str:
    return text(f"customers.match.{str(match.kind.name).lower()}", language)


def _grouped(rows: list[FoundRow], language: str) -> list[FoundRow]:
    """Rows of a group together, groups in the order of their first row."""
    groups = list(dict.fromkeys(row.group for row in rows))
    found: list[FoundRow] = []
    for group in groups:
        mine = [replace(row, heading="") for row in rows if row.group == group]
        found += [replace(mine[0], heading=_heading(group, language)), *mine[1:]]
    return found


def _heading(group: int, language: str) -> str:
    return text(f"customers.group.{group}", language)


@on_change(REQUESTS)
async def refresh_waiting(root: rx.State) -> None:
    """Count anew in a tab that shows how many wait."""
    state = await root.get_state(StaffCustomersState)
    if state.router.url.path.rstrip("/") == routes.STAFF_CUSTOMERS:
        state.waiting = await state._ask(waiting_count)
