"""Registration (Э-20…36, Н-9…18): all errors at once beside their fields, then «письмо отправлено»."""

from __future__ import annotations

import reflex as rx

from energo_cabinet.auth.access import access
from energo_cabinet.errors import CabinetError
from energo_cabinet.i18n import text
from energo_cabinet.services.sign_in.registration import Registration, register
from energo_cabinet.state.base import CabinetState, texts

ACCOUNT = ("full_name", "phone", "email", "password", "password2")
FIELDS = (*ACCOUNT, "region", "address", "contract_number", "consumer_class")
CONSENTS = ("terms", "personal_data")
NO_ERRORS = dict.fromkeys((*FIELDS, *CONSENTS, "form"), "")


@access("public")
class RegisterState(CabinetState, rx.State):
    """What the form shows after a submit; what was typed stays in the browser's fields, never here."""

    errors: dict[str, str] = NO_ERRORS
    is_taken: bool = False
    is_busy: bool = False
    sent_to: str = ""

    @rx.event
    async def load(self):
        """A fresh form."""
        self._show(NO_ERRORS)
        self.sent_to = ""

    @rx.event
    async def submit(self, form: dict):
        """«Зарегистрироваться»."""
        self.is_busy = True
        yield
        given = texts(form, *FIELDS, *CONSENTS)
        ticked = {name: bool(given.pop(name)) or _is_true(form, name) for name in CONSENTS}
        try:
            await self._ask(register, Registration(**given, **ticked))  # type: ignore[arg-type]
        except CabinetError as error:
            self._refuse(error)
            return
        finally:
            self.is_busy = False
        self._show(NO_ERRORS)
        self.sent_to = given["email"].strip()[:254]

    def _refuse(self, error: CabinetError) -> None:
        messages = self._field_messages(error)
        beside = {field: words for field, words in messages.items() if field in NO_ERRORS}
        rest = " ".join(words for field, words in messages.items() if field not in NO_ERRORS)
        if len(beside) > 1:
            rest = text("form.check_fields", self._language)
        self._show({**NO_ERRORS, **({"form": rest} if rest else {}), **beside})
        self.is_taken = error.code == "email_taken"

    def _show(self, errors: dict[str, str]) -> None:
        self.errors, self.is_taken = errors, False


def _is_true(form: object, name: str) -> bool:
    """A ticked box comes as "on", "true" or True."""
    return isinstance(form, dict) and form.get(name) is True
