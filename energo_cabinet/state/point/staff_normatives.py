"""«Нормативы»: the list, and the form that adds or changes one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import reflex as rx

from energo_cabinet.auth.access import access
from energo_cabinet.domain.registry.row import plain
from energo_cabinet.errors import CabinetError, Conflict
from energo_cabinet.formatting import day, dots
from energo_cabinet.i18n import text
from energo_cabinet.services.point.normative import (
    NORMATIVE_FIELDS,
    NormativeLine,
    add_normative,
    list_normatives,
    remove_normative,
    save_normative,
)
from energo_cabinet.state.base import PageState, texts
from energo_cabinet.state.dialog import DialogState, no_errors

TONES = {"now": "success", "later": "info", "past": "gray"}


@dataclass(frozen=True)
class NormativeRow:
    """A normative in the list."""

    id: int
    name: str
    value: str
    span: str
    source: str
    state: str
    tone: str


@access("staff:registry")
class NormativesState(PageState, rx.State):
    """`status`: "loading", "ready", "empty", "failed"."""

    rows: list[NormativeRow] = []
    has_more: bool = False
    _next: int | None = None
    _known: dict[int, tuple[Mapping[str, str], str]] = {}

    @rx.event
    async def load(self):
        """The first page."""
        return await self._load(self._read(0))

    @rx.event
    async def more(self):
        """Append the next page."""
        if self._next is not None:
            await self._read(self._next)

    @rx.event
    async def leave(self):
        """Forget the rows with the page."""
        self.reset()

    def _refused(self, error: CabinetError) -> bool:
        self._failed()
        return True

    async def _read(self, skip: int) -> None:
        page = await self._ask(list_normatives, skip)
        rows = [_row(line, self._language) for line in page.lines]
        known = {line.id: (line.facts, line.seen) for line in page.lines}
        self.rows, self._known = (self.rows + rows, self._known | known) if skip else (rows, known)
        self._next, self.has_more = page.next, page.next is not None
        self.status = "ready" if self.rows else "empty"


@access("staff:admin")
class NormativeEditState(DialogState, rx.State):
    """Dialogs "edit" and "remove"; `chosen` 0: the form adds one; `typed`: what the form begins with."""

    errors: dict[str, str] = no_errors(*NORMATIVE_FIELDS)
    typed: dict[str, str] = {}
    chosen: int = 0
    _seen: str = ""

    @rx.event
    async def edit(self, normative: int = 0):
        """The form of one, or an empty one."""
        known = (await self.get_state(NormativesState))._known.get(normative) if type(normative) is int else None
        facts, self._seen = known or ({}, "")
        self.chosen = normative if known else 0
        self.typed = dict.fromkeys(NORMATIVE_FIELDS, "") | dict(facts)
        self._open("edit")

    @rx.event
    async def save(self, form: dict):
        """Save it; one that was changed meanwhile is read anew, what was typed stays."""
        if self.dialog != "edit":
            return
        self.is_busy = True
        yield
        page, given = await self.get_state(NormativesState), texts(form, *NORMATIVE_FIELDS)
        try:
            if self.chosen:
                await self._ask(save_normative, self.chosen, given, self._seen)
            else:
                await self._ask(add_normative, given)
        except CabinetError as error:
            self._refuse(error)
            if isinstance(error, Conflict):
                await page._read(0)
                self._seen = page._known.get(self.chosen, ({}, ""))[1]
        else:
            self._open("")
            self.notice = text("tariffs.saved", self._language)
            await page._read(0)
        self.is_busy = False

    @rx.event
    async def ask_remove(self):
        """«Удалить норматив?»"""
        if self.chosen:
            self._open("remove")

    @rx.event
    async def remove(self):
        """Take it out."""
        if self.dialog != "remove" or not self.chosen:
            return
        if await self._do("tariffs.normative_removed", remove_normative, self.chosen):
            await (await self.get_state(NormativesState))._read(0)


def _row(line: NormativeLine, language: str) -> NormativeRow:
    since = text("tariffs.since", language, day=day(line.valid_from))
    till = text("tariffs.till", language, day=day(line.valid_to)) if line.valid_to else ""
    value = plain(line.value).replace(".", "," if language == "ru" else ".")
    return NormativeRow(
        id=line.id,
        name=line.name,
        value=f"{value} {line.unit}",
        span=dots([since, till]),
        source=line.source,
        state=text(f"tariffs.when_{line.when}", language),
        tone=TONES[line.when],
    )
