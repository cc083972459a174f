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

from sqlalchemy import Row, Select, and_, bindparam, case, func, not_, or_, select, tuple_
from sqlalchemy.sql import ColumnElement
from sqlmodel import Session

from energo_cabinet.domain.journal.codes import codes_containing
from energo_cabinet.domain.journal.filter import FOLD_FROM, PAGE, Cursor, EventFilter, cursor_of
from energo_cabinet.domain.time.local_day import midnight
from energo_cabinet.services.journal.row import COLUMNS, EVENT, EventRow, Fold, local

MOST_FOLDS = 400
PART = 5000
"""Rows of a download read at once."""

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

_PLACE_OF_ALL = tuple_(EVENT.started_s, EVENT.code, EVENT.point_id)
_CURSOR_OF_ALL = tuple_(bindparam("cursor_s"), bindparam("cursor_code"), bindparam("cursor_point"))
_FOLD_OF_ALL = tuple_(EVENT.code, EVENT.night, EVENT.point_id)
_OF_ALL: Mapping[str, ColumnElement[bool]] = {
    "older": _PLACE_OF_ALL < _CURSOR_OF_ALL,
    "newer": _PLACE_OF_ALL > _CURSOR_OF_ALL,
    "unfolded": or_(EVENT.night.is_(None), not_(_FOLD_OF_ALL.in_(bindparam("folded", expanding=True)))),
    "newest": _PLACE_OF_ALL.in_(bindparam("places", expanding=True)),
}
"""What is asked otherwise of a journal of several points."""

Values = dict[str, Any]


class JournalQuery:
    """One question to the journal of a point: what matches, with its folds left out of the rows and put in as lines."""

    def __init__(self, session: Session, point_id: int, zone_name: str, asked: EventFilter) -> None:
        self.connection, self.zone = session.connection(), ZoneInfo(zone_name)
        self.names, self.values = _matching(point_id, zone_name, asked)
        self.folds = self._folds() if asked.fold else []

    def page(self, older_than: Cursor | None, newer_than: Cursor | None) -> list[EventRow]:
        """PAGE + 1 rows at most, newest first."""
        names, values, cursor = self.names, self.values, newer_than or older_than
        if self.folds:
            names += ("unfolded",)
            values = {**values, "folded": [self._fold_key(fold) for fold in self.folds]}
        if cursor is not None:
            names += ("newer" if newer_than else "older",)
            place = {"cursor_s": cursor.started, "cursor_code": cursor.code, "cursor_point": cursor.point}
            values = {**values, **{name: place[name] for name in self._cursor_names}}
        found = self.connection.execute(_rows(names), values).all()
        rows = [self._row(row) for row in found]
        if not self.folds:
            return rows[::-1] if newer_than else rows
        rows += [row for row in self._lines() if _is_within(row.key, older_than, newer_than)]
        rows.sort(key=lambda row: cursor_of(row.key) or Cursor(0, ""), reverse=True)
        return rows[-PAGE - 1 :] if newer_than else rows[: PAGE + 1]

    def part(self, older_than: Cursor | None) -> tuple[tuple[EventRow, ...], str]:
        """PART rows at most, newest first and not folded, and the cursor of what is left ("" for nothing)."""
        names, values = self.names, dict(self.values)
        if older_than is not None:
            names += ("older",)
            values |= {"cursor_s": older_than.started, "cursor_code": older_than.code}
        found = self.connection.execute(_rows(names, limit=PART), values).all()
        rows = tuple(self._row(row) for row in found)
        return rows, rows[-1].key if len(rows) == PART else ""

    _cursor_names: tuple[str, ...] = ("cursor_s", "cursor_code")

    def _row(self, row: Row[Any]) -> EventRow:
        return EventRow(row, self.zone)

    def _fold_key(self, fold: Row[Any]) -> tuple[Any, ...]:
        return fold.code, fold.night

    def _fold_place(self, fold: Row[Any]) -> tuple[Any, ...]:
        return fold.newest, fold.code

    def _row_place(self, row: Row[Any]) -> tuple[Any, ...]:
        return row.started_s, row.code

    def _folds(self) -> list[Row[Any]]:
        """Night repeats by code and month."""
        return list(self.connection.execute(_repeats((*self.names, "night")), self.values))

    def _lines(self) -> list[EventRow]:
        """Each fold as its newest event."""
        folds = {self._fold_place(fold): fold for fold in self.folds}
        names = (self.names[0], "newest")
        values = {name: self.values[name] for name in self._owners} | {"places": list(folds)}
        found = self.connection.execute(_rows(names, is_page=False), values)
        return [_folded(self._row(row), folds[self._row_place(row)]) for row in found]

    @property
    def _owners(self) -> tuple[str, ...]:
        return ("point",)


