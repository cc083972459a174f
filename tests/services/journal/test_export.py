"""A journal in parts for a file: every repeat by itself, nothing twice, nothing left out (Н-103…Н-112, F-4)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from energo_cabinet.domain.time.period import Period
from energo_cabinet.errors import InvalidInput, NotFound
from energo_cabinet.services.journal import query
from energo_cabinet.services.journal.export import event_part
from tests.services.journal.test_point import OCTOBER, log


def whole(session, cast, asked=OCTOBER):
    rows, place = [], ""
    while True:
        part = event_part(session, cast.anna, cast.point.id, asked, place)
        rows, place = rows + list(part.rows), part.next
        if not place:
            return rows


@pytest.mark.parametrize("count", [0, 1, 2, 3, 4, 7, 9])
def test_parts_together_are_the_whole_newest_first(session, cast, monkeypatch, count):
    """Also when the last part is just full."""
    monkeypatch.setattr(query, "PART", 3)
    log(session, cast.point, *(("m23x.02", f"2026-10-{10 + day} 12:00") for day in range(count)))
    shown = [f"{row.at:%d}" for row in whole(session, cast)]
    assert shown == sorted({f"{10 + day}" for day in range(count)}, reverse=True)


def test_repeats_that_the_page_folds_are_told_one_by_one(session, cast):
    log(session, cast.point, *(("m23x.02", f"2026-10-{day:02} 01:30") for day in range(1, 9)))
    asked = replace(OCTOBER, fold=True)
    assert len(event_part(session, cast.anna, cast.point.id, asked).rows) == 8


def test_only_what_was_asked_for_is_in_it(session, cast):
    log(session, cast.point, ("m23x.02", "2026-10-05 12:00"), ("m23x.2A", "2026-10-06 12:00"))
    log(session, cast.point, ("m23x.02", "2026-09-30 23:59"), ("m23x.02", "2026-11-01 00:00"))
    assert [row.code for row in whole(session, cast, replace(OCTOBER, kind="m23x.2A"))] == ["m23x.2A"]
    assert [row.code for row in whole(session, cast)] == ["m23x.2A", "m23x.02"]


@pytest.mark.parametrize(
    ("asked", "before"),
    [
        (replace(OCTOBER, kind="' OR 1=1"), ""),
        (replace(OCTOBER, text="a\x00"), ""),
        (replace(OCTOBER, period=Period(OCTOBER.period.last, OCTOBER.period.first)), ""),
        (OCTOBER, "вчера"),
        (OCTOBER, "1~m23x.02'"),
    ],
)
def test_what_cannot_be_asked_is_refused(session, cast, asked, before):
    with pytest.raises(InvalidInput):
        event_part(session, cast.anna, cast.point.id, asked, before)


def test_a_strangers_journal_is_not_there(session, cast):
    for who, key in ((cast.boris, cast.point.id), (cast.anna, cast.point.id + 1), (cast.anna, 2**40)):
        with pytest.raises(NotFound):
            event_part(session, who, key, OCTOBER)
