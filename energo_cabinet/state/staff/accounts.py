"""«Учётные записи»: finding somebody, and those that something is the matter with."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

import reflex as rx

from energo_cabinet import routes
from energo_cabinet.auth.access import access
from energo_cabinet.services.staff.account_search import MOST, SHORTEST, AccountLine, find_accounts
from energo_cabinet.state.base import PageState, texts


@dataclass(frozen=True)
class AccountRow:
    """An account as listed; `status` and `role` are worded by the page, `works_for` "" for nobody's staff."""

    id: int
    name: str
    email: str
    status: str
    role: str
    works_for: str
    is_guessed: bool
    has_reset: bool
    href: str


@access("staff:admin")
class StaffAccountsState(PageState, rx.State):
    """`status` "loading", "ready", "calm" (nothing typed, nothing the matter), "none", "failed"; `text`: as typed."""

    rows: list[AccountRow] = []
    text: str = ""
    is_found: bool = False
    has_more: bool = False

    @rx.event
    async def load(self):
        """Read what `?find=` asks for."""
        self.text, self.rows, self.status = self.router.url.query_parameters.get("find", "")[:200], [], "loading"
        return await self._load(self._ask(find_accounts, self.text), self._show)

    @rx.event
    async def search(self, form: dict):
        """Put what is searched for into the address."""
        words = texts(form, "find")["find"].strip()[:200]
        return rx.redirect(f"{routes.STAFF_ACCOUNTS}?{urlencode({'find': words})}" if words else routes.STAFF_ACCOUNTS)

    def _show(self, lines: list[AccountLine]) -> None:
        self.rows = [_row(line) for line in lines]
        self.is_found, self.has_more = len(self.text.strip()) >= SHORTEST, len(lines) >= MOST
        self.status = "ready" if lines else "none" if self.is_found else "calm"


def _row(line: AccountLine) -> AccountRow:
    return AccountRow(
        line.account_id,
        line.name or line.email,
        line.email,
        line.status,
        line.role,
        line.supplier,
        line.is_guessed,
        line.has_reset,
        routes.staff_account(line.account_id),
    )
