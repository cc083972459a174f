"""«Кто смотрел мои данные» on the profile's page."""

from __future__ import annotations

from dataclasses import dataclass

import reflex as rx

from energo_cabinet.auth.access import access
from energo_cabinet.errors import CabinetError
from energo_cabinet.formatting import moment
from energo_cabinet.i18n import has_text, text
from energo_cabinet.services.person.access_journal import AccessLine, AccessPage, my_access_journal
from energo_cabinet.state.base import CabinetState


@dataclass(frozen=True)
class AccessRow:
    """When, who by role and supplier, what in words."""

    id: int
    at: str
    who: str
    what: str


@access("customer")
class AccessJournalState(CabinetState, rx.State):
    """`status` "loading", "ready", "empty", "closed" (in a view of the staff)."""

    status: str = "loading"
    rows: list[AccessRow] = []
    has_more: bool = False
    _before: int | None = None

    @rx.event
    async def load(self):
        """The newest lines."""
        try:
            page = await self._ask(my_access_journal)
        except CabinetError:
            self.rows, self.status = [], "closed"
            return
        self._show(page, [])

    @rx.event
    async def more(self):
        """Append older lines."""
        if self._before is not None:
            self._show(await self._ask(my_access_journal, self._before), self.rows)

    def _show(self, page: AccessPage, before: list[AccessRow]) -> None:
        self.rows = [*before, *(_row(line, self._language) for line in page.lines)]
        self._before, self.has_more = page.before, page.before is not None
        self.status = "ready" if self.rows else "empty"


def _row(line: AccessLine, language: str) -> AccessRow:
    return AccessRow(line.id, moment(line.at, language=language), _who(line, language), _what(line, language))


def _who(line: AccessLine, language: str) -> str:
    role = text(f"staff.role.{line.role}", language) if line.role else ""
    return " · ".join(part for part in (line.supplier, role) if part) or text("customers.by_cabinet", language)


def _what(line: AccessLine, language: str) -> str:
    """By the action, else that data were opened."""
    key = f"customers.action.{line.action}"
    words = text(key if has_text(key) else "customers.action.other", language)
    return f"{words}: {line.contract_number}" if line.contract_number else words
