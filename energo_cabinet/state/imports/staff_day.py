"""The page of a day's versions: what each file said of it, side by side."""

from __future__ import annotations

import re

import reflex as rx

from energo_cabinet.auth.access import access
from energo_cabinet.formatting import day_words, dots, number
from energo_cabinet.i18n import text
from energo_cabinet.services.imports.version import DayVersions, day_versions
from energo_cabinet.state.base import ItemPage
from energo_cabinet.state.imports.staff_imports_view import SlotRow, VersionHead, slot_rows, version_heads

_ADDRESS = re.compile(r"^/staff/imports/days/([0-9]{1,10})/?$", re.ASCII)


@access("staff:imports")
class StaffImportDayState(ItemPage, rx.State):
    """`status`: "loading", "ready", "missing", "failed"; `changed`: how many values the last file changed."""

    title: str = ""
    point: str = ""
    summary: str = ""
    heads: list[VersionHead] = []
    rows: list[SlotRow] = []
    is_all: bool = False
    _rows: list[SlotRow] = []

    @rx.event
    async def load(self):
        """Read the versions that the address names one of."""
        self.reset()
        address = _ADDRESS.match(self.router.url.path)
        return await self._load(self._ask(day_versions, int(address[1]) if address else 0), self._show)

    @rx.event
    async def show_all(self):
        """All values of the day, or those that changed."""
        self.is_all = not self.is_all
        self.rows = self._rows if self.is_all else [row for row in self._rows if row.is_changed]

    @rx.event
    async def leave(self):
        """Forget it with the page."""
        self.reset()

    def _show(self, found: DayVersions) -> None:
        language = self._language
        self.title = f"{day_words(found.day, language)} {found.day.year}"
        self.point = dots((found.point, found.point_name, found.channel))
        self.heads, self._rows = version_heads(found, language), slot_rows(found, language)
        totals = [version.total_wh for version in found.versions]
        shown = number((totals[-1] - (totals[-2] if len(totals) > 1 else 0)) / 1000, language, 3, signed=True)
        count = sum(row.is_changed for row in self._rows)
        self.summary = text("imports.day_summary", language, changed=count, total=len(self._rows), kwh=shown)
        self.rows, self.status = [row for row in self._rows if row.is_changed], "ready"
