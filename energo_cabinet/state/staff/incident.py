"""«Инцидент»: «Завершить всё» at one supplier, the tokens of its machines, ways on."""

from __future__ import annotations

from dataclasses import dataclass

import reflex as rx
from reflex.event import EventSpec

from energo_cabinet import routes
from energo_cabinet.auth.access import access
from energo_cabinet.domain.typed import whole_number
from energo_cabinet.errors import NotFound
from energo_cabinet.formatting import counted, moment
from energo_cabinet.i18n import text
from energo_cabinet.services.imports.token import TokenEntry
from energo_cabinet.services.staff.incident import Incident, end_all, incident, withdraw_token
from energo_cabinet.services.supplier.settings import supplier_choices
from energo_cabinet.state.base import PageState, texts
from energo_cabinet.state.dialog import DialogState, no_errors


@dataclass(frozen=True)
class TokenLine:
    """A machine's token as listed."""

    id: int
    name: str
    note: str


@access("staff:admin")
class StaffIncidentState(PageState, DialogState, rx.State):
    """`status` "loading", "choose" (which supplier), "ready", "failed"; `supplier`: whose, as the address says."""

    supplier: int = 0
    suppliers: list[dict[str, str]] = []
    code: str = ""
    name: str = ""
    people: str = ""
    now: str = ""
    tokens: list[TokenLine] = []
    asked: int = 0
    asked_name: str = ""
    errors: dict[str, str] = no_errors("typed")

    @rx.event
    async def load(self):
        """Read the member's supplier, or the one in `?supplier=`."""
        self._open("")
        self.notice = ""
        self.supplier = whole_number(self.router.url.query_parameters.get("supplier", ""), 10) or 0
        return await self._load(self._read())

    @rx.event
    async def choose(self, form: dict):
        """Put the supplier into the address."""
        number = whole_number(texts(form, "supplier")["supplier"], 10)
        return rx.redirect(f"{routes.STAFF_INCIDENT}?supplier={number}") if number else None

    @rx.event
    async def open_dialog(self, dialog: str, token_id: int):
        """«Завершить всё», or «Отозвать» of a token."""
        token = next((row for row in self.tokens if row.id == token_id), None)
        if dialog == "end" or (dialog == "token" and token is not None):
            self.asked, self.asked_name = (token.id, token.name) if token and dialog == "token" else (0, "")
            self._open(dialog)

    @rx.event
    async def end_all(self, form: dict):
        """End everything, when the code was typed."""
        self.is_busy = True
        yield
        ended = await self._try(end_all, texts(form, "typed")["typed"], self.supplier or None)
        if ended is not None:
            self._open("")
            facts = {"sessions": ended.sessions, "phones": ended.phones}
            self.notice = text("incident.ended", self._language, **facts)
            yield await self._load(self._read())

    @rx.event
    async def withdraw(self):
        """Withdraw the asked token."""
        if await self._do("incident.withdrawn", withdraw_token, self.asked):
            return await self._load(self._read())
        return None

    async def _read(self) -> EventSpec | None:
        choices = await self._ask(supplier_choices)
        self.suppliers = [{"value": str(c.supplier_id), "label": c.name} for c in choices]
        try:
            self._show(await self._ask(incident, self.supplier or None))
        except NotFound:
            self.status = "choose"
        return None

    def _show(self, found: Incident) -> None:
        language = self._language
        readers = counted(found.readers, "incident.reader", language)
        members = counted(found.members, "incident.member", language)
        self.people = text("incident.people", language, readers=readers, members=members)
        self.now = text("incident.now", language, sessions=found.sessions, phones=found.phones)
        self.tokens = [_token(entry, language) for entry in found.tokens]
        self.code, self.name, self.status = found.code, found.name, "ready"


def _token(entry: TokenEntry, language: str) -> TokenLine:
    used = moment(entry.last_used_at, language=language)
    words = (
        text("incident.token_used", language, at=used)
        if entry.last_used_at
        else text("incident.token_unused", language)
    )
    note = text("incident.token_meta", language, at=moment(entry.created_at, language=language), used=words)
    return TokenLine(entry.id, f"{entry.name} · …{entry.ending}", note)
