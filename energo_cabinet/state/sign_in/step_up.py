"""«Подтвердите, что это Вы»: the dialog over whatever moves money or power."""

from __future__ import annotations

import reflex as rx

from energo_cabinet.auth.access import access
from energo_cabinet.services.sign_in.passkey import has_passkeys
from energo_cabinet.services.sign_in.passkey_sign_in import prove_by_passkey
from energo_cabinet.services.sign_in.step_up import prove
from energo_cabinet.state.base import texts
from energo_cabinet.state.dialog import DialogState, no_errors


@access("customer")
class StepUpState(DialogState, rx.State):
    """`dialog` is "prove" while it is open. `by_passkey`: it is offered; `by_secret`: so are password and code."""

    errors: dict[str, str] = no_errors("secret")
    by_passkey: bool = False
    by_secret: bool = True

    @rx.event
    async def prove(self, form: dict):
        """The password or a code: the next minutes are covered, and what was asked for is pressed once more."""
        self.is_busy = True
        yield
        await self._do("step_up.done", prove, texts(form, "secret")["secret"])

    @rx.event
    async def prove_by_passkey(self, form: dict):
        """The same by a passkey: `answer` is the authenticator's."""
        self.is_busy = True
        yield
        await self._do("step_up.done", prove_by_passkey, texts(form, "answer")["answer"])

    async def _offer(self, by: str) -> None:
        """Open it; `by` "passkey" when nothing else will do."""
        self.by_passkey, self.by_secret = await self._ask(has_passkeys), by != "passkey"
        self._open("prove")
