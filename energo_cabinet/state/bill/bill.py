"""One bill with its lines, and the page on which it is paid (Н-43)."""

from __future__ import annotations

import re
from functools import partial

import reflex as rx
from reflex.event import EventSpec

from energo_cabinet.auth.access import access
from energo_cabinet.door import Ask
from energo_cabinet.errors import NotFound
from energo_cabinet.live.topics import on_change
from energo_cabinet.services.bill.bill import BillDetail, one_bill
from energo_cabinet.services.bill.posting import TOPIC
from energo_cabinet.services.bill.receipt import Receipt, payment_receipt
from energo_cabinet.services.contract.contract import ContractCard, list_contracts
from energo_cabinet.state.base import ItemPage
from energo_cabinet.state.bill.bill_view import BillView, ReceiptView, bill_view, receipt_view
from energo_cabinet.state.frame.session import SessionState

_BILL = re.compile(r"^/bills/([0-9]{1,10})(/receipt)?/?$", re.ASCII)


@access("customer")
class BillState(ItemPage, rx.State):
    """The bill in the address; `status` "loading", "ready", "missing", "failed"."""

    view: BillView = BillView()
    receipt: ReceiptView = ReceiptView()

    @rx.event
    async def load(self):
        """Read the bill, or on its receipt's page how it is paid; a foreign or impossible id is "missing"."""
        return await self._try()

    @rx.event
    async def leave(self):
        """Forget it with the page."""
        self.reset()

    async def _try(self) -> EventSpec | None:
        return await self._load(self._read())

    def _missing(self) -> None:
        self._forget("missing")

    def _failed(self) -> None:
        self._forget("failed")

    async def _read(self) -> None:
        found = _BILL.match(self.router.url.path)
        if found is None:
            raise NotFound
        language, bill_id = self._language, int(found[1])
        detail, receipt, contracts = await self._ask_together(partial(_opened, bill_id, bool(found[2])))
        if receipt is not None:
            self.receipt = receipt_view(receipt, language)
        self.view = bill_view(detail, language)
        (await self.get_state(SessionState))._show_among(contracts, detail.contract_id)
        self.status = "ready"

    def _forget(self, status: str) -> None:
        self.view, self.receipt, self.status = BillView(), ReceiptView(), status


def _opened(bill_id: int, to_pay: bool, ask: Ask) -> tuple[BillDetail, Receipt | None, list[ContractCard]]:
    """The bill, how it is paid where that is asked for, and the contracts of the frame."""
    receipt = ask(payment_receipt, bill_id) if to_pay else None
    return receipt.detail if receipt else ask(one_bill, bill_id), receipt, ask(list_contracts)


@on_change(TOPIC)
async def refresh_bill(root: rx.State) -> None:
    """Read it anew in a tab that shows it."""
    state = await root.get_state(BillState)
    if state.status == "ready" and _BILL.match(state.router.url.path):
        await state._try()
