"""The page of one import: its outcome, refused rows, the days whose values it replaced."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import partial
from typing import Any

import reflex as rx

from energo_cabinet import routes
from energo_cabinet.auth.access import access
from energo_cabinet.door import Ask
from energo_cabinet.errors import CabinetError
from energo_cabinet.live.topics import on_change
from energo_cabinet.services.imports.job import TOPIC, cancel_import, repeat_import
from energo_cabinet.services.imports.journal import ImportDetail, RefusalPage, import_detail, import_refusals
from energo_cabinet.services.imports.version import ReplacedDay, ReplacedPage, replaced_days
from energo_cabinet.state.base import ItemPage
from energo_cabinet.state.imports.staff_imports_view import (
    Fact,
    ImportRow,
    RefusalRow,
    ReplacedRow,
    counts,
    facts_of,
    refusal_row,
    refusal_words,
    replaced_row,
    row_of,
)

_ADDRESS = re.compile(r"^/staff/imports/([0-9]{1,10})/?$", re.ASCII)


@access("staff:imports")
class StaffImportState(ItemPage, rx.State):
    """`status`: "loading", "ready", "missing", "failed"."""

    row: ImportRow = ImportRow()
    counted: str = ""
    facts: list[Fact] = []
    warnings: list[str] = []
    refusals: list[RefusalRow] = []
    replaced: list[ReplacedRow] = []
    can_repeat: bool = False
    notice: str = ""
    has_more: bool = False
    _job_id: int = 0
    _next: int | None = None
    _next_day: int | None = None

    @rx.event
    async def load(self):
        """Read the import of the address."""
        self.reset()
        found = _ADDRESS.match(self.router.url.path)
        self._job_id = int(found[1]) if found else 0
        return await self._load(self._read())

    @rx.event
    async def more(self):
        """Append further refused rows and replaced days."""
        if self._next is not None:
            page = await self._ask(import_refusals, self._job_id, self._next)
            start, self._next = len(self.refusals), page.next
            self.refusals = [
                *self.refusals,
                *(refusal_row(row, start + n, self._language) for n, row in enumerate(page.items)),
            ]
        if self._next_day is not None:
            days = await self._ask(replaced_days, self._job_id, self._next_day)
            self.replaced, self._next_day = [*self.replaced, *self._days(days.items)], days.next
        self.has_more = self._next is not None or self._next_day is not None

    @rx.event
    async def stop(self):
        """«Отменить»."""
        await self._do(cancel_import)

    @rx.event
    async def again(self):
        """«Загрузить ещё раз»: leads to the new import."""
        made = await self._do(repeat_import)
        return rx.redirect(routes.staff_import(made)) if made else None

    @rx.event
    async def leave(self):
        """Forget it with the page."""
        self.reset()

    async def _do(self, service: Callable[..., Any]) -> int | None:
        made = None
        try:
            made = await self._ask(service, self._job_id)
        except CabinetError as error:
            self.notice = self._message(error)
        await self._load(self._read())
        return made

    async def _read(self) -> None:
        detail, page, days = await self._ask_together(partial(_opened, self._job_id))
        self._show(detail)
        self.refusals = [refusal_row(row, n, self._language) for n, row in enumerate(page.items)]
        self.replaced = self._days(days.items)
        self._next, self._next_day = page.next, days.next
        self.has_more, self.status = page.next is not None or days.next is not None, "ready"

    def _show(self, detail: ImportDetail) -> None:
        self.row, self.facts = row_of(detail.card, self._language), facts_of(detail, self._language)
        over = detail.card.finished_at is not None
        self.counted = counts(detail.card, self._language) if over else ""
        self.can_repeat = over and detail.has_file and detail.card.status.value != "done"
        self.warnings = [refusal_words(warning, self._language) for warning in detail.warnings]

    def _days(self, items: Iterable[ReplacedDay]) -> list[ReplacedRow]:
        return [replaced_row(row, self._language) for row in items]


def _opened(job_id: int, ask: Ask) -> tuple[ImportDetail, RefusalPage, ReplacedPage]:
    """The import with the first of its refused rows and of the days it replaced."""
    return ask(import_detail, job_id), ask(import_refusals, job_id), ask(replaced_days, job_id)


@on_change(TOPIC)
async def refresh_import(root: rx.State) -> None:
    """Read it anew in a tab that shows it and waits for its end."""
    state = await root.get_state(StaffImportState)
    if state.status == "ready" and state.row.state in ("waiting", "running"):
        await state._load(state._read())
