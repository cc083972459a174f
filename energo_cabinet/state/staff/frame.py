"""Who works in `/staff` and what they may open: the frame of every page there."""

from __future__ import annotations

import reflex as rx

from energo_cabinet.auth.access import access
from energo_cabinet.services.staff.frame import staff_frame
from energo_cabinet.state.base import CabinetState


@access("staff:member")
class StaffFrameState(CabinetState, rx.State):
    """The frame's data, read anew on every page; `role` is a role's name, worded by the page."""

    name: str = ""
    initials: str = ""
    email: str = ""
    role: str = ""
    supplier: str = ""
    permissions: list[str] = []
    needs_second_factor: bool = False

    @rx.event
    async def load(self):
        """First of every staff page's on_load."""
        found = await self._ask(staff_frame)
        self.name, self.initials, self.email = found.person.full_name, found.person.initials, found.person.email
        self.role, self.supplier, self.permissions = found.role, found.supplier, found.permissions
        self.needs_second_factor = found.needs_second_factor
