"""A contract by its number: which one, then the code of a bill or a message, or a request to its supplier (Э-24)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Concatenate, ParamSpec, TypeVar

import reflex as rx
from sqlmodel import Session

from energo_cabinet.auth.access import Subject, access
from energo_cabinet.errors import CabinetError
from energo_cabinet.i18n import text
from energo_cabinet.services.contract.code import link_by_code, send_contract_code
from energo_cabinet.services.contract.link_request import request_link
from energo_cabinet.state.base import CabinetState, texts
from energo_cabinet.state.contract.registered import AccountState
from energo_cabinet.state.frame.session import SessionState

NO_ERRORS = {"form": "", "region": "", "number": "", "code": ""}
P = ParamSpec("P")
T = TypeVar("T")


@access("customer")
class AddingState(CabinetState, rx.State):
    """`region`, `number`: the contract that is being added, "" before it is named."""

    region: str = ""
    number: str = ""
    errors: dict[str, str] = NO_ERRORS
    is_busy: bool = False
    notice: str = ""

    @rx.event
    async def name(self, form: dict):
        """«Дальше»: which contract it is about; nothing is looked up yet."""
        given = {field: value.strip() for field, value in texts(form, "region", "number").items()}
        missing = text("error.required", self._language)
        self.errors = NO_ERRORS | {field: missing for field, value in given.items() if not value}
        if all(given.values()):
            self.region, self.number = given["region"], given["number"][:60]

    @rx.event
    async def rename(self):
        """«Изменить»: another contract."""
        self.errors, self.region, self.number = NO_ERRORS, "", ""

    @rx.event
    async def use_code(self, form: dict):
        """«Подключить»."""
        self.is_busy = True
        yield
        code = texts(form, "code")["code"]
        if await self._add("contract_code.linked", link_by_code, self.region, self.number, code):
            yield SessionState.load

    @rx.event
    async def send_code(self):
        """«Прислать код»."""
        self.is_busy = True
        yield
        try:
            await self._ask(send_contract_code, self.region, self.number)
        except CabinetError as error:
            self._refuse(error)
            return
        finally:
            self.is_busy = False
        self.errors, self.notice = NO_ERRORS, text("contract_code.sent", self._language)

    @rx.event
    async def ask(self):
        """«Отправить заявку»."""
        self.is_busy = True
        yield
        await self._add("registered.request_sent", request_link, self.region, self.number)

    @rx.event
    async def close_notice(self):
        """The confirmation has been seen."""
        self.notice = ""

    async def _add(
        self, notice: str, service: Callable[Concatenate[Session, Subject, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> bool:
        """Run a service; done: the page is read anew and `notice` is shown."""
        try:
            await self._ask(service, *args, **kwargs)
        except CabinetError as error:
            self._refuse(error)
            return False
        finally:
            self.is_busy = False
        self.errors, self.notice, self.region, self.number = NO_ERRORS, text(notice, self._language), "", ""
        await (await self.get_state(AccountState))._read()
        return True

    def _refuse(self, error: CabinetError) -> None:
        messages = self._field_messages(error)
        rest = " ".join(words for field, words in messages.items() if field not in ("number", "code", "form"))
        known = {field: words for field, words in messages.items() if field in ("number", "code", "form")}
        self.errors = {**NO_ERRORS, **({"form": rest} if rest else {}), **known}
