"""«План по часам»: a day typed in a grid, days copied from similar ones; files come by REST (F-7)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

import reflex as rx

from energo_cabinet import routes
from energo_cabinet.auth.access import access
from energo_cabinet.domain.time.period import typed_period
from energo_cabinet.domain.typed import whole_number
from energo_cabinet.errors import CabinetError, NotFound
from energo_cabinet.formatting import day as dots
from energo_cabinet.formatting import day_words, number
from energo_cabinet.i18n import text
from energo_cabinet.services.control.plan import PlanOfDay, copy_plan, plan_of_day, save_plan, today
from energo_cabinet.state.base import PageState, texts
from energo_cabinet.state.control.target_address import Chosen
from energo_cabinet.state.frame.session import SessionState
from energo_cabinet.state.period import address, asked_day

NO_ERRORS = {"form": "", "first": "", "last": "", "weeks": ""}
"""A field that is always asked for needs an answer; those of hours are looked up."""


@dataclass(frozen=True)
class HourField:
    """A line of the grid; `key`: its place in the day."""

    key: str
    words: str
    label: str
    price_label: str
    value: str
    price: str


@dataclass(frozen=True)
class PlanGrid:
    """A day to type, with addresses of its neighbours."""

    name: str = ""
    title: str = ""
    note: str = ""
    day: str = ""
    back: str = ""
    forward: str = ""
    comparison: str = ""
    upload: str = ""
    total: str = ""
    hours: tuple[HourField, ...] = ()


@access("customer")
class PlanEditState(PageState, rx.State):
    """`status`: "loading", "ready", "missing", "failed"; `errors` by field, "form" for the whole."""

    grid: PlanGrid = PlanGrid()
    errors: dict[str, str] = NO_ERRORS
    notice: str = ""
    copied: str = ""
    is_busy: bool = False

    @rx.event
    async def load(self):
        """The day the address asks for; without one the day after today."""
        self.errors, self.notice, self.copied = NO_ERRORS, "", ""
        return await self._load(self._read())

    @rx.event
    async def choose_day(self, value: str):
        """Another day."""
        try:
            day = asked_day(value, "day")
            return rx.redirect(self._address(day))
        except CabinetError:
            return None

    @rx.event
    async def save(self, form: dict):
        """«Сохранить план»: all hours of the day."""
        names = [hour.key for hour in self.grid.hours]
        given = texts(form, *(f"h{key}" for key in names), *(f"p{key}" for key in names))
        columns = [[given[f"{column}{key}"] for key in names] for column in "hp"]
        self.is_busy = True
        yield
        try:
            day, chosen = asked_day(self.grid.day, "day"), self._chosen()
            changed = await self._ask(save_plan, day, columns[0], columns[1], chosen.point_id, chosen.group_id)
        except CabinetError as error:
            self._refuse(error)
            return
        finally:
            self.is_busy = False
        key = "saved_same" if not changed else "saved" if any(columns[0]) else "removed"
        await self._read()
        self.errors, self.notice = NO_ERRORS, text(f"plan.{key}", self._language, day=dots(day))

    @rx.event
    async def copy(self, form: dict):
        """«Скопировать план» from similar days."""
        given = texts(form, "first", "last", "weeks", "replace")
        weeks = whole_number(given["weeks"], 3) or 0
        self.is_busy = True
        yield
        try:
            chosen = self._chosen()
            period = typed_period(given["first"], given["last"])
            done = await self._ask(copy_plan, period, weeks, bool(given["replace"]), chosen.point_id, chosen.group_id)
        except CabinetError as error:
            self._refuse(error)
            return
        finally:
            self.is_busy = False
        await self._read()
        counts = {"stored": done.stored, "kept": done.kept, "without": done.without}
        self.errors, self.copied = NO_ERRORS, text("plan.copied", self._language, **counts)

    @rx.event
    async def forget_notice(self):
        """Close the confirmation."""
        self.notice = ""

    @rx.event
    async def leave(self):
        """Forget the grid with the page."""
        self.reset()

    def _chosen(self) -> Chosen:
        chosen = Chosen.of(dict(self.router.url.query_parameters))
        if not chosen.is_said:
            raise NotFound
        return chosen

    def _address(self, day: date) -> str:
        return address(routes.PLAN_EDIT, None, day=day.isoformat(), **self._chosen().query)

    def _refused(self, error: CabinetError) -> bool:
        self.grid, self.status = PlanGrid(), "missing"
        return True

    def _failed(self) -> None:
        self.grid, self.status = PlanGrid(), "failed"

    async def _read(self) -> None:
        asked = self.router.url.query_parameters.get("day", "")
        day = asked_day(asked, "day") if asked else await self._ask(today) + timedelta(days=1)
        found = await self._ask(plan_of_day, day, **self._chosen().ids)
        session = await self.get_state(SessionState)
        if found.contract_id and found.contract_id != session._contract_id:
            await session._show_contract(found.contract_id)
        self.grid, self.status = self._grid(found), "ready"

    def _grid(self, found: PlanOfDay) -> PlanGrid:
        words, query = self._words, self._chosen().query
        ends = [*found.starts[1:], found.starts[-1] + timedelta(hours=1)]
        hours = tuple(self._hour(found, i, ends[i]) for i in range(len(found.starts)))
        known = [value for value in found.values if value is not None]
        note = "" if len(hours) == 24 else words("grid_note_clock", hours=len(hours))
        return PlanGrid(
            name=found.name,
            title=words("grid", day=day_words(found.day, self._language) + f" {found.day.year}"),
            note=note,
            day=found.day.isoformat(),
            back=self._address(found.day - timedelta(days=1)),
            forward=self._address(found.day + timedelta(days=1)),
            comparison=address(
                routes.PLAN_FACT, None, first=found.day.isoformat(), last=found.day.isoformat(), **query
            ),
            upload=address("/api/plan-file", None, **query),
            total=number(Decimal(sum(known)) / 1000, self._language, 3) if known else "—",
            hours=hours,
        )

    def _hour(self, found: PlanOfDay, i: int, end: datetime) -> HourField:
        start, words = found.starts[i], self._words
        shown = f"{start:%H:%M}–{'24:00' if end.date() != start.date() else f'{end:%H:%M}'}"
        if len(found.starts) != 24:
            shown += f" (UTC{start:%z})"[:-3] + ")"
        value, price = found.values[i], found.prices[i]
        return HourField(
            key=str(i),
            words=shown,
            label=words("kwh_of", hour=shown),
            price_label=words("price_of", hour=shown),
            value=_plain(value, 1000, self._language),
            price=_plain(price, 100, self._language),
        )

    def _words(self, key: str, **params: object) -> str:
        return text(f"plan.{key}", self._language, **params)

    def _refuse(self, error: CabinetError) -> None:
        messages = self._field_messages(error)
        known = {f"{c}{hour.key}" for hour in self.grid.hours for c in "hp"} | {"first", "last", "weeks"}
        rest = " ".join(words for name, words in messages.items() if name not in known)
        beside = {name: words for name, words in messages.items() if name in known}
        self.errors = NO_ERRORS | {"form": rest} | beside
        self.notice = self.copied = ""


def _plain(value: int | None, scale: int, language: str) -> str:
    """A number as one would type it: without groups and needless zeros."""
    if value is None:
        return ""
    shown = f"{Decimal(value) / scale:f}"
    shown = shown.rstrip("0").rstrip(".") if "." in shown else shown
    return shown.replace(".", ",") if language == "ru" else shown
