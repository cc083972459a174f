"""The sign of a supplier beside its settings: what is typed in their forms stays."""

from __future__ import annotations

import reflex as rx

from energo_cabinet.auth.access import access
from energo_cabinet.errors import CabinetError
from energo_cabinet.i18n import text
from energo_cabinet.services.supplier.settings import save_logo, supplier_settings
from energo_cabinet.state.base import CabinetState
from energo_cabinet.state.supplier.staff_settings import StaffSettingsState, logo_address


@access("staff:admin")
class StaffLogoState(CabinetState, rx.State):
    """`error`: why the sign stays as it is."""

    error: str = ""

    @rx.event
    async def see(self):
        """Show the one that has just come in."""
        await self._show()

    @rx.event
    async def remove(self):
        """Take it away."""
        settings = await self.get_state(StaffSettingsState)
        try:
            await self._ask(save_logo, b"", settings.supplier_id or None)
        except CabinetError as error:
            self.error = self._message(error)
            return
        await self._show()

    async def _show(self) -> None:
        settings = await self.get_state(StaffSettingsState)
        found = await self._ask(supplier_settings, settings.supplier_id)
        settings.logo, self.error = logo_address(found), ""
        settings.notice = text("staff.logo_kept" if found.logo else "staff.logo_removed", self._language)
