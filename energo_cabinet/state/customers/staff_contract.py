"""«Новый договор» of the staff."""

from __future__ import annotations

from typing import Any

import reflex as rx

from energo_cabinet import routes
from energo_cabinet.auth.access import access
from energo_cabinet.services.customers.contract import ContractForm, issue_contract
from energo_cabinet.state.base import texts
from energo_cabinet.state.dialog import DialogState, no_errors


@access("staff:customers")
class StaffContractState(DialogState, rx.State):
    """The form; what was typed stays when it is refused."""

    errors: dict[str, str] = no_errors("number", "customer_name", "address", "consumer_class", "email", "phone")

    @rx.event
    async def load(self):
        """An empty form."""
        self._open("")

    @rx.event
    async def submit(self, form: dict[str, Any]):
        """Make the contract and open its page, where the sheet is printed."""
        given = texts(form, "number", "customer_name", "address", "consumer_class", "contact_email", "contact_phone")
        made = await self._try(issue_contract, ContractForm(**given))
        return rx.redirect(routes.staff_customer(made)) if made else None
