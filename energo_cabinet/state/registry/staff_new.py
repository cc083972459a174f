"""«Добавить точку» of the registry: what is refused is told beside its field, what was typed stays."""

from __future__ import annotations

import reflex as rx

from energo_cabinet import routes
from energo_cabinet.auth.access import access
from energo_cabinet.services.registry.new import NEW_FIELDS, add_point, point_tariffs
from energo_cabinet.state.base import texts
from energo_cabinet.state.dialog import DialogState, no_errors


@access("staff:registry")
class RegistryNewState(DialogState, rx.State):
    """The dialog "new"."""

    errors: dict[str, str] = no_errors(*NEW_FIELDS)
    tariffs: list[dict[str, str]] = []

    @rx.event
    async def begin(self):
        """Open the form."""
        self.tariffs = [{"value": code, "label": name} for code, name in await self._ask(point_tariffs)]
        self._open("new")

    @rx.event
    async def save(self, form: dict):
        """Add the point and go to its page, where its meter is installed."""
        if self.dialog != "new":
            return
        self.is_busy = True
        yield
        made = await self._try(add_point, texts(form, *NEW_FIELDS))
        if made is not None:
            self._open("")
            yield rx.redirect(routes.registry_point(made))
