"""The journal of a point: pages, filters, folding, details, and nobody else's (Н-103…Н-112, F-4)."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from energo_cabinet.domain.journal.codes import kind_of
from energo_cabinet.domain.journal.filter import PAGE, EventFilter
from energo_cabinet.domain.journal.records import JournalRow, place
from energo_cabinet.domain.time.period import Period
from energo_cabinet.domain.time.stamp import wall_seconds
from energo_cabinet.errors import InvalidInput, NotFound
from energo_cabinet.formats.files.options import ReadOptions
from energo_cabinet.formats.process.reader import read_bytes
from energo_cabinet.services.imports.file import store_contents
from energo_cabinet.services.journal.point import event_details, journal, list_events
from energo_cabinet.services.values.event_write import store_events

SEED = (Path(__file__).parents[2] / "formats" / "values" / "seed_journal.csv").read_bytes()
FEBRUARY = EventFilter(Period(date(2023, 2, 1), date(2023, 2, 28)), fold=False)
OCTOBER = EventFilter(Period(date(2026, 10, 1), date(2026, 10, 31)), fold=False)
MOSCOW = "Europe/Moscow"


def log(session, point, *rows: tuple[str, str], minutes: int | None = None, raw: str = "") -> None:
    """Store events of Меркурий 23x: (code, local time)."""
    made = []
    for code, at in rows:
        seconds = wall_seconds(datetime.fromisoformat(at))
        end = None if minutes is None else seconds + minutes * 60
        kind = kind_of(code)
        made.append(JournalRow(code, kind.mark if kind else "point", raw, seconds, end))
    store_events(session, {point.id: place(made, MOSCOW)}, {point.id: MOSCOW}, None)


@pytest.fixture
def seed(session, cast, system):
    """The seed's journal, imported into a point in Самара."""
    cast.point.zone_name = "Europe/Samara"
    cast.point.number = "ИИСТ Автомобилист"
    session.add(cast.point)
    session.flush()
    content = read_bytes(SEED, "journal.csv", ReadOptions(zone_name="Europe/Samara"))
    return store_contents(session, system, "NEKTA", [content])


def test_seed_rows_stand_newest_first_with_both_clocks(session, cast, seed):
    rows = list_events(session, cast.anna, cast.point.id, FEBRUARY).rows
    assert (seed.format, seed.values, seed.change.stored) == ("events", 10, 10)
    assert [f"{row.at:%d.%m %H:%M}" for row in rows[:4]] == ["10.02 03:08", "10.02 03:00", "09.02 03:06", "08.02 19:20"]
    assert (rows[3].meter_at, rows[3].meter_offset_min) == (datetime.fromisoformat("2023-02-08 18:20"), 180)
    assert [(row.is_open, row.lasted_s) for row in rows[5:7]] == [(True, None), (False, 600)]
    assert [row.key for row in rows if row.doubt] == [rows[0].key]


def test_same_file_again_changes_nothing(session, cast, system, seed):
    content = read_bytes(SEED, "again.csv", ReadOptions(zone_name="Europe/Samara"))
    change = store_contents(session, system, "NEKTA", [content]).change
    assert (change.stored, change.replaced, change.unchanged) == (0, 0, 10)


def test_nightly_corrections_fold_into_one_line(session, cast, seed):
    rows = list_events(session, cast.anna, cast.point.id, replace(FEBRUARY, fold=True)).rows
    (folded,) = [row for row in rows if row.fold]
    fold = folded.fold
    assert (folded.code, fold.repeats, fold.shortest_shift_s, fold.longest_shift_s) == ("m23x.02", 4, 117, 118)
    assert (f"{folded.at:%d.%m %H:%M}", f"{fold.first_at:%d.%m}", fold.doubtful) == ("10.02 03:08", "06.02", 1)
    assert len(rows) == 7


@pytest.mark.parametrize(
    ("chosen", "count"),
    [
        ({"kind": "clock"}, 4),
        ({"kind": "m23x.2A"}, 4),
        ({"kind": "tamper"}, 0),
        ({"severity": 2}, 4),
        ({"severity": 1}, 6),
        ({"phase": 2}, 2),
        ({"phase": 3, "kind": "voltage"}, 4),
        ({"text": "КОРРЕКЦИИ"}, 4),
        ({"text": "voltage of phase 2"}, 2),
        ({"text": "2023-02-07 23:50"}, 1),
        ({"text": "2a"}, 4),
        ({"text": "100%"}, 0),
        ({"period": Period(date(2023, 2, 8), date(2023, 2, 8))}, 3),
    ],
)
def test_filters(session, cast, seed, chosen, count):
    """Н-104, Н-105: period (local days), kind, severity, phase, text."""
    assert len(list_events(session, cast.anna, cast.point.id, replace(FEBRUARY, **chosen)).rows) == count


def test_choices_are_what_occurs(session, cast, seed):
    found = journal(session, cast.anna, cast.point.id)
    assert (found.newest_on, found.codes) == (date(2023, 2, 10), ("m23x.02", "m23x.26", "m23x.2A"))


