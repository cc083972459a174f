"""Questions to a journal in SQL: what matches, from where on, and which repeats fold into one line.

Statements are built once for each combination of conditions and then only given values: building one anew for every
page costs more than the database needs to answer it.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Row, Select, bindparam, case, func, not_, or_, select, tuple_
from sqlalchemy.sql import ColumnElement
from sqlmodel import Session

from energo_cabinet.domain.clock import midnight
from energo_cabinet.domain.event_codes import codes_containing
from energo_cabinet.domain.event_filter import FOLD_FROM, PAGE, Cursor, EventFilter, cursor_of
from energo_cabinet.services.event_row import COLUMNS, EVENT, EventRow, Fold, local

MOST_FOLDS = 400

_PLACE = tuple_(EVENT.started_s, EVENT.code)
_CURSOR = tuple_(bindparam("cursor_s"), bindparam("cursor_code"))
_FOLD = tuple_(EVENT.code, EVENT.night)
_CONDITIONS: Mapping[str, ColumnElement[bool]] = {
    "point": EVENT.point_id == bindparam("point"),
    "start": EVENT.started_s >= bindparam("start"),
    "end": EVENT.started_s < bindparam("end"),
    "area": EVENT.area == bindparam("area"),
    "code": EVENT.code == bindparam("code"),
    "severity": EVENT.severity == bindparam("severity"),
    "phase": EVENT.phase == bindparam("phase"),
    "text": or_(
        EVENT.code.in_(bindparam("named", expanding=True)),
        func.lower(EVENT.raw).like(func.lower(bindparam("text")), escape="/"),
        func.lower(EVENT.code).like(func.lower(bindparam("number")), escape="/"),
    ),
    "older": _PLACE < _CURSOR,
    "newer": _PLACE > _CURSOR,
    "unfolded": or_(EVENT.night.is_(None), not_(_FOLD.in_(bindparam("folded", expanding=True)))),
    "night": EVENT.night.is_not(None),
    "newest": _PLACE.in_(bindparam("places", expanding=True)),
}
"""Each condition with the values it needs."""

Values = dict[str, Any]


class JournalQuery:
    """One question to the journal: what matches, with its folds left out of the rows and put in as lines."""

    def __init__(self, session: Session, point_id: int, zone_name: str, asked: EventFilter) -> None:
        self.connection, self.zone = session.connection(), ZoneInfo(zone_name)
        self.names, self.values = _matching(point_id, zone_name, asked)
        self.folds = self._folds() if asked.fold else []

    def page(self, older_than: Cursor | None, newer_than: Cursor | None) -> list[EventRow]:
        """PAGE + 1 rows at most, newest first."""
        names, values, cursor = self.names, self.values, newer_than or older_than
        if self.folds:
            names += ("unfolded",)
            values = {**values, "folded": [(fold.code, fold.night) for fold in self.folds]}
        if cursor is not None:
            names += ("newer" if newer_than else "older",)
            values = {**values, "cursor_s": cursor.started, "cursor_code": cursor.code}
        zone, found = self.zone, self.connection.execute(_rows(names), values).all()
        rows = [EventRow(row, zone) for row in found]
        if not self.folds:
            return rows[::-1] if newer_than else rows
        rows += [row for row in self._lines() if _is_within(row.key, older_than, newer_than)]
        rows.sort(key=lambda row: cursor_of(row.key) or Cursor(0, ""), reverse=True)
        return rows[-PAGE - 1 :] if newer_than else rows[: PAGE + 1]

    def _folds(self) -> list[Row[Any]]:
        """Night repeats by code and month."""
        return list(self.connection.execute(_repeats((*self.names, "night")), self.values))

    def _lines(self) -> list[EventRow]:
        """Each fold as its newest event."""
        folds = {(fold.newest, fold.code): fold for fold in self.folds}
        values = {"point": self.values["point"], "places": list(folds)}
        found = self.connection.execute(_rows(("point", "newest"), is_page=False), values)
        return [_folded(EventRow(row, self.zone), folds[row[0], row[1]], self.zone) for row in found]


def codes_of(session: Session, point_id: int) -> list[str]:
    """The codes that occur, by steps of the index from one to the next."""
    mine, code = EVENT.point_id == point_id, EVENT.code
    first = select(func.min(code).label("code")).where(mine).cte("codes", recursive=True)
    step = select(func.min(code)).where(mine, code > first.c.code).correlate(first).scalar_subquery()
    every = first.union_all(select(step).where(first.c.code.is_not(None)))  # type: ignore[arg-type]
    return [row[0] for row in session.connection().execute(select(every.c.code)) if row[0] is not None]


@lru_cache(maxsize=1024)
def _rows(names: tuple[str, ...], is_page: bool = True) -> Select[Any]:
    """Rows under conditions; a page of them, in the direction it is turned to."""
    statement = select(*COLUMNS).where(*(_CONDITIONS[name] for name in names))
    if not is_page:
        return statement
    if "newer" in names:
        return statement.order_by(EVENT.started_s, EVENT.code).limit(PAGE + 1)
    return statement.order_by(EVENT.started_s.desc(), EVENT.code.desc()).limit(PAGE + 1)


@lru_cache(maxsize=256)
def _repeats(names: tuple[str, ...]) -> Select[Any]:
    """What happens at least FOLD_FROM times in the nights of a month."""
    newest = func.max(EVENT.started_s)
    figures = (
        func.count().label("repeats"),
        newest.label("newest"),
        func.min(EVENT.started_s).label("oldest"),
        func.min(EVENT.shift_s).label("least"),
        func.max(EVENT.shift_s).label("most"),
        func.sum(EVENT.ended_s - EVENT.started_s).label("lasted"),
        func.sum(case((EVENT.doubt != "", 1), else_=0)).label("doubtful"),
    )
    statement = select(EVENT.code, EVENT.night, *figures).where(*(_CONDITIONS[name] for name in names))
    grouped = statement.group_by(EVENT.code, EVENT.night).having(func.count() >= FOLD_FROM)
    return grouped.order_by(newest.desc()).limit(MOST_FOLDS)


def _matching(point_id: int, zone_name: str, asked: EventFilter) -> tuple[tuple[str, ...], Values]:
    """Names of the conditions a filter sets, and their values."""
    start, end = midnight(asked.first, zone_name), midnight(asked.last + timedelta(days=1), zone_name)
    names: tuple[str, ...] = ("point", "start", "end")
    values: Values = {"point": point_id, "start": int(start.timestamp()), "end": int(end.timestamp())}
    chosen = {"area" if asked.area else "code": asked.kind, "severity": asked.severity, "phase": asked.phase}
    for name, value in chosen.items():
        if value:
            names += (name,)
            values[name] = value
    if text := asked.text.strip():
        names += ("text",)
        part = text.replace("/", "//").replace("%", "/%").replace("_", "/_")
        values |= {"named": list(codes_containing(text)), "text": f"%{part}%", "number": f"%.{part}"}
    return names, values


def _folded(row: EventRow, fold: Row[Any], zone: ZoneInfo) -> EventRow:
    lasted = None if fold.lasted is None else int(fold.lasted)
    first = local(fold.oldest, zone)
    return row._replace(fold=Fold(fold.repeats, first, fold.least, fold.most, lasted, int(fold.doubtful)))


def _is_within(key: str, older_than: Cursor | None, newer_than: Cursor | None) -> bool:
    place = cursor_of(key)
    if place is None:
        return False
    return place > newer_than if newer_than else older_than is None or place < older_than
