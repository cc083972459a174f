"""The page «Машины»: tokens for the HTTP drop, the watched folder."""

from __future__ import annotations

import reflex as rx

from energo_cabinet.auth.access import access
from energo_cabinet.errors import CabinetError
from energo_cabinet.services.imports.setup import import_setup
from energo_cabinet.services.imports.token import TokenEntry, issue_token, list_tokens, revoke_token
from energo_cabinet.state.base import PageState, texts
from energo_cabinet.state.imports.staff_imports_view import TokenRow, token_row


@access("staff:imports")
class StaffMachinesState(PageState, rx.State):
    """`dialog`: "", "add", "shown" (the new `token`, this once), "revoke" (`asked`)."""

    rows: list[TokenRow] = []
    address: str = ""
    folder: str = ""
    dialog: str = ""
    asked: str = ""
    token: str = ""
    errors: dict[str, str] = {"title": "", "form": ""}
    _asked_id: int = 0

    @rx.event
    async def load(self):
        """Read tokens and settings."""
        self.reset()
        return await self._load(self._read_all())

    @rx.event
    async def open_add(self):
        """«Выпустить токен»."""
        self._open("add")

    @rx.event
    async def issue(self, form: dict):
        """Issue one; it is shown in the dialog that follows and nowhere else."""
        try:
            made = await self._ask(issue_token, texts(form, "title")["title"])
        except CabinetError as error:
            self.errors = {"title": "", "form": ""} | self._field_messages(error)
            return
        self._open("shown")
        self.token, self.asked = made.token, made.name
        await self._read()

    @rx.event
    async def ask_revoke(self, token_id: int):
        """«Отозвать» of a line."""
        row = next((row for row in self.rows if row.id == token_id), None)
        if row is not None:
            self._open("revoke")
            self.asked, self._asked_id = row.name, row.id

    @rx.event
    async def revoke(self):
        """Yes, revoke it."""
        try:
            await self._ask(revoke_token, self._asked_id)
        except CabinetError as error:
            self.errors = {"title": "", "form": self._message(error)}
            return
        self._open("")
        await self._read()

    @rx.event
    async def close(self):
        """Close the dialog; a token that was shown is forgotten."""
        self._open("")

    def _open(self, dialog: str) -> None:
        self.dialog, self.token, self.asked, self._asked_id = dialog, "", "", 0
        self.errors = {"title": "", "form": ""}

    async def _read_all(self) -> None:
        setup, tokens = await self._ask_together(lambda ask: (ask(import_setup), ask(list_tokens)))
        self.address, self.folder = setup.address, setup.folder
        self._show(tokens)

    async def _read(self) -> None:
        self._show(await self._ask(list_tokens))

    def _show(self, tokens: list[TokenEntry]) -> None:
        self.rows, self.status = [token_row(entry, self._language) for entry in tokens], "ready"
