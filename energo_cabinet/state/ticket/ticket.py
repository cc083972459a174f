"""A ticket's page (Н-144, F-16): its thread, live; reply, close, open again, rate."""

from __future__ import annotations

from functools import partial

import reflex as rx
from reflex.event import EventSpec

from energo_cabinet import routes
from energo_cabinet.auth.access import access
from energo_cabinet.domain.attachment import attachment_ids
from energo_cabinet.door import Ask
from energo_cabinet.errors import CabinetError, NotFound, NotSignedIn
from energo_cabinet.i18n import text
from energo_cabinet.live.topics import on_change
from energo_cabinet.services.contract.contract import ContractCard, list_contracts
from energo_cabinet.services.ticket.draft import reply_draft
from energo_cabinet.services.ticket.thread import TOPIC
from energo_cabinet.services.ticket.ticket import TicketThread, close, rate, reopen, reply, see, ticket_thread
from energo_cabinet.state.base import ItemPage, texts
from energo_cabinet.state.frame.session import SessionState
from energo_cabinet.state.ticket.tickets_view import ThreadView, thread_view

NO_ERRORS = {"text": "", "rating": "", "note": "", "attachments": "", "form": ""}


@access("customer")
class TicketState(ItemPage, rx.State):
    """`status`: "loading", "ready", "missing", "failed"; `turn` changes when the reply's form is to be empty again."""

    view: ThreadView = ThreadView()
    draft: str = ""
    turn: int = 0
    errors: dict[str, str] = NO_ERRORS
    is_busy: bool = False
    is_closing: bool = False
    notice: str = ""
    _seen: int = 0

    @rx.event
    async def load(self):
        """Read the ticket of the address; the answers that were new are marked."""
        self.reset()
        return await self._load(self._read(), self._show_first)

    @rx.event
    async def reply(self, form: dict):
        """«Отправить»; on a closed ticket «Открыть снова»."""
        given = texts(form, "text", "key", "attachments")
        files = attachment_ids(given["attachments"])
        step = reopen if self.view.state == "closed" else reply
        self.is_busy, self.errors = True, NO_ERRORS
        yield
        try:
            thread = await self._ask(step, self.view.id, given["text"], given["key"], files)
        except CabinetError as error:
            yield await self._refuse(error)
            return
        finally:
            self.is_busy = False
        self.draft, self.turn = "", self.turn + 1
        self._show(thread)

    @rx.event
    async def ask_close(self):
        """Ask before the ticket is closed."""
        self.is_closing = True

    @rx.event
    async def dismiss(self):
        """Close the dialog and the confirmation."""
        self.is_closing, self.notice = False, ""

    @rx.event
    async def close(self):
        """«Закрыть обращение»."""
        try:
            self._show(await self._ask(close, self.view.id))
            self.notice = text("tickets.closed_now", self._language)
        except CabinetError as error:
            return await self._refuse(error)
        finally:
            self.is_closing = False
        return None

    @rx.event
    async def rate(self, form: dict):
        """«Оценить»."""
        given = texts(form, "rating", "note")
        rating = int(given["rating"]) if given["rating"] in ("1", "2", "3", "4", "5") else 0
        self.errors = NO_ERRORS
        try:
            self._show(await self._ask(rate, self.view.id, rating, given["note"]))
            self.notice = text("tickets.rated_now", self._language)
        except CabinetError as error:
            return await self._refuse(error)
        return None

    @rx.event
    async def see(self):
        """The new answer is in view of somebody who looks at this tab."""
        if self.view.id and self.view.is_unread:
            await self._ask(see, self.view.id)
            await self._reread()

    @rx.event
    async def leave(self):
        """Forget the thread with the page."""
        self.reset()

    async def _read(self) -> TicketThread:
        thread, self.draft, contracts = await self._ask_together(partial(_opened, self._address_id))
        (await self.get_state(SessionState))._show_among(contracts, thread.contract_id)
        return thread

    def _show_first(self, thread: TicketThread) -> None:
        newest = thread.lines[-1].id if thread.lines else 0
        mine = max((line.id for line in thread.lines if line.is_mine), default=0)
        self._seen = mine if thread.card.is_unread else newest
        self._show(thread)

    async def _reread(self) -> None:
        self._show(await self._ask(ticket_thread, self.view.id))

    async def _refuse(self, error: CabinetError) -> EventSpec | None:
        if isinstance(error, NotSignedIn):
            return rx.redirect(routes.LOGIN)
        self.errors = NO_ERRORS | self._field_messages(error)
        if self.view.id and not isinstance(error, NotFound):
            await self._reread()
        return None

    def _show(self, thread: TicketThread) -> None:
        self.view, self.status = thread_view(thread, self._language, self._seen), "ready"


def _opened(ticket_id: int, ask: Ask) -> tuple[TicketThread, str, list[ContractCard]]:
    """The thread, the reply begun, and the contracts of the frame."""
    return ask(ticket_thread, ticket_id), ask(reply_draft, ticket_id), ask(list_contracts)


@on_change(TOPIC)
async def refresh_ticket(root: rx.State) -> None:
    """Read the thread anew in a tab that shows it."""
    state = await root.get_state(TicketState)
    if state.status == "ready" and state.router.url.path.rstrip("/") == routes.ticket(state.view.id):
        await state._reread()
