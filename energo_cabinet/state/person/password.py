"""The dialog «Смена пароля» (Н-56…Н-62)."""

from __future__ import annotations

import reflex as rx

from energo_cabinet.auth.access import access
from energo_cabinet.services.sign_in.password_change import change_password
from energo_cabinet.state.base import texts
from energo_cabinet.state.dialog import DialogState, no_errors

FIELDS = ("current", "password", "password2")


@access("customer")
class PasswordState(DialogState, rx.State):
    """No password is ever kept here: the form's fields live in the browser."""

    errors: dict[str, str] = no_errors(*FIELDS)

    @rx.event
    async def open(self):
        """«ИЗМЕНИТЬ ПАРОЛЬ»."""
        self._open("password")

    @rx.event
    async def save(self, form: dict):
        """«ОТПРАВИТЬ»."""
        self.is_busy = True
        yield
        given = texts(form, *FIELDS)
        await self._do("person.password_saved", change_password, *(given[name] for name in FIELDS))
