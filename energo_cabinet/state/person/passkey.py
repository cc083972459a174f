"""«Ключи доступа» on the page «Профиль»: added in two steps, renamed, removed."""

from __future__ import annotations

import json
from dataclasses import dataclass

import reflex as rx

from energo_cabinet.auth.access import access
from energo_cabinet.errors import NotSignedIn
from energo_cabinet.formatting import moment
from energo_cabinet.i18n import text
from energo_cabinet.services.sign_in.passkey import (
    PasskeyCard,
    add_passkey,
    begin_adding,
    list_passkeys,
    remove_passkey,
    rename_passkey,
)
from energo_cabinet.state.base import texts
from energo_cabinet.state.dialog import DialogState, no_errors
from energo_cabinet.state.person.second_factor import SecondFactorState

ASKS = ("add", "rename", "remove")


@dataclass(frozen=True)
class PasskeyRow:
    """A passkey as shown; `disabled`: since when it opens nothing, "" for a good one."""

    id: int
    name: str
    added: str
    used: str
    disabled: str


@access("customer")
class PasskeyState(DialogState, rx.State):
    """`dialog`: add, then make (`options` for the browser); rename, remove (of `asked`)."""

    rows: list[PasskeyRow] = []
    is_factor: bool = False
    asks_code: bool = False
    asked: int = 0
    asked_name: str = ""
    options: str = ""
    errors: dict[str, str] = no_errors("name", "password", "code")

    @rx.event
    async def load(self):
        """Read them."""
        self._open("")
        try:
            await self._read()
        except NotSignedIn:
            return

    @rx.event
    async def ask(self, dialog: str, passkey_id: int):
        """Open a dialog, of one of them but for "add"."""
        name = next((row.name for row in self.rows if row.id == passkey_id), "")
        if dialog in ASKS and (name or dialog == "add"):
            self.asked, self.asked_name, self.options = passkey_id, name, ""
            self._open(dialog)

    @rx.event
    async def begin(self, form: dict):
        """Name and password are right: the browser may make one."""
        self.is_busy = True
        yield
        given = texts(form, "name", "password", "code")
        if options := await self._try(begin_adding, given["name"], given["password"], given["code"]):
            self._open("make")
            self.options = json.dumps({"create": options})

    @rx.event
    async def add(self, form: dict):
        """What the authenticator has made; to staff their first recovery codes, this once."""
        self.is_busy = True
        yield
        codes = await self._try(add_passkey, texts(form, "answer")["answer"])
        if codes is None:
            return
        self._open("")
        self.notice = text("passkey.added", self._language)
        await self._read()
        if codes:
            (await self.get_state(SecondFactorState))._show(codes)

    @rx.event
    async def change(self, form: dict):
        """Another name, or none any more."""
        self.is_busy = True
        yield
        given = texts(form, "name", "password", "code")
        if self.dialog == "rename":
            done = await self._do("passkey.renamed", rename_passkey, self.asked, given["name"])
        else:
            secrets = (given["password"], given["code"])
            done = await self._do("passkey.removed", remove_passkey, self.asked, *secrets)
        if done:
            await self._read()

    async def _read(self) -> None:
        found = await self._ask(list_passkeys)
        self.rows = [_row(card, self._language) for card in found.cards]
        self.is_factor, self.asks_code = found.is_factor, found.asks_code


def _row(card: PasskeyCard, language: str) -> PasskeyRow:
    used, disabled = (moment(at, None, language) if at else "" for at in (card.last_used_at, card.disabled_at))
    return PasskeyRow(card.id, card.name, moment(card.created_at, None, language), used, disabled)
