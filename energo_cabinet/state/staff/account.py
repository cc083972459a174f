"""An account's page for administrators, and what is done there, each after a question."""

from __future__ import annotations

from typing import Any

import reflex as rx
from reflex.event import EventSpec

from energo_cabinet.auth.access import access
from energo_cabinet.services.staff import account_power as power
from energo_cabinet.services.staff.account import AccountCard, account_card
from energo_cabinet.services.staff.factor_reset import ask_factor_reset, stop_factor_reset
from energo_cabinet.state.base import ItemPage, texts
from energo_cabinet.state.dialog import DialogState, no_errors
from energo_cabinet.state.staff.account_view import AccountView, EntryRow, account_view

ABOUT_ACCOUNT = {
    "enable": power.enable_account,
    "unlock": power.unlock_account,
    "sign_out": power.end_sessions,
    "reset": ask_factor_reset,
    "stop": stop_factor_reset,
}
ABOUT_ENTRY = {
    "session": power.end_session,
    "phone": power.withdraw_phone,
    "browser": power.forget_browser,
}


@access("staff:admin")
class StaffAccountState(ItemPage, DialogState, rx.State):
    """`status` "loading", "ready", "missing", "failed"; `asked`: the session, phone or browser a dialog is about."""

    view: AccountView = AccountView()
    asked: int = 0
    asked_name: str = ""
    errors: dict[str, str] = no_errors("reason")

    @rx.event
    async def load(self):
        """Read the account in the address."""
        self._open("")
        self.notice = ""
        return await self._read()

    @rx.event
    async def open_dialog(self, dialog: str, number: int):
        """Ask before it is done; `number` 0 for what concerns the whole account."""
        if dialog == "disable" or dialog in ABOUT_ACCOUNT:
            self.asked, self.asked_name = 0, self.view.name
            self._open(dialog)
        entry = next((row for row in self._entries(dialog) if row.id == number), None)
        if entry is not None:
            self.asked, self.asked_name = entry.id, entry.name
            self._open(dialog)

    @rx.event
    async def decide(self, form: dict[str, Any]):
        """Do what the open dialog asks."""
        self.is_busy = True
        yield
        if await self._decided(self.dialog, texts(form, "reason")["reason"]):
            yield await self._read()

    @rx.event
    async def leave(self):
        """Forget the person with the page."""
        self.reset()

    def _entries(self, dialog: str) -> list[EntryRow]:
        known = {"session": self.view.sessions, "phone": self.view.phones, "browser": self.view.browsers}
        return known.get(dialog, [])

    async def _decided(self, dialog: str, reason: str) -> bool:
        notice = f"accounts.done.{dialog}"
        if dialog == "disable":
            return await self._do(notice, power.disable_account, self._address_id, reason)
        if dialog in ABOUT_ACCOUNT:
            return await self._do(notice, ABOUT_ACCOUNT[dialog], self._address_id)
        if dialog in ABOUT_ENTRY:
            return await self._do(notice, ABOUT_ENTRY[dialog], self._address_id, self.asked)
        self.is_busy = False
        return False

    async def _read(self) -> EventSpec | None:
        return await self._load(self._ask(account_card, self._address_id), self._show)

    def _show(self, card: AccountCard) -> None:
        self.view, self.status = account_view(card, self._language), "ready"

    def _missing(self) -> None:
        self.view, self.status = AccountView(), "missing"
