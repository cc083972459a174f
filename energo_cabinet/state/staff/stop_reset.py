"""The letter's page: somebody asks to remove one's second factor, and the one click that stops it."""

from __future__ import annotations

import reflex as rx

from energo_cabinet.auth.access import access
from energo_cabinet.errors import CabinetError
from energo_cabinet.formatting import moment
from energo_cabinet.i18n import text
from energo_cabinet.services.staff.factor_reset import ResetCard, look_at_reset, stop_by_letter
from energo_cabinet.state.base import PageState


@access("public")
class StopResetState(PageState, rx.State):
    """`status`: "loading", "ready", "done", "closed" (no key of ours, or too late) or "failed"."""

    about: str = ""
    since: str = ""
    is_busy: bool = False

    @rx.event
    async def load(self):
        """Read what the key in the address is about; nothing is done by that."""
        self.reset()
        return await self._load(self._ask(look_at_reset, self._key), self._show)

    @rx.event
    async def stop(self):
        """«Остановить»."""
        self.is_busy = True
        yield
        try:
            await self._ask(stop_by_letter, self._key)
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

    def _show(self, card: ResetCard) -> None:
        language = self._language
        by = card.by or text("staff.command_line", language)
        asked, due = moment(card.asked_at, language=language), moment(card.due_at, language=language)
        self.about = text("stop_reset.text", language, by=by)
        self.since = text("stop_reset.since", language, at=asked, due=due)
        self.status = "ready" if card.is_open else "closed"
