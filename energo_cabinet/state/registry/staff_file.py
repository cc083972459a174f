"""«Загрузка реестра из файла»: the fate of every row, then the decision; the file itself comes by REST."""

from __future__ import annotations

from dataclasses import dataclass

import reflex as rx

from energo_cabinet import routes
from energo_cabinet.auth.access import access
from energo_cabinet.domain.typed import whole_number
from energo_cabinet.errors import CabinetError
from energo_cabinet.formatting import dots, moment
from energo_cabinet.i18n import text
from energo_cabinet.services.registry.file import (
    FATES,
    PreviewRow,
    RegistryFile,
    apply_registry,
    drop_registry,
    registry_file,
    registry_files,
    registry_rows,
)
from energo_cabinet.state.base import PageState
from energo_cabinet.state.registry.staff_registry_view import change_words, value_words

TONES = {"new": "success", "changed": "info", "same": "gray", "refused": "danger"}


@dataclass(frozen=True)
class FateRow:
    """A line of the file: `words` what changes or why not."""

    line: str
    fate: str
    tone: str
    what: str
    words: tuple[str, ...]
    is_other: bool


@dataclass(frozen=True)
class FateChoice:
    """A part of the rows: its address and how many there are."""

    key: str
    words: str
    count: str
    href: str


@dataclass(frozen=True)
class FileView:
    """A file; `state` as its status; `apply`: the button's words, "" when there is nothing to write."""

    id: int = 0
    name: str = ""
    state: str = ""
    status: str = ""
    at: str = ""
    apply: str = ""
    stale: str = ""
    counts: str = ""
    href: str = ""
    choices: tuple[FateChoice, ...] = ()


@access("staff:registry")
class RegistryImportState(PageState, rx.State):
    """`status`: "loading", "choose" (no file), "ready", "missing", "failed"; `fate`: the rows in view."""

    file: FileView = FileView()
    fate: str = ""
    rows: list[FateRow] = []
    has_more: bool = False
    earlier: list[FileView] = []
    error: str = ""
    is_busy: bool = False
    _next: int | None = None

    @rx.event
    async def load(self):
        """`?file=…&fate=…` in the address shows one file, without it the newest ones are listed."""
        query = self.router.url.query_parameters
        number, wanted = query.get("file", ""), query.get("fate", "")
        self.fate = wanted if wanted in (*FATES, "other") else ""
        self.rows, self.error, self.is_busy, self.has_more = [], "", False, False
        known = whole_number(number, 9) or 0
        return await self._load(self._read(known, number))

    @rx.event
    async def more(self):
        """Append the next rows."""
        if self._next is not None and self.file.id:
            await self._rows(self._next)

    @rx.event
    async def apply(self):
        """Write the new and changed rows; a registry that changed meanwhile is shown anew."""
        if not self.file.id:
            return
        self.is_busy = True
        yield
        try:
            done = await self._ask(apply_registry, self.file.id)
        except CabinetError as error:
            self.error, self.is_busy = self._message(error), False
            return
        self.is_busy = False
        self.fate = "other" if done.others else ""
        await self._show(done)

    @rx.event
    async def drop(self):
        """«Не записывать»."""
        if not self.file.id:
            return
        try:
            await self._ask(drop_registry, self.file.id)
            await self._show(await self._ask(registry_file, self.file.id))
        except CabinetError as error:
            self.error = self._message(error)

    @rx.event
    async def leave(self):
        """Forget the rows with the page."""
        self.reset()

    def _refused(self, error: CabinetError) -> bool:
        self.file, self.status = FileView(), "missing"
        return True

    async def _read(self, number: int, asked: str) -> None:
        if asked:
            await self._show(await self._ask(registry_file, number))
            return
        self.earlier = [_file(one, self._language) for one in await self._ask(registry_files)]
        self.file, self.status = FileView(), "choose"

    async def _show(self, file: RegistryFile) -> None:
        self.file, self.status, self.rows = _file(file, self._language), "ready", []
        await self._rows(0)

    async def _rows(self, after: int) -> None:
        page = await self._ask(registry_rows, self.file.id, self.fate, after)
        self.rows = [*self.rows, *(_row(row, self._language) for row in page.rows)]
        self._next, self.has_more = page.next, page.next is not None


def _file(file: RegistryFile, language: str) -> FileView:
    counts = {fate: file.counts[fate] for fate in FATES}
    href = f"{routes.STAFF_REGISTRY_IMPORT}?file={file.id}"
    choices = {"": sum(counts.values()), **counts} | ({"other": file.others} if file.others else {})
    written = counts["new"] + counts["changed"]
    is_open = file.status.value in ("preview", "stale")
    return FileView(
        id=file.id,
        name=file.name,
        state=file.status.value,
        status=text(f"registry.status.{file.status.value}", language),
        at=moment(file.applied_at or file.created_at),
        apply=text("registry.file_apply", language, n=written) if is_open and written else "",
        stale=text("registry.file_stale_text", language, n=file.others) if file.status.value == "stale" else "",
        counts=text("registry.file_taken", language, n=written, all=sum(counts.values())),
        href=href,
        choices=tuple(
            FateChoice(
                key=fate,
                words=text(f"registry.fate.{fate or 'all'}", language),
                count=str(count),
                href=f"{href}&fate={fate}" if fate else href,
            )
            for fate, count in choices.items()
        ),
    )


def _row(row: PreviewRow, language: str) -> FateRow:
    reasons = tuple(
        (f"{text(f'registry.field.{reason.column}', language)}: " if reason.column else "")
        + text(f"registry.reason.{reason.code}", language, **reason.params)
        for reason in row.reasons
    )
    shown = [change for change in row.changes if change[0] != "point"]
    same = (text("registry.nothing_changes", language),) if row.fate == "same" else ()
    return FateRow(
        line=str(row.line),
        fate=text(f"registry.fate.{row.fate.value}", language),
        tone=TONES[row.fate.value],
        what=dots([value_words(name, told) for name, told in row.named]),
        words=reasons or change_words(shown, language) or same,
        is_other=row.is_other,
    )
