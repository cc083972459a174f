"""The letter's page: who has come to read a contract, and the one click that objects."""

from __future__ import annotations

from dataclasses import dataclass

import reflex as rx

from energo_cabinet.auth.access import access
from energo_cabinet.errors import CabinetError
from energo_cabinet.formatting import day
from energo_cabinet.i18n import text
from energo_cabinet.services.contract.reader import ObjectionCard, look_at_objection, object_by_letter
from energo_cabinet.state.base import PageState


@dataclass(frozen=True)
class ObjectionView:
    """What the letter was about, in words."""

    about: str = ""
    since: str = ""
    is_of_staff: bool = False


@access("public")
class ObjectionState(PageState, rx.State):
    """`status`: "loading", "ready", "done", "closed" (no key of ours, or too late) or "failed"."""

    view: ObjectionView = ObjectionView()
    is_busy: bool = False

    @rx.event
    async def load(self):
        """Read what the key in the address is about; nothing is done by that."""
        self.reset()
        return await self._load(self._ask(look_at_objection, self._key), self._show)

    @rx.event
    async def object(self):
        """«Это не должно быть»."""
        self.is_busy = True
        yield
        try:
            await self._ask(object_by_letter, self._key)
        except CabinetError:
            self.status = "closed"
        else:
            self.status = "done"
        finally:
            self.is_busy = False

    @property
    def _key(self) -> str:
        return self.router.url.query_parameters.get("key", "")

    def _refused(self, error: CabinetError) -> bool:
        self.status = "closed"
        return True

    def _show(self, card: ObjectionCard) -> None:
        facts = {"number": card.number, "supplier": card.supplier, "name": card.name, "email": card.email}
        how = text(f"reader.way.{card.way.value}", self._language)
        self.view = ObjectionView(
            about=text("reader.letter_text", self._language, **facts),
            since=text("reader.letter_since", self._language, since=day(card.since.date()), way=how),
            is_of_staff=card.way.value == "staff",
        )
        self.status = "ready" if card.is_open else "closed"
