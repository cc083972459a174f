"""«Учетные данные»: what is registered, and requests for contracts by number (Э-24, Э-36, Э-55)."""

from __future__ import annotations

import reflex as rx

from energo_cabinet.auth.access import access
from energo_cabinet.errors import CabinetError
from energo_cabinet.i18n import text
from energo_cabinet.services.contract.link_request import my_link_requests, request_link, withdraw_link_request
from energo_cabinet.services.contract.registered import registered
from energo_cabinet.state.base import PageState, texts
from energo_cabinet.state.contract.registered_view import (
    ContractView,
    RequestView,
    contract_view,
    person_view,
    request_view,
)
from energo_cabinet.state.frame.session import SessionState

NO_ERRORS = {"form": "", "region": "", "number": ""}


@access("customer")
class AccountState(PageState, rx.State):
    """`status` is "loading", "ready" or "failed"."""

    person: dict[str, str] = {}
    contracts: list[ContractView] = []
    requests: list[RequestView] = []
    errors: dict[str, str] = NO_ERRORS
    is_busy: bool = False
    notice: str = ""

    @rx.event
    async def load(self):
        """Read everything."""
        self.errors, self.notice = NO_ERRORS, ""
        return await self._load(self._read())

    @rx.event
    async def ask(self, form: dict):
        """«Отправить заявку»."""
        self.is_busy = True
        yield
        given = texts(form, "region", "number")
        try:
            made = await self._ask(request_link, given["region"], given["number"])
            await self._read()
        except CabinetError as error:
            self.errors = {**NO_ERRORS, **self._field_messages(error)}
            return
        finally:
            self.is_busy = False
        linked = made.status == "linked"
        self._say("request_linked" if linked else "request_sent")
        yield SessionState.load

    @rx.event
    async def withdraw(self, request_id: int):
        """«Отозвать»."""
        try:
            await self._ask(withdraw_link_request, request_id)
            self._say("request_withdrawn")
        except CabinetError as error:
            self.errors = {**NO_ERRORS, "form": self._message(error)}
        await self._read()

    @rx.event
    async def close_notice(self):
        """The confirmation has been seen."""
        self.notice = ""

    @rx.event
    async def leave(self):
        """Nothing personal is sent again after a reload elsewhere."""
        self.status, self.person, self.contracts, self.requests = "loading", {}, [], []

    async def _read(self) -> None:
        found = await self._ask(registered)
        asked = await self._ask(my_link_requests)
        self.person = person_view(found)
        self.contracts = [contract_view(contract, self._language) for contract in found.contracts]
        self.requests = [request_view(request) for request in asked]
        self.status = "ready"

    def _say(self, key: str) -> None:
        self.errors, self.notice = NO_ERRORS, text(f"registered.{key}", self._language)
