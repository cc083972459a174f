"""The phone's own front (Э-67…71): a code from the address, the camera or by hand; then waiting for the computer."""

from __future__ import annotations

import asyncio
import time
from typing import Any

import reflex as rx
from reflex.event import EventSpec

from energo_cabinet import routes
from energo_cabinet.auth.access import access
from energo_cabinet.domain.sign_in.browser_name import browser_name
from energo_cabinet.errors import CabinetError
from energo_cabinet.services.phone.pairing_claim import claim_pairing, claim_status, judge_scanned, server_address
from energo_cabinet.services.sign_in.account import current_user
from energo_cabinet.state.base import CabinetState, texts

LOOK_EVERY_S = 0.5
CAMERA_PROBLEMS = ("denied", "absent", "busy")


@access("public")
class PhoneState(CabinetState, rx.State):
    """`status`: "login", "scan", "waiting", "confirmed", "other" (a code of `other`), "failed" (with `error`).

    `camera`: why there is no picture, "" when there is; `claim`: sent back by the form that comes in.
    """

    status: str = "login"
    server: str = ""
    camera: str = ""
    is_foreign: bool = False
    check: str = ""
    other: str = ""
    error: str = ""
    claim: str = ""
    _claim: str = ""
    _seconds: int = 0

    @rx.event
    async def load(self):
        """Fill in «СЕРВЕР»."""
        self.server = await self._ask(server_address)

    @rx.event
    def scan(self):
        """«ВОЙТИ ЧЕРЕЗ WEB-КАБИНЕТ >»: open the camera."""
        self._start("scan")

    @rx.event
    def back(self):
        """Back to the form."""
        self._start("login")

    @rx.event
    def lack_camera(self, why: str):
        """There is no picture: the code can be typed."""
        self.camera = why if why in CAMERA_PROBLEMS else "busy"

    @rx.event
    async def take(self, scanned: str):
        """What the camera read, or the code of the address; without one whoever is signed in goes on inside."""
        if self.status in ("waiting", "confirmed"):
            return None
        if scanned == "":
            return await self._go_inside()
        found = await self._ask(judge_scanned, scanned)
        if found.kind == "code":
            return await self._take_code(found.value)
        self.is_foreign = found.kind == "nothing"
        if found.kind == "other":
            self.status, self.other = "other", found.value
        return None

    @rx.event
    async def take_typed(self, form: dict):
        """The code typed by hand."""
        if self.status in ("waiting", "confirmed"):
            return None
        return await self._take_code(texts(form, "code")["code"])

    @rx.event(background=True)
    async def wait(self):
        """Look, here on the server, until the computer has decided; the phone is told by a push."""
        async with self:
            claim, until = self._claim, time.monotonic() + self._seconds + 1
        status = "claimed"
        while status == "claimed" and time.monotonic() < until:
            await asyncio.sleep(LOOK_EVERY_S)
            async with self:
                if self._claim != claim or self.status != "waiting":
                    return
                status = await self._look(claim)

    async def _look(self, claim: str) -> str:
        try:
            status = await self._ask(claim_status, claim)
        except CabinetError as error:
            self.status, self.error = "failed", self._message(error)
            return "expired"
        if status == "confirmed":
            self.status, self.claim = "confirmed", claim
        elif status != "claimed":
            code = "pairing_refused" if status == "refused" else "pairing_expired"
            self.status, self.error = "failed", self._message(CabinetError(code))
        return str(status)

    async def _take_code(self, code: str) -> Any:
        browser, system = browser_name(self._caller().device)
        name = ", ".join(part for part in (system, browser) if part)
        try:
            got = await self._ask(claim_pairing, code, name)
        except CabinetError as error:
            self.status, self.error = "failed", self._message(error)
            return None
        self.status, self.check, self._claim, self._seconds = "waiting", got.check, got.claim, got.seconds
        self.error, self.is_foreign = "", False
        return PhoneState.wait

    async def _go_inside(self) -> EventSpec | None:
        try:
            await self._ask(current_user)
        except CabinetError:
            return None
        return rx.redirect(routes.START)

    def _start(self, status: str) -> None:
        self.status, self.camera, self.error, self.other, self.check = status, "", "", "", ""
        self.claim, self._claim, self.is_foreign = "", "", False
