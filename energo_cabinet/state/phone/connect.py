"""The page «Подключить мобильный клиент» (Э-65…72): the code renews itself, a claiming phone is pushed in."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import reflex as rx
from sqlmodel import Session

from energo_cabinet import routes
from energo_cabinet.auth.access import Subject, access
from energo_cabinet.components.phone.phone import picture_of
from energo_cabinet.errors import CabinetError, NotSignedIn
from energo_cabinet.i18n import text
from energo_cabinet.live.topics import on_change
from energo_cabinet.services.phone.pairing import (
    TOPIC,
    confirm_pairing,
    hide_codes,
    refuse_pairing,
    show_code,
    shown_pairing,
)
from energo_cabinet.state.base import CabinetState


@access("customer")
class PairingState(CabinetState, rx.State):
    """`status`: "loading", "shown", "claimed", "confirmed", "refused", "paused" (nobody came), "failed"."""

    status: str = "loading"
    picture: str = ""
    typed: str = ""
    seconds: int = 60
    device: str = ""
    check: str = ""
    error: str = ""
    _pairing_id: int = 0
    _renewals: int = 0
    _turn: int = 0

    @rx.event
    async def load(self):
        """Show a code and keep it fresh; also «Показать новый код»."""
        self._turn += 1
        try:
            await self._show()
        except NotSignedIn:
            return rx.redirect(routes.LOGIN)
        return PairingState.keep_fresh

    @rx.event(background=True)
    async def keep_fresh(self):
        """Renew the code whenever it ends, until somebody decides, the page is left or nobody comes for long."""
        async with self:
            turn, left = self._turn, self._renewals
        for _ in range(left):
            await asyncio.sleep(self.seconds)
            async with self:
                if turn != self._turn or self.status not in ("shown", "claimed"):
                    return
                await self._renew()
        async with self:
            if turn == self._turn and self.status == "shown":
                self._forget("paused")

    @rx.event
    async def confirm(self):
        """«Подтвердить»: the phone may come in."""
        await self._decide(confirm_pairing, "confirmed")

    @rx.event
    async def refuse(self):
        """«Отклонить»: it may not."""
        await self._decide(refuse_pairing, "refused")

    @rx.event
    async def leave(self):
        """Withdraw the code with the page."""
        await self._ask(hide_codes)
        self.reset()

    async def _show(self) -> None:
        try:
            shown = await self._ask(show_code)
        except NotSignedIn:
            raise
        except CabinetError as error:
            self._forget("failed")
            self.error = self._message(error)
            return
        self.picture, self.seconds = picture_of(shown.picture), shown.seconds
        self.typed = f"{shown.typed[:4]}-{shown.typed[4:]}"
        self.device = self.check = self.error = ""
        self.status, self._pairing_id, self._renewals = "shown", shown.pairing_id, shown.renewals

    async def _renew(self) -> None:
        """A new code, unless a phone waits for the decision about the old one."""
        await self._read()
        if self.status == "shown":
            await self._show()

    async def _read(self) -> None:
        """How the code in view stands; an undecided or ended one makes room for the next."""
        view = await self._ask(shown_pairing)
        if view.pairing_id != self._pairing_id:
            self._forget("paused")
        elif view.status in ("claimed", "confirmed", "refused"):
            name = view.device_name or text("connect.nameless", self._language)
            self.status, self.device, self.check = view.status, name, view.check
            self.picture = self.typed = ""
        else:
            self.status = "shown"

    async def _decide(self, decide: Callable[[Session, Subject, int], str], status: str) -> None:
        try:
            await self._ask(decide, self._pairing_id)
        except NotSignedIn:
            raise
        except CabinetError as error:
            self._forget("failed")
            self.error = self._message(error)
            return
        self.status = status

    def _forget(self, status: str) -> None:
        self.status, self.picture, self.typed = status, "", ""

    @property
    def _is_in_view(self) -> bool:
        return self.router.url.path.rstrip("/") == routes.CONNECT


@on_change(TOPIC)
async def refresh_pairing(root: rx.State) -> None:
    """A phone has claimed the code, or it was decided."""
    state = await root.get_state(PairingState)
    if state._is_in_view and state.status in ("shown", "claimed"):
        await state._read()
