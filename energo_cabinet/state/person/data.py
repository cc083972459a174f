"""«Персональные данные» on the page «Профиль»: consents, export, erasure (R-35…R-37, F-22)."""

from __future__ import annotations

from dataclasses import dataclass

import reflex as rx

from energo_cabinet import routes
from energo_cabinet.auth.access import access
from energo_cabinet.errors import NotSignedIn
from energo_cabinet.formatting import day, number
from energo_cabinet.live.topics import on_change
from energo_cabinet.services.person.consent import GivenConsent, give_consent, my_consents, withdraw_consent
from energo_cabinet.services.person.erasure import ask_erasure, cancel_erasure, pending_erasure
from energo_cabinet.services.person.export import TOPIC, ask_export, my_export
from energo_cabinet.state.base import texts
from energo_cabinet.state.dialog import DialogState, no_errors
from energo_cabinet.state.frame.session import SessionState

DIALOGS = ("export", "erasure", "withdraw:terms", "withdraw:personal_data")


@dataclass(frozen=True)
class ConsentRow:
    """A consent as shown; dates "" for none."""

    purpose: str
    version: str
    given_on: str
    withdrawn_on: str
    is_outdated: bool


@access("customer")
class PersonalDataState(DialogState, rx.State):
    """`export`: state, percent, size, until, address; `erased_on`: the day, "" when nothing awaits the account."""

    consents: list[ConsentRow] = []
    export: dict[str, str] = {"state": "", "percent": "0", "size": "", "until": "", "address": ""}
    erased_on: str = ""
    errors: dict[str, str] = no_errors("password")

    @rx.event
    async def load(self):
        """Read all three."""
        self._open("")
        try:
            await self._read()
        except NotSignedIn:
            return

    @rx.event
    async def open(self, dialog: str):
        """Say what follows, and ask the password."""
        if dialog in DIALOGS:
            self._open(dialog)

    @rx.event
    async def submit(self, form: dict):
        """Do what the open dialog is about."""
        if self.dialog not in DIALOGS:
            return
        self.is_busy = True
        yield
        password = texts(form, "password")["password"]
        what, _, purpose = self.dialog.partition(":")
        if what == "withdraw":
            done = await self._do("person.consent_withdrawn_notice", withdraw_consent, purpose, password)
        elif what == "erasure":
            done = await self._do("person.erasure_asked", ask_erasure, password)
        else:
            done = await self._do("person.export_asked", ask_export, password)
        if done:
            await self._read()
            yield SessionState.load

    @rx.event
    async def give(self, purpose: str):
        """Agree to the text as it is now."""
        if purpose in [row.purpose for row in self.consents] and await self._do(
            "person.consent_saved", give_consent, purpose
        ):
            await self._read()
            yield SessionState.load

    @rx.event
    async def stay(self):
        """«Отменить удаление»."""
        if self.erased_on and await self._do("person.erasure_cancelled", cancel_erasure):
            await self._read()
            yield SessionState.load

    async def _read(self) -> None:
        self.consents = [_row(consent) for consent in await self._ask(my_consents)]
        erasure = await self._ask(pending_erasure)
        self.erased_on = day(erasure.due_at.date()) if erasure else ""
        await self._read_export()

    async def _read_export(self) -> None:
        found = await self._ask(my_export)
        self.export = {
            "state": found.state if found else "",
            "percent": str(found.percent) if found else "0",
            "size": f"{number(found.size / 1024, self._language, 0)} KB" if found else "",
            "until": day(found.expires_at.date()) if found and found.expires_at else "",
            "address": f"/api/profile/export/{found.id}" if found else "",
        }


def _row(consent: GivenConsent) -> ConsentRow:
    return ConsentRow(
        purpose=consent.purpose,
        version=consent.version,
        given_on=day(consent.given_at.date()) if consent.given_at else "",
        withdrawn_on=day(consent.withdrawn_at.date()) if consent.withdrawn_at else "",
        is_outdated=consent.is_outdated,
    )


@on_change(TOPIC)
async def refresh_export(root: rx.State) -> None:
    """How far the archive is, in a tab that shows it."""
    state = await root.get_state(PersonalDataState)
    if state.router.url.path.rstrip("/") == routes.PROFILE:
        await state._read_export()
