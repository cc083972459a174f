"""A customer's page for staff and what is decided there: block and unblock, unlink, each with a reason."""

from __future__ import annotations

from typing import Any

import reflex as rx
from reflex.event import EventSpec

from energo_cabinet.auth.access import access
from energo_cabinet.services.contract import customer_block
from energo_cabinet.services.customers.contact import set_contact
from energo_cabinet.services.customers.customer import CustomerPage, customer_page
from energo_cabinet.state.base import ItemPage, texts
from energo_cabinet.state.customers.staff_customer_view import CustomerView, customer_view
from energo_cabinet.state.dialog import DialogState, no_errors

ABOUT_CONTRACT = {"block": customer_block.block_contract, "unblock": customer_block.unblock_contract}
ABOUT_PERSON = {"shut": customer_block.block_person, "let": customer_block.unblock_person}
DIALOGS = (*ABOUT_CONTRACT, *ABOUT_PERSON, "unlink", "sheet", "contact")


@access("staff:customers")
class StaffCustomerState(ItemPage, DialogState, rx.State):
    """`status` "loading", "ready", "missing", "failed"; `asked`: the person a dialog is about."""

    view: CustomerView = CustomerView()
    asked: int = 0
    asked_name: str = ""
    errors: dict[str, str] = no_errors("reason", "email", "phone")

    @rx.event
    async def load(self):
        """Read the contract in the address."""
        self._open("")
        self.notice = ""
        return await self._read()

    @rx.event
    async def open_dialog(self, dialog: str, customer_id: int):
        """«Заблокировать», «Отвязать»…; `customer_id` 0 for what concerns the contract."""
        people = [*self.view.people, *self.view.shut_out]
        person = next((person for person in people if person.id == customer_id), None)
        if dialog not in DIALOGS or (person is None and dialog not in ("block", "unblock", "sheet", "contact")):
            return
        self.asked, self.asked_name = (person.id, person.name) if person else (0, "")
        self._open(dialog)

    @rx.event
    async def decide(self, form: dict[str, Any]):
        """Do what the open dialog asks, for the reason given."""
        reason, dialog = texts(form, "reason")["reason"], self.dialog
        if await self._decided(dialog, reason):
            return await self._read()
        return None

    @rx.event
    async def save_contact(self, form: dict[str, Any]):
        """«Связь с потребителем»."""
        given = texts(form, "email", "phone")
        if await self._do("customers.done.contact", set_contact, self._address_id, given["email"], given["phone"]):
            return await self._read()
        return None

    @rx.event
    async def leave(self):
        """Forget the customer with the page."""
        self.reset()

    async def _decided(self, dialog: str, reason: str) -> bool:
        notice = f"customers.done.{dialog}"
        if dialog in ABOUT_CONTRACT:
            return await self._do(notice, ABOUT_CONTRACT[dialog], self._address_id, reason)
        if dialog in ABOUT_PERSON:
            return await self._do(notice, ABOUT_PERSON[dialog], self.asked, reason)
        if dialog == "unlink":
            return await self._do(notice, customer_block.unlink_person, self._address_id, self.asked, reason)
        return False

    async def _read(self) -> EventSpec | None:
        return await self._load(self._ask(customer_page, self._address_id), self._show)

    def _show(self, page: CustomerPage) -> None:
        self.view, self.status = customer_view(page, self._language), "ready"

    def _missing(self) -> None:
        self.view, self.status = CustomerView(), "missing"
