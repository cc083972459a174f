"""The second factor on the page «Профиль»: on by a code, recovery codes shown once, off by password and code."""

from __future__ import annotations

import base64
import io
from urllib.parse import quote

import qrcode
import reflex as rx
from qrcode.image.svg import SvgPathFillImage

from energo_cabinet.auth.access import access
from energo_cabinet.errors import CabinetError, NotSignedIn
from energo_cabinet.formatting import day
from energo_cabinet.i18n import text
from energo_cabinet.services.sign_in.second_factor import (
    confirm_factor,
    factor_status,
    new_recovery_codes,
    send_factor_code,
    start_authenticator,
    start_sms,
    switch_off,
)
from energo_cabinet.state.base import texts
from energo_cabinet.state.dialog import DialogState, no_errors

ASKS = ("totp", "sms", "off", "renew")
NO_STATUS = {"kind": "", "phone": "", "since": "", "left": "", "sms": ""}


@access("customer")
class SecondFactorState(DialogState, rx.State):
    """`dialog`: totp or sms (password), scan or text (first code), codes, off, renew. Secrets go with the dialog."""

    factor: dict[str, str] = NO_STATUS
    shown: dict[str, str] = {"qr": "", "secret": "", "phone": ""}
    codes: list[str] = []
    errors: dict[str, str] = no_errors("password", "code")

    @rx.var
    def codes_address(self) -> str:
        """The recovery codes as an address that downloads them."""
        return "data:text/plain;charset=utf-8," + quote("\r\n".join(self.codes))

    @rx.event
    async def load(self):
        """Whether it is on."""
        self._forget("")
        try:
            await self._read()
        except NotSignedIn:
            return

    @rx.event
    async def ask(self, dialog: str):
        """Open a dialog that asks the password."""
        if dialog in ASKS:
            self._forget(dialog)

    @rx.event
    async def start(self, form: dict):
        """The password is right: show the QR code, or send the SMS."""
        self.is_busy = True
        yield
        password = texts(form, "password")["password"]
        if self.dialog == "sms":
            if phone := await self._try(start_sms, password):
                self._forget("text")
                self.shown = {"qr": "", "secret": "", "phone": phone}
        elif made := await self._try(start_authenticator, password):
            self._forget("scan")
            secret = " ".join(made.secret[i : i + 4] for i in range(0, len(made.secret), 4))
            self.shown = {"qr": _qr(made.address), "secret": secret, "phone": ""}

    @rx.event
    async def confirm(self, form: dict):
        """«Включить»: the first code; then the recovery codes, this once."""
        self.is_busy = True
        yield
        await self._show_codes(await self._try(confirm_factor, texts(form, "code")["code"]))

    @rx.event
    async def prove(self, form: dict):
        """Password and code: off, or new recovery codes."""
        self.is_busy = True
        yield
        given = texts(form, "password", "code")
        if self.dialog == "renew":
            await self._show_codes(await self._try(new_recovery_codes, given["password"], given["code"]))
        elif await self._do("person.factor_is_off", switch_off, given["password"], given["code"]):
            await self._read()

    @rx.event
    async def send(self):
        """A code by SMS for the open dialog."""
        try:
            await self._ask(send_factor_code)
        except CabinetError as error:
            self._refuse(error)
            return
        self.notice = text("person.factor_code_sent", self._language)

    @rx.event
    async def close(self):
        """Close, and forget what was shown."""
        self._forget("")

    async def _show_codes(self, codes: list[str] | None) -> None:
        if codes:
            self._show(codes)
            await self._read()

    def _show(self, codes: list[str]) -> None:
        """Recovery codes, this once."""
        self._forget("codes")
        self.codes = codes

    def _forget(self, dialog: str) -> None:
        self._open(dialog)
        self.codes, self.shown, self.notice = [], {"qr": "", "secret": "", "phone": ""}, ""

    async def _read(self) -> None:
        found = await self._ask(factor_status)
        self.factor = {
            "kind": found.kind,
            "phone": found.phone,
            "since": day(found.since.date()) if found.since else "",
            "left": str(found.codes_left),
            "sms": "yes" if found.sms else "",
        }


def _qr(address: str) -> str:
    """The address of the authenticator as a picture."""
    out = io.BytesIO()
    qrcode.make(address, image_factory=SvgPathFillImage, border=2).save(out)
    return "data:image/svg+xml;base64," + base64.b64encode(out.getvalue()).decode()