class AllJournalsQuery(JournalQuery):
    """The same of several points, whose days are local to each (point id → zone)."""

    _cursor_names = ("cursor_s", "cursor_code", "cursor_point")

    def __init__(self, session: Session, zones: Mapping[int, str], asked: EventFilter) -> None:
        self.zones = {point_id: ZoneInfo(name) for point_id, name in zones.items()}
        self.connection = session.connection()
        self.names, self.values = _matching_all(zones, asked)
        self.folds = self._folds() if asked.fold else []

    def _row(self, row: Row[Any]) -> EventRow:
        return EventRow(row, self.zones[row.point_id], None, row.point_id)

    def _fold_key(self, fold: Row[Any]) -> tuple[Any, ...]:
        return fold.code, fold.night, fold.point_id

    def _fold_place(self, fold: Row[Any]) -> tuple[Any, ...]:
        return fold.newest, fold.code, fold.point_id

    def _row_place(self, row: Row[Any]) -> tuple[Any, ...]:
        return row.started_s, row.code, row.point_id

    @property
    def _owners(self) -> tuple[str, ...]:
        return tuple(name for name in self.values if name.startswith(("points_", "start_", "end_")))


def codes_of(session: Session, point_id: int) -> list[str]:
    """The codes that occur, by steps of the index from one to the next."""
    mine, code = EVENT.point_id == point_id, EVENT.code
    first = select(func.min(code).label("code")).where(mine).cte("codes", recursive=True)
    step = select(func.min(code)).where(mine, code > first.c.code).correlate(first).scalar_subquery()
    every = first.union_all(select(step).where(first.c.code.is_not(None)))
    return [row[0] for row in session.connection().execute(select(every.c.code)) if row[0] is not None]


@lru_cache(maxsize=1024)
def _rows(names: tuple[str, ...], is_page: bool = True, limit: int = PAGE + 1) -> Select[Any]:
    """Rows under conditions; a page of them, in the direction it is turned to."""
    order = [EVENT.started_s, EVENT.code] + ([EVENT.point_id] if _is_of_all(names) else [])
    columns = (*COLUMNS, EVENT.point_id) if _is_of_all(names) else COLUMNS
    statement = select(*columns).where(*(_condition(name, names) for name in names))
    if not is_page:
        return statement
    if "newer" in names:
        return statement.order_by(*order).limit(limit)
    return statement.order_by(*(column.desc() for column in order)).limit(limit)


def _is_of_all(names: tuple[str, ...]) -> bool:
    return names[0].startswith("zones_")


def _condition(name: str, names: tuple[str, ...]) -> ColumnElement[bool]:
    """A condition by name; `zones_2`: the points of two zones, each from its own midnight to its own."""
    if name.startswith("zones_"):
        return or_(*(_of_zone(n) for n in range(int(name.removeprefix("zones_")))))
    return _OF_ALL[name] if _is_of_all(names) and name in _OF_ALL else _CONDITIONS[name]


def _of_zone(n: int) -> ColumnElement[bool]:
    is_own = EVENT.point_id.in_(bindparam(f"points_{n}", expanding=True))
    return and_(is_own, EVENT.started_s >= bindparam(f"start_{n}"), EVENT.started_s < bindparam(f"end_{n}"))


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
    owner = (EVENT.point_id,) if _is_of_all(names) else ()
    statement = select(EVENT.code, EVENT.night, *owner, *figures).where(*(_condition(name, names) for name in names))
    grouped = statement.group_by(EVENT.code, EVENT.night, *owner).having(func.count() >= FOLD_FROM)
    return grouped.order_by(newest.desc()).limit(MOST_FOLDS)


def _matching(point_id: int, zone_name: str, asked: EventFilter) -> tuple[tuple[str, ...], Values]:
    """Names of the conditions a filter sets, and their values."""
    start, end = midnight(asked.period.first, zone_name), midnight(asked.period.last + timedelta(days=1), zone_name)
    values: Values = {"point": point_id, "start": int(start.timestamp()), "end": int(end.timestamp())}
    return _filtered(("point", "start", "end"), values, asked)


def _matching_all(zones: Mapping[int, str], asked: EventFilter) -> tuple[tuple[str, ...], Values]:
    """The same for points of several zones."""
    values: Values = {}
    names = sorted(set(zones.values()))
    for n, zone in enumerate(names):
        start, end = midnight(asked.period.first, zone), midnight(asked.period.last + timedelta(days=1), zone)
        values |= {f"points_{n}": [point_id for point_id, own in zones.items() if own == zone]}
        values |= {f"start_{n}": int(start.timestamp()), f"end_{n}": int(end.timestamp())}
    return _filtered((f"zones_{len(names)}",), values, asked)


def _filtered(names: tuple[str, ...], values: Values, asked: EventFilter) -> tuple[tuple[str, ...], Values]:
    """The filters beside the days."""
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


def _folded(row: EventRow, fold: Row[Any]) -> EventRow:
    lasted = None if fold.lasted is None else int(fold.lasted)
    first = local(fold.oldest, row.zone)
    return row._replace(fold=Fold(fold.repeats, first, fold.least, fold.most, lasted, int(fold.doubtful)))


def _is_within(key: str, older_than: Cursor | None, newer_than: Cursor | None) -> bool:
    place = cursor_of(key)
    if place is None:
        return False
    return place > newer_than if newer_than else older_than is None or place < older_than
