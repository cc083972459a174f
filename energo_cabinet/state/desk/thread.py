"""The ticket of `/staff/tickets`: thread, answer, note, status.

What was typed before somebody else's change is not sent over it: the form carries the version seen when typing began.
"""

from __future__ import annotations

import reflex as rx
from reflex.event import EventSpec

from energo_cabinet import routes
from energo_cabinet.auth.access import access
from energo_cabinet.domain.attachment import attachment_ids
from energo_cabinet.domain.typed import whole_number
from energo_cabinet.errors import CabinetError, NotFound, NotSignedIn, PermissionDenied
from energo_cabinet.i18n import text
from energo_cabinet.live.topics import on_change
from energo_cabinet.services.desk.presence import be_absent, be_present
from energo_cabinet.services.desk.thread import DeskThread, desk_ticket, desk_ticket_again
from energo_cabinet.services.desk.writing import answer, note, set_status
from energo_cabinet.services.ticket.writing import DESK
from energo_cabinet.state.base import PageState, log, texts
from energo_cabinet.state.desk.desk import ticket_of
from energo_cabinet.state.desk.desk_view import DeskView, Said, desk_view

NO_ERRORS = dict.fromkeys(("text", "note", "attachments", "form", "category", "assignee", "into"), "")
NO_TURNS = {"answer": 0, "note": 0}
DIALOGS = ("close", "transfer", "merge", "keys")


@access("staff:desk")
class DeskTicketState(PageState, rx.State):
    """`status`: "none", "ready", "missing", "failed"; `changes`: what is new since typing began, after a refusal;
    one of `turns` changes when its form is to be empty again."""

    status: str = "none"
    view: DeskView = DeskView()
    turns: dict[str, int] = NO_TURNS
    errors: dict[str, str] = NO_ERRORS
    changes: list[Said] = []
    is_busy: bool = False
    dialog: str = ""
    notice: str = ""
    _accepted: int = 0
    _seen: tuple[int, int] = (0, 0)

    @rx.event
    async def load(self):
        """Open the ticket of the address; the one that is open already stays as it is."""
        wanted = ticket_of(dict(self.router.url.query_parameters))
        if wanted == self.view.id and self.status == "ready":
            return None
        await self._leave()
        if wanted is None:
            return None
        return await self._load(self._read(wanted), self._accept)

    @rx.event
    async def answer(self, form: dict):
        """«Отправить» or «Всё равно отправить»."""
        given = texts(form, "text", "version", "then", "attachments")
        begun = whole_number(given["version"], 10) or 0
        self.is_busy, self.errors = True, NO_ERRORS
        yield
        files = attachment_ids(given["attachments"])
        version = min(max(begun, self._accepted), 2**31 - 1)
        try:
            thread = await self._ask(answer, self.view.id, version, given["text"], files, given["then"])
        except CabinetError as error:
            yield await self._refuse(error)
            return
        finally:
            self.is_busy = False
        self._done(thread, "desk.sent", "answer")

    @rx.event
    async def note(self, form: dict):
        """«Сохранить заметку»."""
        words = texts(form, "note")["note"]
        self.errors = NO_ERRORS
        try:
            thread = await self._ask(note, self.view.id, words)
        except CabinetError as error:
            answered = await self._refuse(error)
            self.errors = self.errors | {"note": self.errors["text"], "text": ""}
            return answered
        self._done(thread, "desk.noted", "note")
        return None

    @rx.event
    async def change(self, status: str):
        """Another status; closing comes from its dialog."""
        wanted = texts({"status": status}, "status")["status"]
        if wanted == self.view.state:
            return None
        try:
            thread = await self._ask(set_status, self.view.id, self.view.version, wanted)
        except CabinetError as error:
            return await self._refuse(error)
        finally:
            self.dialog = ""
        self._done(thread, "desk.closed" if wanted == "closed" else "")
        return None

    @rx.event
    async def open(self, dialog: str):
        """One of the dialogs."""
        self.dialog, self.errors = (dialog if dialog in DIALOGS else ""), NO_ERRORS

    @rx.event
    async def dismiss(self):
        """Close the dialog and the confirmation."""
        self.dialog, self.notice = "", ""

    @rx.event
    async def leave(self):
        """The page is left: colleagues see that, the thread is forgotten."""
        await self._leave()

    async def _leave(self) -> None:
        number = self.view.id
        self.reset()
        if number:
            try:
                await self._ask(be_absent, number)
            except CabinetError:
                log.info("a ticket was left by somebody who no longer sees it")

    async def _read(self, ticket_id: int) -> DeskThread:
        thread = await self._ask(desk_ticket, ticket_id)
        await self._ask(be_present, ticket_id)
        return thread

    def _refused(self, error: CabinetError) -> bool:
        is_none_of_theirs = isinstance(error, NotFound | PermissionDenied)
        self.status = "missing" if is_none_of_theirs else self.status
        return is_none_of_theirs

    async def _reread(self) -> None:
        thread = await self._ask(desk_ticket_again, self.view.id)
        self.view = desk_view(thread, self._seen, self._language)

    async def _refuse(self, error: CabinetError) -> EventSpec | None:
        """Say what is wrong; after somebody else's change show what is new, and take it as read from now on."""
        if isinstance(error, NotSignedIn):
            return rx.redirect(routes.LOGIN)
        self.errors = NO_ERRORS | self._field_messages(error)
        if self.view.id and not isinstance(error, NotFound):
            await self._reread()
            if error.code == "desk_changed":
                self._accepted = self.view.version
                self.changes = [one for one in self.view.lines if one.is_fresh]
        return None

    def _accept(self, thread: DeskThread) -> None:
        """Everything shown is known from now on."""
        lines = max((line.id for line in thread.lines), default=0)
        self._seen = (lines, max((note.id for note in thread.notes), default=0))
        self._accepted, self.changes, self.status = thread.version, [], "ready"
        self.view = desk_view(thread, self._seen, self._language)

    def _done(self, thread: DeskThread, words: str, form: str = "") -> None:
        self._accept(thread)
        if form:
            self.turns = self.turns | {form: self.turns[form] + 1}
        self.errors, self.dialog = NO_ERRORS, ""
        self.notice = text(words, self._language) if words else ""


@on_change(DESK)
async def refresh_desk_ticket(root: rx.State) -> None:
    """Read the thread anew in a tab that shows it."""
    state = await root.get_state(DeskTicketState)
    if state.status == "ready" and state.router.url.path.rstrip("/") == routes.STAFF_TICKETS:
        await state._reread()
