"""Phones that may enter: the list and its «Отключить» (F-21)."""

from __future__ import annotations

from dataclasses import dataclass

import reflex as rx

from energo_cabinet.auth.access import access
from energo_cabinet.auth.login_session import SESSIONS
from energo_cabinet.errors import CabinetError, NotSignedIn
from energo_cabinet.formatting import moment
from energo_cabinet.i18n import text
from energo_cabinet.live.topics import on_change
from energo_cabinet.services.phone.device import DeviceCard, list_devices, revoke_device
from energo_cabinet.services.phone.pairing import TOPIC
from energo_cabinet.state.base import PageState, log


@dataclass(frozen=True)
class DeviceRow:
    """A phone as the list shows it."""

    id: int
    name: str
    kind: str
    paired: str
    seen: str
    is_this: bool


@access("customer")
class PairedDevicesState(PageState, rx.State):
    """`status`: "loading", "ready", "empty", "failed"; `asked`: the phone about to be shut out, 0 for none."""

    rows: list[DeviceRow] = []
    asked: int = 0
    asked_name: str = ""

    @rx.event
    async def load(self):
        """Read the list."""
        return await self._load(self._read())

    @rx.event
    def ask(self, device_id: int):
        """«Отключить»: sure?"""
        found = next((row for row in self.rows if row.id == device_id), None)
        self.asked, self.asked_name = (found.id, found.name) if found else (0, "")

    @rx.event
    def close(self):
        """No."""
        self.asked, self.asked_name = 0, ""

    @rx.event
    async def revoke(self):
        """Yes: its token and its session end at once."""
        device_id, self.asked = self.asked, 0
        try:
            await self._ask(revoke_device, device_id)
        except NotSignedIn:
            raise
        except CabinetError:
            log.info("a phone that was to be shut out is gone already")
        await self._read()

    def _failed(self) -> None:
        self.rows, self.status = [], "failed"

    async def _read(self) -> None:
        self.rows = [self._row(card) for card in await self._ask(list_devices)]
        self.status = "ready" if self.rows else "empty"

    def _row(self, card: DeviceCard) -> DeviceRow:
        language = self._language
        return DeviceRow(
            id=card.id,
            name=card.name or text("connect.nameless", language),
            kind=text(f"connect.kind_{card.kind}", language),
            paired=moment(card.paired_at, language=language),
            seen=moment(card.last_seen_at, language=language),
            is_this=card.is_this,
        )


@on_change(SESSIONS)
@on_change(TOPIC)
async def refresh_devices(root: rx.State) -> None:
    """A phone has come in, has signed out or is shut out."""
    state = await root.get_state(PairedDevicesState)
    if state.status != "loading":
        await state._read()
