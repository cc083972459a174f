"""One broadcast: what it will look like, sending and cancelling it, how far it has come."""

from __future__ import annotations

import reflex as rx

from energo_cabinet import routes
from energo_cabinet.auth.access import access
from energo_cabinet.domain.broadcast.words import local_moment
from energo_cabinet.errors import CabinetError, NotFound
from energo_cabinet.formatting import moment, number
from energo_cabinet.i18n import text
from energo_cabinet.live.topics import on_change
from energo_cabinet.services.broadcast.broadcast import (
    cancel_broadcast,
    copy_broadcast,
    discard_broadcast,
    send_broadcast,
)
from energo_cabinet.services.broadcast.history import broadcast_preview, broadcast_report
from energo_cabinet.services.broadcast.live import TOPIC
from energo_cabinet.state.base import ItemPage, texts
from energo_cabinet.state.broadcast.staff_broadcasts_view import PreviewView, ReportView, preview_view, report_view
from energo_cabinet.state.dialog import DialogState, no_errors

DIALOGS = ("cancel", "discard")


@access("staff:notices")
class BroadcastState(ItemPage, DialogState, rx.State):
    """`status`: "loading", "ready", "missing", "failed"; `asked`: the question of the open dialog in words."""

    view: ReportView = ReportView()
    preview: PreviewView = PreviewView()
    preview_language: str = "ru"
    asked: str = ""
    errors: dict[str, str] = no_errors("when")
    _when: str = ""

    @rx.event
    async def load(self):
        """Read the broadcast of the address."""
        self.reset()
        return await self._load(self._read())

    @rx.event
    async def show_language(self, language: str):
        """The preview as a reader of that language has it."""
        if self.status != "ready":
            return
        self.preview_language = "en" if language == "en" else "ru"
        await self._read_preview()

    @rx.event
    async def ask_send(self, form: dict):
        """«Отправить»: how many people it is, before it leaves."""
        if self.status != "ready":
            return
        given = texts(form, "time", "when")
        self._when = given["when"] if given["time"] == "later" else ""
        at = local_moment(self._when, self.view.zone) if self._when else None
        if given["time"] == "later" and at is None:
            self.errors = self.errors | {"when": text("error.wrong_moment", self._language)}
            return
        await self._reread(self.view.id)
        self._open("schedule" if at else "send")
        words = {"people": self.view.reach.people} | ({"when": moment(at)} if at else {})
        self.asked = text(f"broadcast.ask_{self.dialog}_people", self._language, **words)

    @rx.event
    async def ask(self, dialog: str):
        """Ask before it is cancelled or thrown away."""
        if dialog in DIALOGS:
            self._open(dialog)
            self.asked = text(f"broadcast.ask_{dialog}_text", self._language)

    @rx.event
    async def confirm(self):
        """Yes, to what the open dialog asks."""
        dialog, key = self.dialog, self.view.id
        self._open("")
        try:
            if dialog in ("send", "schedule"):
                await self._ask(send_broadcast, key, self._when)
                self.notice = text("broadcast.sent_notice", self._language)
            elif dialog == "cancel":
                await self._cancel(key)
            elif dialog == "discard":
                await self._ask(discard_broadcast, key)
                return rx.redirect(routes.STAFF_NOTICES)
            await self._reread(key)
        except CabinetError as error:
            self._refuse(error)
            return None
        if dialog == "schedule":
            self.notice = text("broadcast.scheduled_notice", self._language, when=self.view.when)
        return None

    @rx.event
    async def copy(self):
        """«Создать похожее»."""
        try:
            made = await self._ask(copy_broadcast, self.view.id)
        except CabinetError as error:
            self._refuse(error)
            return None
        return rx.redirect(f"{routes.STAFF_NOTICE_NEW}?draft={made}")

    @rx.event
    async def leave(self):
        """Forget it with the page."""
        self.reset()

    async def _cancel(self, key: int) -> None:
        done = await self._ask(cancel_broadcast, key)
        counts = {name: number(getattr(done, name), self._language, 0) for name in ("told", "spared")}
        words = "cancelled_notice" if done.told or done.spared else "cancelled_early"
        self.notice = text(f"broadcast.{words}", self._language, **counts)

    async def _read(self) -> None:
        key, language = self._address_id, self.preview_language
        report, preview = await self._ask_together(
            lambda ask: (ask(broadcast_report, key), ask(broadcast_preview, key, language))
        )
        self.view, self.preview, self.status = report_view(report, self._language), preview_view(preview), "ready"

    async def _reread(self, key: int) -> None:
        self.view = report_view(await self._ask(broadcast_report, key), self._language)
        self.status = "ready"

    async def _read_preview(self) -> None:
        self.preview = preview_view(await self._ask(broadcast_preview, self.view.id, self.preview_language))


@on_change(TOPIC)
async def refresh_broadcast(root: rx.State) -> None:
    """Read its numbers anew in a tab that shows it."""
    state = await root.get_state(BroadcastState)
    if state.status == "ready" and state.router.url.path.rstrip("/") == routes.staff_notice(state.view.id):
        try:
            await state._reread(state.view.id)
        except NotFound:  # a colleague has thrown the draft away
            state.status = "missing"
