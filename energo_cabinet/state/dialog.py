"""Dialogs of a page with several of them: which one is open, what is wrong in it, what has been done."""

from __future__ import annotations

from collections.abc import Callable
from typing import Concatenate, ParamSpec, TypeVar

import reflex as rx
from sqlmodel import Session

from energo_cabinet.auth.access import Subject
from energo_cabinet.errors import CabinetError
from energo_cabinet.i18n import text
from energo_cabinet.state.base import CabinetState

P = ParamSpec("P")
T = TypeVar("T")


def no_errors(*fields: str) -> dict[str, str]:
    """The fields of a state's dialogs, none of them wrong; "form" is for what concerns no single field."""
    return dict.fromkeys((*fields, "form"), "")


class DialogState(CabinetState, mixin=True):
    """`dialog`: the open one, "" for none; `errors`: field → message; `notice`: the confirmation shown."""

    dialog: str = ""
    errors: dict[str, str] = {"form": ""}
    is_busy: bool = False
    notice: str = ""

    @rx.event
    async def close(self):
        """Close the dialog and the confirmation."""
        self._open("")
        self.notice = ""

    def _open(self, dialog: str) -> None:
        self.dialog, self.is_busy, self.errors = dialog, False, dict.fromkeys(self.errors, "")

    async def _try(
        self, service: Callable[Concatenate[Session, Subject, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T | None:
        """What the service returns; None when it refused, and the refusal beside its field."""
        try:
            return await self._ask(service, *args, **kwargs)
        except CabinetError as error:
            self._refuse(error)
            return None
        finally:
            self.is_busy = False

    async def _do(
        self, notice: str, service: Callable[Concatenate[Session, Subject, P], None], *args: P.args, **kwargs: P.kwargs
    ) -> bool:
        """Run a service that returns nothing; done: the dialog closes and `notice` is shown."""
        try:
            await self._ask(service, *args, **kwargs)
        except CabinetError as error:
            self._refuse(error)
            return False
        finally:
            self.is_busy = False
        self._open("")
        self.notice = text(notice, self._language)
        return True

    def _refuse(self, error: CabinetError) -> None:
        messages = self._field_messages(error)
        rest = " ".join(words for field, words in messages.items() if field not in self.errors)
        known = {field: words for field, words in messages.items() if field in self.errors}
        self.errors = {**dict.fromkeys(self.errors, ""), "form": rest, **known}
