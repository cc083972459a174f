"""«Шаблоны и сроки ответа»: prepared answers, terms by category, the supplier's calendar."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import reflex as rx
from reflex.event import EventSpec

from energo_cabinet import routes
from energo_cabinet.auth.access import access
from energo_cabinet.domain.typed import day_of, whole_number
from energo_cabinet.errors import CabinetError, NotSignedIn
from energo_cabinet.formatting import day, moment
from energo_cabinet.i18n import text
from energo_cabinet.services.desk.calendar import desk_rules, remove_calendar_day, set_calendar_day, set_term
from energo_cabinet.services.desk.template import add_template, answer_templates, change_template, remove_template
from energo_cabinet.state.base import PageState, texts

NO_ERRORS = dict.fromkeys(("title", "category", "text", "days", "source", "day", "reason", "form"), "")


@dataclass(frozen=True)
class TemplateLine:
    """A prepared answer."""

    id: int = 0
    title: str = ""
    category: str = ""
    about: str = ""
    text: str = ""
    by: str = ""


@dataclass(frozen=True)
class TermLine:
    """Working days of a category."""

    category: str
    about: str
    days: str
    source: str
    shown: str


@dataclass(frozen=True)
class DayLine:
    """A day of the supplier's own."""

    day: str
    shown: str
    is_working: bool
    note: str


@access("staff:desk")
class DeskRulesState(PageState, rx.State):
    """`dialog`: "", "template", "remove", "term", "day"; `chosen`, `term`: what it is about."""

    templates: list[TemplateLine] = []
    terms: list[TermLine] = []
    days: list[DayLine] = []
    dialog: str = ""
    chosen: TemplateLine = TemplateLine()
    term: dict[str, str] = {"category": "", "days": "", "source": "", "about": ""}
    errors: dict[str, str] = NO_ERRORS
    notice: str = ""

    @rx.event
    async def load(self):
        """Read all three."""
        self.reset()
        return await self._load(self._read())

    @rx.event
    async def open(self, dialog: str, key: str):
        """A dialog about a template (its id), a term (its category) or a new day; "" closes."""
        self.errors, self.notice = NO_ERRORS, ""
        self.dialog = dialog if dialog in ("template", "remove", "term", "day") else ""
        self.chosen = next((one for one in self.templates if str(one.id) == key), TemplateLine())
        found = next((one for one in self.terms if one.category == key), None)
        if found is not None:
            known = {"days": found.days, "source": found.source, "about": found.about}
            self.term = {"category": found.category} | known

    @rx.event
    async def save_template(self, form: dict):
        """A new one or the chosen one."""
        given = texts(form, "title", "category", "text")
        values = (given["title"], given["category"], given["text"])
        if self.chosen.id:
            return await self._act(change_template, self.chosen.id, *values)
        return await self._act(add_template, *values)

    @rx.event
    async def remove_template(self):
        """The chosen one goes."""
        return await self._act(remove_template, self.chosen.id, said="desk.rules.removed")

    @rx.event
    async def save_term(self, form: dict):
        """Working days of the chosen category."""
        given = texts(form, "days", "source")
        return await self._act(set_term, self.term["category"], whole_number(given["days"], 9) or 0, given["source"])

    @rx.event
    async def save_day(self, form: dict):
        """A day off or a working day."""
        given = texts(form, "day", "kind", "reason")
        return await self._act(set_calendar_day, day_of(given["day"]), given["kind"] == "working", given["reason"])

    @rx.event
    async def remove_day(self, day: str):
        """As the country's calendar says."""
        return await self._act(remove_calendar_day, day_of(day))

    async def _act(self, service: Callable[..., Any], *given: Any, said: str = "desk.rules.saved") -> EventSpec | None:
        self.errors = NO_ERRORS
        try:
            moved = await self._ask(service, *given)
        except NotSignedIn:
            return rx.redirect(routes.LOGIN)
        except CabinetError as error:
            self.errors = NO_ERRORS | self._field_messages(error)
            return None
        self.dialog, self.notice = "", text(said, self._language)
        if type(moved) is int:
            self.notice = text("desk.rules.moved", self._language, n=moved)
        await self._read()
        return None

    async def _read(self) -> None:
        rows, rules = await self._ask(answer_templates), await self._ask(desk_rules)
        language = self._language
        self.templates = [
            TemplateLine(
                row.id,
                row.title,
                row.category,
                text(f"tickets.category.{row.category}", language) if row.category else "",
                row.text,
                text("desk.rules.by", language, by=row.changed_by, at=moment(row.changed_at)) if row.changed_by else "",
            )
            for row in rows
        ]
        usual = text("desk.rules.usual", language)
        self.terms = [
            TermLine(
                row.category.value,
                text(f"tickets.category.{row.category.value}", language),
                str(row.days),
                row.source,
                row.source or usual,
            )
            for row in rules.terms
        ]
        self.days = [DayLine(f"{row.day}", day(row.day), row.is_working, row.note) for row in rules.days]
        self.status = "ready"
