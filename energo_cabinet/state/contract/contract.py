"""Add a contract by the supplier's credentials, rename it, take it out of the cabinet (Н-21…Н-30, Н-49, Н-50)."""

from __future__ import annotations

import reflex as rx

from energo_cabinet.auth.access import access
from energo_cabinet.domain.typed import id_of
from energo_cabinet.errors import CabinetError
from energo_cabinet.i18n import text
from energo_cabinet.routes import POINTS
from energo_cabinet.services.contract.contract import link_contract, list_suppliers, rename_contract, unlink_contract
from energo_cabinet.state.base import CabinetState, texts
from energo_cabinet.state.frame.session import SessionState

NO_ERRORS = {"supplier": "", "title": "", "login": "", "password": "", "form": ""}


@access("customer")
class ContractState(CabinetState, rx.State):
    """The three dialogs of a contract; `dialog` is "add", "edit", "unlink" or "" (closed)."""

    dialog: str = ""
    errors: dict[str, str] = NO_ERRORS
    is_busy: bool = False
    suppliers: list[dict[str, str]] = []
    notice: str = ""

    @rx.event
    async def open_add(self):
        """Show «Добавить договор»."""
        self.suppliers = [{"value": str(s.id), "label": s.name} for s in await self._ask(list_suppliers)]
        self._open("add")

    @rx.event
    async def open_edit(self):
        """Show the dialog with the contract's name."""
        self._open("edit")

    @rx.event
    async def open_unlink(self):
        """Ask before the contract leaves the cabinet."""
        self._open("unlink")

    @rx.event
    async def close(self):
        """Close the dialog and the confirmation."""
        self._open("")
        self.notice = ""

    @rx.event
    async def add(self, form: dict):
        """«Добавить»: link the contract and show its points."""
        self.is_busy = True
        yield
        given = texts(form, "supplier", "title", "login", "password")
        supplier = _number(given.pop("supplier"))
        try:
            card = await self._ask(link_contract, supplier, **given)
        except CabinetError as error:
            self._refuse(error, supplier)
            return
        finally:
            self.is_busy = False
        await self._finish("contract.added", str(card.link_id))
        yield rx.redirect(f"{POINTS}?contract={card.link_id}")

    @rx.event
    async def rename(self, form: dict):
        """«Сохранить»: the contract's name in this cabinet."""
        self.is_busy = True
        yield
        session = await self.get_state(SessionState)
        try:
            await self._ask(rename_contract, _number(session.selected), texts(form, "title")["title"])
        except CabinetError as error:
            self._refuse(error)
            return
        finally:
            self.is_busy = False
        await self._finish("contract.saved", session.selected)

    @rx.event
    async def unlink(self):
        """«Убрать»: the contract in view leaves the cabinet."""
        self.is_busy = True
        yield
        session = await self.get_state(SessionState)
        try:
            await self._ask(unlink_contract, _number(session.selected))
        except CabinetError as error:
            self._refuse(error)
            return
        finally:
            self.is_busy = False
        await self._finish("contract.unlinked", "")
        yield rx.redirect(f"{POINTS}?contract={session.selected}")

    def _open(self, dialog: str) -> None:
        self.dialog, self.errors, self.is_busy = dialog, NO_ERRORS, False

    def _refuse(self, error: CabinetError, supplier: int = -1) -> None:
        messages = self._field_messages(error)
        if supplier == 0:  # the service looks at the texts first
            messages["supplier"] = text("error.required", self._language)
        beside = {field: words for field, words in messages.items() if field in NO_ERRORS}
        rest = [words for field, words in messages.items() if field not in NO_ERRORS]
        self.errors = {**NO_ERRORS, **({"form": " ".join(rest)} if rest else {}), **beside}

    async def _finish(self, notice: str, link_id: str) -> None:
        session = await self.get_state(SessionState)
        await session._read(link_id or "-")
        self._open("")
        self.notice = text(notice, self._language)


def _number(value: str) -> int:
    """An id as the browser sent it; 0, which no row has, for anything else."""
    return id_of(value) or 0
