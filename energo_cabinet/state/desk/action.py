"""What else is done with the ticket of `/staff/tickets`: assign, hand on, merge; the sign that it is still open."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import reflex as rx
from reflex.event import EventSpec

from energo_cabinet.auth.access import access
from energo_cabinet.domain.typed import whole_number
from energo_cabinet.errors import CabinetError
from energo_cabinet.services.desk.presence import be_present
from energo_cabinet.services.desk.queue import DeskFilter
from energo_cabinet.services.desk.thread import DeskThread
from energo_cabinet.services.desk.writing import assign, merge, take, transfer
from energo_cabinet.state.base import CabinetState, texts
from energo_cabinet.state.desk.desk_view import desk_address
from energo_cabinet.state.desk.thread import DeskTicketState


@access("staff:desk")
class DeskActionState(CabinetState, rx.State):
    """No vars of its own: the ticket's state shows what came of it."""

    @rx.event
    async def take(self):
        """«Взять себе»."""
        return await self._act(take, "")

    @rx.event
    async def assign(self, who: str):
        """Give to a colleague, or to nobody ("")."""
        return await self._act(assign, "", whole_number(who, 9))

    @rx.event
    async def transfer(self, form: dict):
        """«Передать»."""
        given = texts(form, "category", "assignee", "text")
        return await self._act(
            transfer, "desk.transfer_done", given["category"], given["text"], whole_number(given["assignee"], 9)
        )

    @rx.event
    async def merge(self, form: dict):
        """«Объединить»: the other ticket is shown."""
        ticket = await self.get_state(DeskTicketState)
        into = whole_number(texts(form, "into")["into"], 9) or 0
        before = ticket.view.id
        answered = await self._act(merge, "desk.merge_done", into)
        return answered if ticket.view.id == before else rx.redirect(desk_address(DeskFilter(), ticket.view.id))

    @rx.event
    async def beat(self):
        """The ticket is still open in this tab (assets/js/beat.js, every 40 seconds while it is looked at)."""
        ticket = await self.get_state(DeskTicketState)
        if ticket.status == "ready":
            await self._ask(be_present, ticket.view.id)
            await ticket._reread()

    async def _act(self, service: Callable[..., DeskThread], words: str, *given: Any) -> EventSpec | None:
        ticket = await self.get_state(DeskTicketState)
        if ticket.status != "ready":
            return None
        try:
            thread = await self._ask(service, ticket.view.id, ticket.view.version, *given)
        except CabinetError as error:
            return await ticket._refuse(error)
        ticket._done(thread, words)
        return None
