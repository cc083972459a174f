"""«Журнал действий»: what staff have read and changed, newest first."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

import reflex as rx
from reflex.event import EventSpec

from energo_cabinet import routes
from energo_cabinet.auth.access import access
from energo_cabinet.formatting import moment
from energo_cabinet.i18n import catalogue
from energo_cabinet.services.staff.audit import AuditPage, AuditRow, audit_entries
from energo_cabinet.state.base import PageState, texts


@dataclass(frozen=True)
class AuditLine:
    """An entry as shown; `role` is a role's name, worded by the page."""

    id: int
    at: str
    actor: str
    role: str
    action: str
    whose: str
    details: str
    ip: str


@access("staff:audit")
class StaffAuditState(PageState, rx.State):
    """`status` "loading", "ready", "empty", "failed"; `text` filters by name and action, as the address says."""

    rows: list[AuditLine] = []
    text: str = ""
    has_more: bool = False
    _next: int | None = None

    @rx.event
    async def load(self):
        """Read the newest entries; `?text=` filters."""
        self.text, self.rows, self._next = self.router.url.query_parameters.get("text", "")[:100], [], 0
        return await self._read()

    @rx.event
    async def search(self, form: dict):
        """Put what is searched for into the address."""
        words = texts(form, "text")["text"].strip()[:100]
        return rx.redirect(f"{routes.STAFF_AUDIT}?{urlencode({'text': words})}" if words else routes.STAFF_AUDIT)

    @rx.event
    async def more(self):
        """Append the next page."""
        return await self._read() if self._next else None

    async def _read(self) -> EventSpec | None:
        return await self._load(self._ask(audit_entries, self._next or 0, self.text), self._show)

    def _show(self, page: AuditPage) -> None:
        self.rows = [*self.rows, *(_line(row, self._language) for row in page.rows)]
        self._next, self.has_more = page.next_before, page.next_before is not None
        self.status = "ready" if self.rows else "empty"


def action_words(action: str, language: str) -> str:
    """An action in words; its name where nobody has put it into words."""
    return catalogue(language).get(f"audited.{action}", action)


def _line(row: AuditRow, language: str) -> AuditLine:
    details = "; ".join(f"{name}: {value}" for name, value in row.details)
    at = moment(row.at, None, language)
    return AuditLine(
        row.entry_id, at, row.actor, row.role, action_words(row.action, language), row.whose, details, row.ip
    )
