"""Whether the visitor of a public page is signed in; nothing personal."""

from __future__ import annotations

import reflex as rx

from energo_cabinet.auth.access import access
from energo_cabinet.errors import CabinetError
from energo_cabinet.services.sign_in.account import current_user
from energo_cabinet.services.sign_in.hold import contact
from energo_cabinet.state.base import CabinetState


@access("public")
class VisitorState(CabinetState, rx.State):
    """Public pages offer «Перейти в кабинет» to whoever is signed in.

    `whom`: whom to write to about a disabled account, where the address says that one is (`at`: the supplier's code).
    """

    is_signed_in: bool = False
    whom: str = ""

    @rx.event
    async def load(self):
        """Ask who holds the cookie."""
        asked = self.router.url.query_parameters
        is_refused = asked.get("error", "") == "account_disabled"
        self.whom = (await self._ask(contact, asked.get("at", "")[:40])).words if is_refused else ""
        try:
            await self._ask(current_user)
        except CabinetError:
            self.is_signed_in = False
        else:
            self.is_signed_in = True
