"""Another e-mail on the page «Профиль» (Н-53): asked for, waiting for its letter, cancelled."""

from __future__ import annotations

import reflex as rx

from energo_cabinet.auth.access import access
from energo_cabinet.errors import NotSignedIn
from energo_cabinet.services.person.email_change import ask_email, cancel_email, pending_email
from energo_cabinet.state.base import texts
from energo_cabinet.state.dialog import DialogState, no_errors


@access("customer")
class EmailState(DialogState, rx.State):
    """`pending`: the address that has not confirmed yet, "" for none."""

    pending: str = ""
    errors: dict[str, str] = no_errors("email", "password")

    @rx.event
    async def load(self):
        """What the account waits for."""
        self._open("")
        try:
            await self._read()
        except NotSignedIn:
            return

    @rx.event
    async def open(self):
        """Ask for the new address."""
        self._open("email")

    @rx.event
    async def save(self, form: dict):
        """Send the letters."""
        self.is_busy = True
        yield
        given = texts(form, "email", "password")
        if await self._do("person.email_asked", ask_email, given["email"], given["password"]):
            await self._read()

    @rx.event
    async def cancel(self):
        """Stay with the address there is."""
        if self.pending and await self._do("person.email_cancelled", cancel_email):
            await self._read()

    async def _read(self) -> None:
        found = await self._ask(pending_email)
        self.pending = found.new_email if found else ""
