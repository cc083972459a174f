"""«Счета»: the balance, charges and payments by month (Н-43), kept up to date by pushes."""

from __future__ import annotations

from typing import Any

import reflex as rx
from reflex.event import EventSpec

from energo_cabinet import routes
from energo_cabinet.auth.access import access
from energo_cabinet.components.bill.bills_figure import bills_figure
from energo_cabinet.domain.typed import whole_number
from energo_cabinet.live.topics import on_change
from energo_cabinet.services.bill.balance import contract_balance
from energo_cabinet.services.bill.bill import list_bills
from energo_cabinet.services.bill.posting import TOPIC
from energo_cabinet.state.base import PageState
from energo_cabinet.state.bill.balance_view import BalanceView, balance_view
from energo_cabinet.state.bill.bills_view import BillsView, bills_view
from energo_cabinet.state.frame.session import SessionState


@access("customer")
class BillsState(PageState, rx.State):
    """Bills of the contract in view; `status` "loading", "ready", "empty", "no_contracts", "failed"."""

    balance: BalanceView = BalanceView()
    view: BillsView = BillsView()
    figure: dict[str, Any] = {}

    @rx.event
    async def load(self):
        """Read the balance and a page of months; `?page=` in the address chooses it."""
        return await self._try()

    @rx.event
    async def leave(self):
        """Forget them with the page."""
        self.reset()

    @property
    def _is_in_view(self) -> bool:
        return self.router.url.path.rstrip("/") == routes.BILLS

    async def _try(self) -> EventSpec | None:
        session = await self.get_state(SessionState)
        contract_id = session._contract_id
        if contract_id is None:
            self._forget("no_contracts")
            return None
        return await self._load(self._read(contract_id, session.selected))

    def _failed(self) -> None:
        self._forget("failed")

    async def _read(self, contract_id: int, link_id: str) -> None:
        asked = whole_number(self.router.url.query_parameters.get("page"), 5)
        page = 1 if asked is None else asked
        balance = await self._ask(contract_balance, contract_id)
        if balance is None:
            self._forget("empty")
            return
        found = await self._ask(list_bills, contract_id, page)
        language = self._language
        self.balance = balance_view(balance, language)
        self.view = bills_view(found, contract_id, link_id, language)
        self.figure = bills_figure(found.chart, language)
        self.status = "ready"

    def _forget(self, status: str) -> None:
        self.balance, self.view, self.figure = BalanceView(), BillsView(), {}
        self.status = status


@on_change(TOPIC)
async def refresh_bills(root: rx.State) -> None:
    """Read them anew in a tab that shows them."""
    state = await root.get_state(BillsState)
    if state._is_in_view and state.status != "loading":
        await state._try()
