"""«Учетные данные»: what is registered, requests for contracts (Э-24, Э-36, Э-55)."""

from __future__ import annotations

import reflex as rx

from energo_cabinet.auth.access import access
from energo_cabinet.errors import CabinetError
from energo_cabinet.i18n import text
from energo_cabinet.services.contract.link_request import my_link_requests, withdraw_link_request
from energo_cabinet.services.contract.registered import registered
from energo_cabinet.state.base import PageState
from energo_cabinet.state.contract.registered_view import (
    ContractView,
    RequestView,
    contract_view,
    person_view,
    request_view,
)


@access("customer")
class AccountState(PageState, rx.State):
    """`status` is "loading", "ready" or "failed"."""

    person: dict[str, str] = {}
    contracts: list[ContractView] = []
    requests: list[RequestView] = []
    error: str = ""
    notice: str = ""

    @rx.event
    async def load(self):
        """Read everything."""
        self.error = self.notice = ""
        return await self._load(self._read())

    @rx.event
    async def withdraw(self, request_id: int):
        """«Отозвать»."""
        try:
            await self._ask(withdraw_link_request, request_id)
            self.error, self.notice = "", text("registered.request_withdrawn", self._language)
        except CabinetError as error:
            self.error = self._message(error)
        await self._read()

    @rx.event
    async def close_notice(self):
        """The confirmation has been seen."""
        self.notice = ""

    @rx.event
    async def leave(self):
        """Nothing personal is sent again after a reload elsewhere."""
        self.reset()

    async def _read(self) -> None:
        found, asked = await self._ask_together(lambda ask: (ask(registered), ask(my_link_requests)))
        self.person = person_view(found)
        self.contracts = [contract_view(contract, self._language) for contract in found.contracts]
        self.requests = [request_view(request) for request in asked]
        self.status = "ready"
