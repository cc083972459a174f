"""«Кто что смотрел»: the report of 24 and 72 hours, asked for by the form, never by opening the page."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

import reflex as rx

from energo_cabinet.auth.access import access
from energo_cabinet.formatting import day, moment
from energo_cabinet.i18n import text
from energo_cabinet.services.staff.look import WAYS, LookReport, Seen, look_report
from energo_cabinet.state.base import texts
from energo_cabinet.state.dialog import DialogState, no_errors

FIELDS = ("by", "value", "first", "last")


@dataclass(frozen=True)
class LookRow:
    """A contract, a person or lists; `what` for the last two by their kind."""

    id: int
    kind: str
    number: str
    whose: str
    supplier: str
    by: str
    ips: str
    when: str


@access("staff:admin")
class StaffLooksState(DialogState, rx.State):
    """`status` "begin", "ready", "none", "failed"; `csv`: the address of the same report as a file."""

    status: str = "begin"
    by: str = "account"
    value: str = ""
    rows: list[LookRow] = []
    found: str = ""
    too_old: str = ""
    is_cut: bool = False
    csv: str = ""
    errors: dict[str, str] = no_errors(*FIELDS)

    @rx.event
    async def load(self):
        """Put into the form what the address names: `?by=account&value=…`."""
        self.reset()
        asked = self.router.url.query_parameters
        self.by = by if (by := asked.get("by", "")) in WAYS else "account"
        self.value = asked.get("value", "")[:254]

    @rx.event
    async def show(self, form: dict):
        """Make the report."""
        self.is_busy = True
        yield
        given = texts(form, *FIELDS)
        self.csv, self.rows, self.status = "", [], "begin"
        try:
            report = await self._try(look_report, *given.values())
        except Exception:
            self.status = "failed"
            raise
        if report is not None:
            self._open("")
            self.csv = f"/api/staff/looks.csv?{urlencode(given)}"
            self._show(report)

    @rx.event
    async def leave(self):
        """Forget whose data they were."""
        self.reset()

    def _show(self, report: LookReport) -> None:
        language = self._language
        self.rows = [_row(seen, number, language) for number, seen in enumerate(report.rows)]
        kinds = [seen.kind for seen in report.rows]
        facts = {"contracts": kinds.count("contract"), "people": kinds.count("person")}
        self.found = text("looks.found", language, **facts)
        is_old = report.first < report.kept_since
        self.too_old = text("looks.too_old", language, since=day(report.kept_since.date())) if is_old else ""
        self.is_cut, self.status = report.is_cut, "ready" if report.rows else "none"


def _row(seen: Seen, number: int, language: str) -> LookRow:
    first, last = moment(seen.first, language=language), moment(seen.last, language=language)
    when = first if first == last else f"{first} – {last}"
    by, ips = (", ".join(sorted(names)) for names in (seen.by, seen.ips))
    return LookRow(number, seen.kind, seen.number, seen.whose, seen.supplier, by, ips, when)
