"""The period and other choices of a chart in the page's address: read from it (nothing is trusted), written to it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date
from urllib.parse import urlencode

from energo_cabinet.domain.time.period import YEARS, Period, shifted
from energo_cabinet.domain.typed import day_of, whole_number
from energo_cabinet.errors import InvalidInput, NotFound
from energo_cabinet.formatting import span_words
from energo_cabinet.state.base import texts
from energo_cabinet.state.shown import PeriodView

_POINT = re.compile(r"^/points/([0-9]{1,9})(?:/|$)")


def point_id_of(path: str) -> int:
    """The point's id in an address; NotFound for anything that is none."""
    found = _POINT.match(path)
    if found is None:
        raise NotFound
    return int(found[1])


def asked_day(value: object, field: str) -> date:
    """A day written as 2026-11-21; InvalidInput otherwise."""
    day = day_of(value)
    if day is None or day.year not in YEARS:
        raise InvalidInput({field: "date_invalid"})
    return day


def told_period(query: Mapping[str, str]) -> Period | None:
    """`first` and `last` of an address, each standing in for the other; None where it says neither. InvalidInput."""
    first = asked_day(query["first"], "first") if query.get("first") else None
    last = asked_day(query["last"], "last") if query.get("last") else first
    if last is None:
        return None
    asked = Period(first or last, last)
    if wrong := asked.problems(asked.days):  # how long it may be is the service's to know
        raise InvalidInput(wrong)
    return asked


def period_of(query: Mapping[str, str], default: Period) -> Period:
    """The period of an address, or `default` where it says none. InvalidInput: not days, or reversed."""
    return told_period(query) or default


def dates_of(form: object) -> Period:
    """The two date fields of a submitted form. InvalidInput: not days."""
    given = texts(form, "first", "last")
    return Period(asked_day(given["first"], "first"), asked_day(given["last"], "last"))


def choice_of(query: Mapping[str, str], name: str, allowed: tuple[str, ...], code: str) -> str:
    """One of `allowed` (the first is the default). InvalidInput with `code` for anything else."""
    value = query.get(name) or allowed[0]
    if value not in allowed:
        raise InvalidInput({name: code})
    return value


def page_of(query: Mapping[str, str], pages: int) -> int:
    """The table's page, 1 for anything that is none; never beyond the last."""
    number = whole_number(query.get("page"), 6)
    return 1 if number is None else max(1, min(pages, number))


def address(path: str, period: Period | None = None, **choices: str | int | bool) -> str:
    """`path?by=days&first=…&last=…`; choices that are "" or False stay out."""
    query: dict[str, str] = {}
    if period is not None:
        query = {"first": period.first.isoformat(), "last": period.last.isoformat()}
    query |= {name: str(int(v) if isinstance(v, bool) else v) for name, v in choices.items() if v not in ("", False)}
    return f"{path}?{urlencode(query)}" if query else path


@dataclass(frozen=True, slots=True)
class Choices:
    """What a load profile's address chooses beside the period; `channel` "" means the point's own first one."""

    step: int = 30
    unit: str = "kw"
    channel: str = ""
    table: str = "largest"

    @classmethod
    def of(cls, query: Mapping[str, str]) -> Choices:
        """InvalidInput for an unknown step, unit or table; a channel is the service's to know."""
        return cls(
            step=int(choice_of(query, "step", ("30", "60"), "step_invalid")),
            unit=choice_of(query, "unit", ("kw", "kwh"), "invalid"),
            channel=query.get("channel", "")[:8],
            table=choice_of(query, "table", ("largest", "time"), "invalid"),
        )

    def query(self, **other: str | int) -> dict[str, str | int]:
        """For `address`, some of them chosen otherwise; the usual ones stay out."""
        chosen = asdict(replace(self, **other))  # type: ignore[arg-type]
        return {name: value for name, value in chosen.items() if value != getattr(Choices(), name)}


@dataclass(frozen=True, slots=True)
class Steps:
    """The periods before and after, as far as they make sense (None: nothing there)."""

    back: Period | None
    forward: Period | None


def steps_of(period: Period, newest: date, by: str = "days") -> Steps:
    """Neighbours of a period; none that begins after the `newest` day with data or before the year 2000."""
    if period.first.year <= YEARS.start or period.last.year >= YEARS.stop - 1:
        return Steps(None, None)
    back, forward = shifted(period, -1, by), shifted(period, 1, by)  # type: ignore[arg-type]
    return Steps(
        back if back.first.year in YEARS else None,
        Period(forward.first, min(forward.last, max(newest, forward.first))) if forward.first <= newest else None,
    )


def shown_period(asked: Period, steps: Steps, language: str, to: Callable[[Period], str], csv: str = "") -> PeriodView:
    """The period in words with its neighbours; `to` gives the address of a period."""
    return PeriodView(
        words=span_words(asked.first, asked.last, language),
        back=to(steps.back) if steps.back else "",
        forward=to(steps.forward) if steps.forward else "",
        first=asked.first.isoformat(),
        last=asked.last.isoformat(),
        csv=csv,
    )
