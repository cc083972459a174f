"""«Сотрудники»: who works for the supplier, adding, another role, removing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Concatenate, ParamSpec, TypeVar

import reflex as rx
from sqlmodel import Session

from energo_cabinet.auth.access import Subject, access
from energo_cabinet.domain.typed import whole_number
from energo_cabinet.errors import CabinetError
from energo_cabinet.formatting import day
from energo_cabinet.i18n import text
from energo_cabinet.services.staff.member import MemberCard, add_member, change_role, list_members, remove_member
from energo_cabinet.services.supplier.settings import supplier_choices
from energo_cabinet.state.base import PageState, texts
from energo_cabinet.state.dialog import DialogState, no_errors
from energo_cabinet.state.staff.changes import StaffChangesState

P = ParamSpec("P")
T = TypeVar("T")


@dataclass(frozen=True)
class MemberRow:
    """A member as shown; `role` is a role's name, worded by the page."""

    id: int
    name: str
    email: str
    role: str
    supplier: str
    has_second_factor: bool
    added_on: str
    is_self: bool
    has_accepted: bool


@access("staff:admin")
class StaffMembersState(PageState, DialogState, rx.State):
    """`status` "loading", "ready", "failed"; `asked`: whose role or removal is being decided."""

    rows: list[MemberRow] = []
    asked: int = 0
    asked_name: str = ""
    suppliers: list[dict[str, str]] = []
    errors: dict[str, str] = no_errors("email", "name", "role", "supplier")

    @rx.event
    async def load(self):
        """Read the list."""
        if self.status != "loading":  # else a quick click may have opened one before the list came
            self._open("")
        self.notice = ""
        return await self._load(self._read())

    @rx.event
    async def open_add(self):
        """«Добавить сотрудника»."""
        self._open("add")

    @rx.event
    async def open_for(self, dialog: str, member_id: int):
        """The dialog "role" or "remove" about a member of the list."""
        row = next((row for row in self.rows if row.id == member_id), None)
        if row is not None and not row.is_self and dialog in ("role", "remove"):
            self.asked, self.asked_name = row.id, row.name
            self._open(dialog)

    @rx.event
    async def add(self, form: dict):
        """Add somebody; the letter goes to whoever has no account."""
        self.is_busy = True
        yield
        given = texts(form, "email", "name", "role", "supplier")
        works_for = whole_number(given["supplier"], 10) or None
        who = (given["email"], given["name"], given["role"])
        if await self._tried("staff.member_added", add_member, *who, works_for):
            yield await self._load(self._read())
            yield StaffChangesState.load

    @rx.event
    async def change(self, form: dict):
        """Give the asked member another role."""
        if await self._tried("staff.role_changed", change_role, self.asked, texts(form, "role")["role"]):
            return [await self._load(self._read()), StaffChangesState.load]
        return None

    @rx.event
    async def remove(self):
        """Remove the asked member."""
        if await self._tried("staff.member_removed", remove_member, self.asked):
            return [await self._load(self._read()), StaffChangesState.load]
        return None

    async def _tried(
        self, notice: str, service: Callable[Concatenate[Session, Subject, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> bool:
        """Whether it was not refused; what waits for a second administrator is said instead of `notice`."""
        try:
            done = await self._ask(service, *args, **kwargs)
        except CabinetError as error:
            self._refuse(error)
            return False
        finally:
            self.is_busy = False
        self._open("")
        self.notice = text(notice if done else "staff.change_waits", self._language)
        return True

    async def _read(self) -> None:
        cards, choices = await self._ask_together(lambda ask: (ask(list_members), ask(supplier_choices)))
        self.rows = [_row(card) for card in cards]
        self.suppliers = [{"value": str(c.supplier_id), "label": c.name} for c in choices]
        self.status = "ready"


def _row(card: MemberCard) -> MemberRow:
    return MemberRow(
        card.member_id,
        card.name,
        card.email,
        card.role,
        card.supplier,
        card.has_second_factor,
        day(card.added_at.date()),
        card.is_self,
        card.has_accepted,
    )
