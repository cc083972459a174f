"""The journals of all points as one (Э-57)."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from energo_cabinet.domain.journal.filter import EventFilter
from energo_cabinet.domain.time.period import Period
from energo_cabinet.errors import InvalidInput, NotFound
from energo_cabinet.models import MeterEvent
from energo_cabinet.services.journal.all_points import journals, list_all_events
from energo_cabinet.services.journal.point import event_details
from tests import cast as make

FEBRUARY = EventFilter(Period(date(2023, 2, 1), date(2023, 2, 28)), fold=False)


@pytest.fixture
def two(session, cast):
    """A second point of Анна's in another zone, and one of a stranger's contract."""
    second = make.point(session, cast.contract, "ЛС-061-02", zone_name="Asia/Vladivostok")
    foreign = make.point(session, make.contract(session, cast.supplier, "9"), "Чужая")
    return cast.point, second, foreign


def happened(session, point, at: datetime, code: str = "m23x.2A", **fields: object) -> None:
    facts = {"ended_s": None, "severity": 2, "area": "voltage", "phase": 2} | fields
    session.add(MeterEvent(point_id=point.id, started_s=int(at.timestamp()), code=code, mark="span", **facts))
    session.flush()


def at(day: int, hour: int = 12) -> datetime:
    return datetime(2023, 2, day, hour, tzinfo=UTC)


def test_events_of_all_points_newest_first(session, cast, two):
    own, second, foreign = two
    happened(session, own, at(3))
    happened(session, second, at(4))
    happened(session, foreign, at(5))
    happened(session, own, at(4))
    rows = list_all_events(session, cast.anna, FEBRUARY).rows
    assert [(row.point_id, row.at.day, f"{row.at:%z}") for row in rows] == [
        (second.id, 4, "+1000"),
        (own.id, 4, "+0300"),
        (own.id, 3, "+0300"),
    ]
    assert event_details(session, cast.anna, second.id, rows[0].key).row.code == "m23x.2A"


def test_days_are_local_to_each_point(session, cast, two):
    own, second, _ = two
    happened(session, own, datetime(2023, 2, 28, 20, tzinfo=UTC))
    happened(session, second, datetime(2023, 2, 28, 20, tzinfo=UTC))
    assert [row.point_id for row in list_all_events(session, cast.anna, FEBRUARY).rows] == [own.id]


def test_pages_lose_and_double_nothing(session, cast, two):
    """120 events, every moment at both points: three pages there and back."""
    for n in range(60):
        for point in two[:2]:
            happened(session, point, at(1) + timedelta(hours=n))
    first = list_all_events(session, cast.anna, FEBRUARY)
    second = list_all_events(session, cast.anna, FEBRUARY, before=first.older)
    third = list_all_events(session, cast.anna, FEBRUARY, before=second.older)
    keys = [row.key for page in (first, second, third) for row in page.rows]
    assert (len(keys), len(set(keys)), third.older, first.newer) == (120, 120, "", "")
    back = list_all_events(session, cast.anna, FEBRUARY, after=second.newer)
    assert [row.key for row in back.rows] == [row.key for row in first.rows]


def test_night_repeats_fold_point_by_point(session, cast, two):
    for day in range(1, 5):
        for point in two[:2]:
            happened(session, point, at(day, 23), "m23x.02", night=202302, shift_s=117)
    rows = list_all_events(session, cast.anna, EventFilter(Period(date(2023, 2, 1), date(2023, 2, 28)))).rows
    assert sorted((row.point_id, row.fold.repeats) for row in rows) == [(p.id, 4) for p in two[:2]]
    rows = list_all_events(session, cast.anna, FEBRUARY, point_id=two[0].id).rows
    assert [row.point_id for row in rows] == [two[0].id] * 4


def test_what_there_is_to_choose_from(session, cast, two):
    happened(session, two[1], datetime(2023, 2, 9, 20, tzinfo=UTC))
    found = journals(session, cast.anna)
    assert (found.newest_on, found.codes, len(found.points)) == (date(2023, 2, 10), ("m23x.2A",), 2)
    nothing = journals(session, cast.boris)
    assert (nothing.newest_on, nothing.codes, dict(nothing.points)) == (None, (), {})
    assert list_all_events(session, cast.boris, FEBRUARY).rows == ()


def test_foreign_point_and_damaged_cursor(session, cast, two):
    with pytest.raises(NotFound):
        list_all_events(session, cast.anna, FEBRUARY, point_id=two[2].id)
    with pytest.raises(InvalidInput):
        list_all_events(session, cast.anna, FEBRUARY, before="1~x~y")
