"""«Ждут второго администратора»: changes of money and power, on the pages where they are asked for."""

from __future__ import annotations

from dataclasses import dataclass

import reflex as rx

from energo_cabinet.auth.access import access
from energo_cabinet.formatting import moment
from energo_cabinet.i18n import text
from energo_cabinet.services.staff.change import ChangeCard, decide_change, list_changes
from energo_cabinet.state.base import PageState
from energo_cabinet.state.dialog import DialogState, no_errors


@dataclass(frozen=True)
class ChangeRow:
    """A change in words."""

    id: int
    what: str
    about: str
    asked: str
    is_own: bool


@access("staff:admin")
class StaffChangesState(PageState, DialogState, rx.State):
    """`status` "loading", "ready" or "failed"; nothing is shown of an empty list."""

    rows: list[ChangeRow] = []
    errors: dict[str, str] = no_errors()

    @rx.event
    async def load(self):
        """Read what waits."""
        self._open("")
        self.notice = ""
        return await self._load(self._read())

    @rx.event
    async def decide(self, change_id: int, confirm: bool):
        """Confirm, refuse or take back."""
        notice = "staff.change_confirmed" if confirm else "staff.change_dropped"
        if await self._do(notice, decide_change, change_id, confirm):
            await self._read()

    async def _read(self) -> None:
        self.rows = [_row(card, self._language) for card in await self._ask(list_changes)]
        self.status = "ready"


def _row(card: ChangeCard, language: str) -> ChangeRow:
    asked = text("staff.change_asked", language, name=card.asked_by, at=moment(card.asked_at, language=language))
    what = text(f"staff.change.{card.kind.value}", language)
    return ChangeRow(card.id, what, card.about, asked, card.is_own)
