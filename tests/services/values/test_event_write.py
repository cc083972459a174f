"""Journals over several files: an end finds its beginning, in whatever order they come (Н-109)."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from sqlmodel import select

from energo_cabinet.domain.journal.codes import kind_of
from energo_cabinet.domain.journal.records import JournalRow, join, place
from energo_cabinet.models import MeterEvent
from energo_cabinet.services.values.event_write import store_events

BEGIN, END = "spodes.96.11.0.7", "spodes.96.11.0.8"
FIRST = 1_790_000_000


def row(code: str, hour: int, end: int | None = None, raw: str = "") -> JournalRow:
    """A record `hour` hours after FIRST, in UTC."""
    at = FIRST + hour * 3600
    return JournalRow(code, kind_of(code).mark, raw, at, None if end is None else FIRST + end * 3600)


def store(session, cast, *rows: JournalRow):
    """One file."""
    return store_events(session, {cast.point.id: join(place(rows, "UTC"))}, {cast.point.id: "UTC"}, None)


def stored(session) -> list[tuple[str, int, int | None]]:
    """(code, hour, hour of the end) of what is kept."""
    rows = sorted(session.exec(select(MeterEvent)), key=lambda r: r.started_s)
    hours = [(r.started_s - FIRST) // 3600 for r in rows]
    ends = [None if r.ended_s is None else (r.ended_s - FIRST) // 3600 for r in rows]
    return [(r.code, at, end) for r, at, end in zip(rows, hours, ends, strict=True)]


@pytest.mark.parametrize("order", [(BEGIN, END), (END, BEGIN)])
def test_beginning_and_end_of_two_files_make_one_event(session, cast, order):
    hours = {BEGIN: 1, END: 3}
    for code in order:
        store(session, cast, row(code, hours[code], raw=code[-1]))
    assert stored(session) == [(BEGIN, 1, 3)]
    assert session.exec(select(MeterEvent)).one().raw == "7\n8"


def test_end_sent_again_is_no_second_event(session, cast):
    store(session, cast, row(BEGIN, 1), row(END, 3))
    change = store(session, cast, row(END, 3))
    assert (change.unchanged, stored(session)) == (1, [(BEGIN, 1, 3)])


def test_beginning_sent_again_stays_closed(session, cast):
    store(session, cast, row(BEGIN, 1), row(END, 3))
    change = store(session, cast, row(BEGIN, 1))
    assert (change.unchanged, stored(session)) == (1, [(BEGIN, 1, 3)])


def test_end_without_beginning_stands_alone(session, cast):
    store(session, cast, row(END, 3))
    assert stored(session) == [(END, 3, None)]


def test_two_beginnings_leave_the_first_open(session, cast):
    store(session, cast, row(BEGIN, 1), row(BEGIN, 5), row(END, 6))
    assert stored(session) == [(BEGIN, 1, None), (BEGIN, 5, 6)]


def test_open_event_read_again_with_its_end_is_replaced(session, cast):
    """Меркурий tells both ends in one record."""
    store(session, cast, row("m23x.2A", 1))
    change = store(session, cast, row("m23x.2A", 1, end=2))
    assert (change.replaced, stored(session)) == (1, [("m23x.2A", 1, 2)])


@pytest.mark.parametrize(("zone", "night"), [("Asia/Tokyo", None), ("Pacific/Auckland", 2026 * 12 + 8)])
def test_night_is_that_of_the_point(session, cast, zone, night):
    """14 UTC is 23 in Токио and 2 in Окленд; folded by the local month."""
    store_events(session, {cast.point.id: place([row("m23x.02", 0)], "UTC")}, {cast.point.id: zone}, None)
    assert datetime.fromtimestamp(FIRST, UTC).hour == 14
    assert session.exec(select(MeterEvent)).one().night == night
