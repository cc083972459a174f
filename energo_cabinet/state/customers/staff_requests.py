"""«Заявки на договоры» of the staff: yes, yes to another number, no with a reason; objections to readers (Э-36)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import reflex as rx
from reflex.event import EventSpec

from energo_cabinet import routes
from energo_cabinet.auth.access import access
from energo_cabinet.domain.phone_number import phone_words
from energo_cabinet.formatting import dots, moment
from energo_cabinet.i18n import text
from energo_cabinet.live.topics import on_change
from energo_cabinet.services.contract.link_request import REQUESTS
from energo_cabinet.services.customers.objection import (
    StaffObjection,
    decide_objection,
    list_objections,
    list_objections_again,
)
from energo_cabinet.services.customers.request import (
    RequestCard,
    RequestPage,
    accept_link,
    list_requests,
    list_requests_again,
    refuse_link,
)
from energo_cabinet.state.base import PageState, texts
from energo_cabinet.state.dialog import DialogState, no_errors


@dataclass(frozen=True)
class RequestRow:
    """A request beside the contract with its number; `known_href` "" without one."""

    id: int
    number: str
    name: str
    address: str
    contact: str
    at: str
    known_name: str
    known_address: str
    known_href: str
    is_same_name: bool


@dataclass(frozen=True)
class ObjectionRow:
    """Somebody's objection to a new reader of a contract."""

    id: int
    number: str
    customer: str
    href: str
    reader: str
    came: str
    objected: str
    is_out: bool


@access("staff:customers")
class StaffRequestsState(PageState, DialogState, rx.State):
    """`status` "loading", "ready", "empty", "failed"; `asked`: the request a dialog is about."""

    rows: list[RequestRow] = []
    objections: list[ObjectionRow] = []
    waiting: int = 0
    has_more: bool = False
    asked: int = 0
    asked_number: str = ""
    errors: dict[str, str] = no_errors("number", "reason")
    _after: int = 0

    @rx.event
    async def load(self):
        """Read the oldest."""
        self._open("")
        self.notice = ""
        return await self._read()

    @rx.event
    async def more(self):
        """Append the next page."""
        if self._after:
            page = await self._ask(list_requests, self._after)
            self.rows = [*self.rows, *(_row(card, self._language) for card in page.cards)]
            self._after, self.has_more = page.after, bool(page.after)

    @rx.event
    async def open_dialog(self, dialog: str, request_id: int):
        """The dialog "accept" or "refuse" about a request of the list."""
        row = next((row for row in self.rows if row.id == request_id), None)
        if row is not None and dialog in ("accept", "refuse"):
            self.asked, self.asked_number = row.id, row.number
            self._open(dialog)

    @rx.event
    async def accept(self, form: dict[str, Any]):
        """Link the contract with the number in the dialog."""
        if await self._do("customers.done.accepted", accept_link, self.asked, texts(form, "number")["number"]):
            return await self._read()
        return None

    @rx.event
    async def refuse(self, form: dict[str, Any]):
        """Refuse with the reason in the dialog."""
        if await self._do("customers.done.refused", refuse_link, self.asked, texts(form, "reason")["reason"]):
            return await self._read()
        return None

    @rx.event
    async def open_objection(self, dialog: str, objection_id: int):
        """The dialog "let_in" or "keep_out" about an objection of the list."""
        row = next((row for row in self.objections if row.id == objection_id), None)
        if row is not None and dialog in ("let_in", "keep_out"):
            self.asked, self.asked_number = row.id, row.number
            self._open(dialog)

    @rx.event
    async def decide(self, form: dict[str, Any]):
        """Let the reader in or keep them out, with the reason in the dialog."""
        let_in, reason = self.dialog == "let_in", texts(form, "reason")["reason"]
        done = "customers.done.let_in" if let_in else "customers.done.kept_out"
        if await self._do(done, decide_objection, self.asked, let_in, reason):
            return await self._read()
        return None

    @rx.event
    async def leave(self):
        """Forget the people with the page."""
        self.reset()

    async def _read(self) -> EventSpec | None:
        return await self._load(self._ask_together(lambda ask: (ask(list_requests), ask(list_objections))), self._show)

    async def _reread(self) -> None:
        """What waits now, under an open dialog too: what was typed in it stays."""
        shown = len(self.rows)
        self._show(await self._ask_together(lambda ask: (ask(list_requests_again, shown), ask(list_objections_again))))

    def _show(self, found: tuple[RequestPage, list[StaffObjection]]) -> None:
        page, objections = found
        self.objections = [_objection(card, self._language) for card in objections]
        self.rows, self.waiting = [_row(card, self._language) for card in page.cards], page.waiting
        self._after, self.has_more = page.after, bool(page.after)
        self.status = "ready" if self.rows or self.objections else "empty"


def _row(card: RequestCard, language: str) -> RequestRow:
    return RequestRow(
        id=card.id,
        number=card.contract_number,
        name=card.customer_name,
        address=card.address,
        contact=" · ".join(part for part in (card.email, phone_words(card.phone)) if part),
        at=moment(card.created_at, language=language),
        known_name=card.known_name,
        known_address=card.known_address,
        known_href=routes.staff_customer(card.known_id) if card.known_id else "",
        is_same_name=card.is_same_name,
    )


def _objection(card: StaffObjection, language: str) -> ObjectionRow:
    way = text(f"reader.way.{card.way.value}", language)
    return ObjectionRow(
        id=card.id,
        number=card.number,
        customer=card.customer_name,
        href=routes.staff_customer(card.contract_id),
        reader=f"{card.reader}, {card.reader_email}",
        came=f"{moment(card.linked_at, language=language)}, {way}",
        objected=dots(
            [card.objector or text("customers.own_address", language), moment(card.objected_at, language=language)]
        ),
        is_out=card.is_out,
    )


@on_change(REQUESTS)
async def refresh_requests(root: rx.State) -> None:
    """Read the list anew in a tab that shows it."""
    state = await root.get_state(StaffRequestsState)
    here = state.router.url.path.rstrip("/") == routes.STAFF_CUSTOMER_REQUESTS
    if here and state.status in ("ready", "empty"):
        await state._reread()