def test_pages_of_fifty_meet_without_gap_or_repeat(session, cast):
    """Also where two events share a second, forwards and backwards."""
    start = datetime(2026, 10, 1, tzinfo=UTC)
    times = [f"{start + timedelta(hours=5 * (i // 2)):%Y-%m-%d %H:%M}" for i in range(130)]
    log(session, cast.point, *[("m23x.03" if i % 2 else "m23x.04", at) for i, at in enumerate(times)])
    pages, cursor = [], ""
    while cursor or not pages:
        pages.append(list_events(session, cast.anna, cast.point.id, OCTOBER, before=cursor))
        cursor = pages[-1].older
    assert [len(page.rows) for page in pages] == [50, 50, 30]
    assert len({row.key for page in pages for row in page.rows}) == 130
    back = list_events(session, cast.anna, cast.point.id, OCTOBER, after=pages[2].newer)
    assert back.rows == pages[1].rows and back.newer and back.older
    top = list_events(session, cast.anna, cast.point.id, OCTOBER, after=back.newer)
    assert top == pages[0] and not top.newer


def test_folded_pages_meet_too(session, cast):
    nights = [("m23x.02", f"2026-10-{day:02d} 03:10") for day in range(1, 32)]
    days = [("m23x.17", f"2026-10-{1 + i // 4:02d} {10 + i % 4}:00") for i in range(110)]
    log(session, cast.point, *nights, *days)
    asked, pages, cursor = replace(OCTOBER, fold=True), [], ""
    while cursor or not pages:
        pages.append(list_events(session, cast.anna, cast.point.id, asked, before=cursor))
        cursor = pages[-1].older
    rows = [row for page in pages for row in page.rows]
    assert [row.fold.repeats for row in rows if row.fold] == [31]
    assert len(rows) == len({row.key for row in rows}) == 111 and len(pages[0].rows) == PAGE
    assert list_events(session, cast.anna, cast.point.id, asked, after=pages[1].newer).rows == pages[0].rows


def test_two_repeats_do_not_fold(session, cast):
    log(session, cast.point, ("m23x.02", "2026-10-01 03:10"), ("m23x.02", "2026-10-02 03:10"))
    rows = list_events(session, cast.anna, cast.point.id, replace(OCTOBER, fold=True)).rows
    assert [row.fold for row in rows] == [None, None]


def test_details_count_the_like_in_thirty_days(session, cast):
    voltage = [("m23x.28", f"2026-10-{day:02d} 19:10") for day in (1, 5, 20, 31)]
    log(session, cast.point, *voltage, minutes=50)
    key = list_events(session, cast.anna, cast.point.id, OCTOBER).rows[0].key
    found = event_details(session, cast.anna, cast.point.id, key)
    assert (found.row.kind.topic, found.row.phase, found.recent_count) == ("voltage_below_limit", 3, 3)
    assert found.recent_lasted_s == 3 * 50 * 60


def test_unknown_code_is_kept_and_found_by_its_number(session, cast):
    log(session, cast.point, ("m23x.77", "2026-10-16 11:04"), raw="03 11 A4")
    (row,) = list_events(session, cast.anna, cast.point.id, replace(OCTOBER, text="77", kind="unknown")).rows
    assert (row.kind, row.code, row.raw, row.severity) == (None, "m23x.77", "03 11 A4", 1)


@pytest.mark.parametrize(
    ("chosen", "field"),
    [
        ({"kind": "'; drop"}, "kind"),
        ({"kind": ["clock"]}, "kind"),
        ({"severity": 9}, "severity"),
        ({"severity": True}, "severity"),
        ({"phase": "1"}, "phase"),
        ({"text": "x" * 101}, "text"),
        ({"text": None}, "text"),
        ({"period": Period(date(2026, 10, 1), date(2026, 9, 1))}, "last"),
        ({"period": Period("2026-10-01", date(2026, 10, 31))}, "first"),
        ({"period": Period(date(2010, 1, 1), date(2026, 10, 31))}, "last"),
    ],
)
def test_impossible_questions_are_refused_beside_their_field(session, cast, chosen, field):
    with pytest.raises(InvalidInput) as refusal:
        list_events(session, cast.anna, cast.point.id, replace(OCTOBER, **chosen))
    assert set(refusal.value.fields) == {field}


@pytest.mark.parametrize("cursor", ["x", "1~", "~m23x.02", "1~m 2", "99999999999999~m23x.02", ["1~m23x.02"]])
def test_forged_cursor_is_refused(session, cast, cursor):
    with pytest.raises(InvalidInput):
        list_events(session, cast.anna, cast.point.id, OCTOBER, before=cursor)


def test_stranger_finds_nothing(session, cast, seed):
    key = list_events(session, cast.anna, cast.point.id, FEBRUARY).rows[0].key
    for call in (
        lambda: list_events(session, cast.boris, cast.point.id, FEBRUARY),
        lambda: journal(session, cast.boris, cast.point.id),
        lambda: event_details(session, cast.boris, cast.point.id, key),
    ):
        with pytest.raises(NotFound):
            call()


def test_no_such_event_is_not_found(session, cast, seed):
    for key in ("1~m23x.02", "", "nonsense"):
        with pytest.raises(NotFound):
            event_details(session, cast.anna, cast.point.id, key)


def test_moment_of_the_row_is_an_instant(session, cast, seed):
    row = list_events(session, cast.anna, cast.point.id, FEBRUARY).rows[2]
    assert row.at.astimezone(UTC) == datetime(2023, 2, 8, 23, 6, 48, tzinfo=UTC)
