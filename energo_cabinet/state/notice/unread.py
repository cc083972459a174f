"""How many notifications are unread: the number in the navigation and the sign at a contract, pushed (Н-129)."""

from __future__ import annotations

import reflex as rx

from energo_cabinet.auth.access import access
from energo_cabinet.live.topics import on_change
from energo_cabinet.services.notice.notification import TOPIC, Unread, unread
from energo_cabinet.state.base import CabinetState


@access("customer")
class UnreadState(CabinetState, rx.State):
    """`links`: contracts in the sidebar (link ids) with something unread."""

    total: int = 0
    links: list[str] = []

    async def _read(self) -> None:
        """Count anew."""
        self._show(await self._ask(unread))

    def _show(self, found: Unread) -> None:
        self.total, self.links = found.total, [str(link) for link in sorted(found.by_link)]


@on_change(TOPIC)
async def refresh_unread(root: rx.State) -> None:
    """Count anew in an open tab."""
    await (await root.get_state(UnreadState))._read()
