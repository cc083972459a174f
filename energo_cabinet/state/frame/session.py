"""Who is signed in and which contracts they have: the frame of every signed-in page."""

from __future__ import annotations

import reflex as rx

from energo_cabinet.auth.access import access
from energo_cabinet.errors import NotSignedIn
from energo_cabinet.formatting import day
from energo_cabinet.live.topics import on_change
from energo_cabinet.routes import LOGIN
from energo_cabinet.services.contract.contract import ContractCard, list_contracts
from energo_cabinet.services.exchange.told import LOADED
from energo_cabinet.services.home.frame import frame
from energo_cabinet.services.sign_in.account import Person
from energo_cabinet.state.base import CabinetState
from energo_cabinet.state.notice.unread import UnreadState
from energo_cabinet.state.staff.invitation import InvitationState
from energo_cabinet.state.supplier.freshness_view import FreshnessView, freshness_view


@access("customer")
class SessionState(CabinetState, rx.State):
    """The frame's data, read anew on every page; `_contract_id` is the contract in view (None without contracts).

    `is_view`: a member of the staff looks through the customer's eyes; `blocked`: why the contract takes no new links.
    """

    name: str = ""
    initials: str = ""
    email: str = ""
    contracts: list[dict[str, str]] = []
    selected: str = ""
    title: str = ""
    supplier: str = ""
    number: str = ""
    is_loaded: bool = False
    erased_on: str = ""
    is_view: bool = False
    blocked: str = ""
    is_staff: bool = False
    fresh: FreshnessView = FreshnessView()
    _contract_id: int | None = None

    @rx.event
    async def load(self):
        """First of every signed-in page's on_load; `?contract=` in the address chooses the contract."""
        try:
            person = await self._read()
        except NotSignedIn:
            return rx.redirect(LOGIN)
        self.name, self.initials, self.email = person.full_name, person.initials, person.email
        self.erased_on = day(person.erased_at.date()) if person.erased_at else ""
        self.is_loaded = True
        return None

    async def _read(self, link_id: str = "") -> Person:
        """Read the frame; keep the contract in view unless another is asked for."""
        found = await self._ask(frame)
        cards, self.is_staff, self.is_view = found.contracts, found.is_staff, found.is_view
        self.contracts = [_card(card) for card in cards]
        (await self.get_state(UnreadState))._show(found.unread)
        (await self.get_state(InvitationState))._show(found.invitation)
        wanted = link_id or self.router.url.query_parameters.get("contract", "") or self.selected
        shown = next((card for card in cards if str(card.link_id) == wanted), cards[0] if cards else None)
        self._show(shown)
        return found.person

    def _show(self, card: ContractCard | None) -> None:
        self._contract_id = card.contract_id if card else None
        self.selected = str(card.link_id) if card else ""
        self.fresh = freshness_view(card.freshness if card else None, self._language)
        self.blocked = card.blocked if card else ""
        self.title, self.supplier, self.number = (card.title, card.supplier_name, card.number) if card else ("", "", "")

    async def _show_contract(self, contract_id: int) -> None:
        """Put the contract of the point in view into the frame."""
        self._show_among(await self._ask(list_contracts), contract_id)

    def _show_among(self, cards: list[ContractCard], contract_id: int) -> None:
        self._show(next((card for card in cards if card.contract_id == contract_id), None))


@on_change(LOADED)
async def refresh_frame(root: rx.State) -> None:
    """A contract's data have come for the first time, or its supplier is back."""
    state = await root.get_state(SessionState)
    if state.is_loaded:
        await state._read()


def _card(card: ContractCard) -> dict[str, str]:
    return {
        "link_id": str(card.link_id),
        "title": card.title,
        "supplier": card.supplier_name,
        "number": card.number,
    }
