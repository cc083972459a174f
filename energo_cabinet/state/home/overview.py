"""The page «Главная»: one reading of everything about the contract in view, kept up to date by pushes (Н-37…Н-48)."""

from __future__ import annotations

import reflex as rx

from energo_cabinet.auth.access import access
from energo_cabinet.errors import CabinetError
from energo_cabinet.live.topics import on_change
from energo_cabinet.services.bill import posting
from energo_cabinet.services.home.overview import Overview, overview
from energo_cabinet.services.notice import live_event, notification
from energo_cabinet.services.reading import decision
from energo_cabinet.services.ticket import thread
from energo_cabinet.state.base import PageState
from energo_cabinet.state.frame.session import SessionState
from energo_cabinet.state.home.cards_view import BalanceView, TicketRow, balance_view, ticket_row
from energo_cabinet.state.home.meters_view import MeterLine, meter_lines
from energo_cabinet.state.home.month_view import MonthView, month_view
from energo_cabinet.state.home.overview_view import InfoLine, greeted, info_lines, today_words
from energo_cabinet.state.notice.notifications_view import NotificationRow, row_of


@access("customer")
class OverviewState(PageState, rx.State):
    """`status`: "loading", "ready", "no_contracts", "failed"; `more_meters`: points that the card does not list."""

    name: str = ""
    today: str = ""
    month: MonthView = MonthView()
    info: list[InfoLine] = []
    meters: list[MeterLine] = []
    more_meters: int = 0
    notices: list[NotificationRow] = []
    balance: BalanceView = BalanceView()
    tickets: list[TicketRow] = []

    @rx.event
    async def load(self):
        """Read everything for the contract in view."""
        return await self._load(self._read())

    @rx.event
    async def leave(self):
        """Forget it with the page."""
        self.reset()

    def _refused(self, error: CabinetError) -> bool:
        self._failed()
        return True

    def _failed(self) -> None:
        self.reset()
        self.status = "failed"

    async def _read(self) -> None:
        session = await self.get_state(SessionState)
        found = await self._ask(overview, session._contract_id)
        self.name = greeted(session.name)
        self._show(found)

    def _show(self, found: Overview) -> None:
        language = self._language
        self.today = today_words(found.today, language)
        self.month = month_view(found.month, language, found.today)
        self.info = list(info_lines(found.contract, language)) if found.contract else []
        self.meters = meter_lines(found, language)
        self.more_meters = len(found.points) - len(self.meters)
        self.notices = [row_of(item, language) for item in found.notifications]
        self.balance = balance_view(found.balance, language)
        self.tickets = [ticket_row(ticket, language) for ticket in found.tickets]
        self.status = "ready" if found.contract else "no_contracts"


@on_change(notification.TOPIC)
@on_change(live_event.MEASURED)
@on_change(posting.TOPIC)
@on_change(thread.TOPIC)
@on_change(decision.TOPIC)
async def refresh_overview(root: rx.State) -> None:
    """Read anew in a tab that shows the page."""
    state = await root.get_state(OverviewState)
    if state.status in ("ready", "no_contracts"):
        await state._read()
