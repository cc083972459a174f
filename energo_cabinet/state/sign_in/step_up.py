"""«Подтвердите, что это Вы»: the dialog over whatever moves money or power."""

from __future__ import annotations

import reflex as rx

from energo_cabinet.auth.access import access
from energo_cabinet.services.sign_in.step_up import prove
from energo_cabinet.state.base import texts
from energo_cabinet.state.dialog import DialogState, no_errors


@access("customer")
class StepUpState(DialogState, rx.State):
    """`dialog` is "prove" while it is open."""

    errors: dict[str, str] = no_errors("secret")

    @rx.event
    async def prove(self, form: dict):
        """The password or a code: the next minutes are covered, and what was asked for is pressed once more."""
        self.is_busy = True
        yield
        await self._do("step_up.done", prove, texts(form, "secret")["secret"])
