"""Sessions and devices on the page «Профиль»; other tabs of the user see changes as they happen."""

from __future__ import annotations

from dataclasses import dataclass

import reflex as rx

from energo_cabinet import routes
from energo_cabinet.auth.access import access
from energo_cabinet.auth.login_session import SESSIONS
from energo_cabinet.domain.sign_in.browser_name import HAND_HELD, browser_name
from energo_cabinet.errors import NotSignedIn
from energo_cabinet.formatting import moment
from energo_cabinet.i18n import text
from energo_cabinet.live.topics import on_change
from energo_cabinet.services.sign_in.login_device import LoginDevice, end_device, end_other_devices, list_devices
from energo_cabinet.state.dialog import DialogState


@dataclass(frozen=True)
class DeviceRow:
    """A session as shown."""

    id: int
    name: str
    ip: str
    first_seen: str
    last_seen: str
    is_this: bool
    is_hand_held: bool


@access("customer")
class DevicesState(DialogState, rx.State):
    """`asked`: the device whose end is to be confirmed; 0 for all the others."""

    rows: list[DeviceRow] = []
    asked: int = 0

    @rx.event
    async def load(self):
        """Read the sessions."""
        self._open("")
        try:
            await self._read()
        except NotSignedIn:
            return

    @rx.event
    async def ask_end(self, login_id: int):
        """Ask before one is ended, or (0) all the others."""
        if login_id == 0 or login_id in [row.id for row in self.rows]:
            self.asked = login_id
            self._open("end")

    @rx.event
    async def end(self):
        """End what was asked about."""
        if self.dialog != "end":
            return
        self.is_busy = True
        yield
        if self.asked:
            done = await self._do("person.device_ended", end_device, self.asked)
        else:
            done = await self._do("person.devices_ended", end_other_devices)
        if done:
            await self._read()

    async def _read(self) -> None:
        self.rows = [_row(device, self._language) for device in await self._ask(list_devices)]


def _row(device: LoginDevice, language: str) -> DeviceRow:
    browser, system = browser_name(device.device)
    name = ", ".join(part for part in (browser, system) if part)
    return DeviceRow(
        id=device.id,
        name=name or text("person.unknown_device", language),
        ip=device.ip,
        first_seen=moment(device.created_at, None, language),
        last_seen=moment(device.last_seen_at, None, language),
        is_this=device.is_this,
        is_hand_held=system in HAND_HELD,
    )


@on_change(SESSIONS)
async def refresh_devices(root: rx.State) -> None:
    """Read the sessions anew in a tab that shows them."""
    state = await root.get_state(DevicesState)
    if state.router.url.path.rstrip("/") == routes.PROFILE:
        await state._read()
