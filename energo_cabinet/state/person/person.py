"""The page «Профиль» (Н-51…Н-55): the account, which notifications are wanted."""

from __future__ import annotations

import reflex as rx

from energo_cabinet.auth.access import access
from energo_cabinet.errors import CabinetError, NotSignedIn
from energo_cabinet.formatting import day
from energo_cabinet.routes import LOGIN
from energo_cabinet.services.notice.choice import choose, my_choices
from energo_cabinet.services.person.person import change_name, change_phone, my_person
from energo_cabinet.state.base import texts
from energo_cabinet.state.dialog import DialogState, no_errors
from energo_cabinet.state.frame.session import SessionState

DIALOGS = ("name", "phone")
PLACES = ("in_cabinet", "by_email")


@access("customer")
class PersonState(DialogState, rx.State):
    """`status`: "loading", "ready" or "failed"; `choices`: "supplier.in_cabinet" → on."""

    status: str = "loading"
    account: dict[str, str] = {"name": "", "email": "", "phone": "", "since": "", "password_on": ""}
    choices: dict[str, bool] = {}
    errors: dict[str, str] = no_errors("full_name", "phone", "password")

    @rx.event
    async def load(self):
        """Read the account anew."""
        self._open("")
        try:
            await self._read()
        except NotSignedIn:
            return rx.redirect(LOGIN)
        except CabinetError:
            self.status = "failed"
        return None

    @rx.event
    async def open(self, dialog: str):
        """Show one of the dialogs."""
        if dialog in DIALOGS:
            self._open(dialog)

    @rx.event
    async def save_name(self, form: dict):
        """Another Ф.И.О. (Н-52), seen in the frame at once."""
        self.is_busy = True
        yield
        if await self._do("person.name_saved", change_name, texts(form, "full_name")["full_name"]):
            await self._read()
            yield SessionState.load

    @rx.event
    async def save_phone(self, form: dict):
        """Another phone number."""
        self.is_busy = True
        yield
        given = texts(form, "phone", "password")
        if await self._do("person.phone_saved", change_phone, given["phone"], given["password"]):
            await self._read()

    @rx.event
    async def choose(self, source: str, place: str):
        """Turn notifications of a source on or off in a place (Н-54, Н-55)."""
        key = f"{source}.{place}"
        if key not in self.choices:
            return
        wanted = {**self.choices, key: not self.choices[key]}
        await self._ask(choose, source, *(wanted[f"{source}.{name}"] for name in PLACES))
        self.choices = wanted

    async def _read(self) -> None:
        card = await self._ask(my_person)
        self.account = {
            "name": card.full_name,
            "email": card.email,
            "phone": card.phone,
            "since": day(card.created_at.date()),
            "password_on": day(card.password_changed_at.date()),
        }
        found = await self._ask(my_choices)
        self.choices = {f"{c.source.value}.{place}": getattr(c, place) for c in found for place in PLACES}
        self.status = "ready"
