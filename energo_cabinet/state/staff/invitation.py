"""«Вас приглашают сотрудником»: said on every page of the cabinet until it is answered."""

from __future__ import annotations

import reflex as rx

from energo_cabinet import routes
from energo_cabinet.auth.access import access
from energo_cabinet.errors import CabinetError
from energo_cabinet.services.staff.invitation import Invitation, answer_invitation
from energo_cabinet.state.base import CabinetState


@access("customer")
class InvitationState(CabinetState, rx.State):
    """`role` "" without an invitation; `supplier` "" for the installation."""

    supplier: str = ""
    role: str = ""
    error: str = ""

    @rx.event
    async def answer(self, accept: bool):
        """Become staff, which ends this session, or decline."""
        try:
            await self._ask(answer_invitation, accept)
        except CabinetError as error:
            self.error = self._message(error)
            return None
        self._show(None)
        return rx.redirect(f"{routes.LOGIN}?done=staff") if accept is True else None

    def _show(self, found: Invitation | None) -> None:
        self.supplier, self.role, self.error = (found.supplier, found.role, "") if found else ("", "", "")
