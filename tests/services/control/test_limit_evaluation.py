"""Limits held against what arrives: violations, states, notifications after k intervals (Э-58, Н-94…Н-96, F-7)."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

from sqlmodel import select

from energo_cabinet.models import ControlDue, ControlState, LimitKind, LiveEvent, Notification, NotificationKind
from energo_cabinet.services.control.limit import save_limits
from energo_cabinet.services.control.limit_evaluation import evaluate_due
from energo_cabinet.services.control.plan import save_plan
from energo_cabinet.services.control.target import save_group
from energo_cabinet.services.control.violation import list_violations
from tests import cast as make
from tests.services.control.scene import KINDS, TODAY, YESTERDAY, limited, violations, wh


def test_an_hour_above_its_limit_is_found_as_its_day_arrives(session, cast, meter):
    limited(session, cast, hour="0.3")
    assert meter(TODAY, wh((12, 500), (13, 400), (14, 200), (15, 200))) == 1
    (found,) = list_violations(session, cast.anna, cast.contract.id).items
    assert (f"{found.started_at:%H:%M}", f"{found.ended_at:%H:%M}") == ("06:00", "08:00")
    assert (found.kind, found.intervals, found.value, found.bound, found.excess_wh) == (
        LimitKind.HOUR,
        2,
        900,
        300,
        700,
    )
    assert session.exec(select(ControlDue)).all() == []


def test_the_norm_of_the_passport_holds_until_an_own_limit_is_set(session, cast, meter):
    """Н-95: 6 kWh a day; 0 is not set."""
    cast.point.norm_day_kwh = Decimal("4.7")
    session.flush()
    meter(TODAY, wh())
    (found,) = violations(session, LimitKind.DAY)
    assert (found.value, found.bound) == (4800, 4700)
    limited(session, cast, day="0")
    meter(TODAY, wh((0, 101)))
    assert violations(session) == []


def test_points_without_limits_cost_nothing_and_leave_nothing(session, cast, meter):
    assert meter(TODAY, wh()) == 0
    assert session.exec(select(ControlState)).all() == []


def test_the_same_day_again_changes_nothing(session, cast, meter):
    limited(session, cast, hour="0.3", day="4", power="0.9")
    peaks = wh((12, 500), (13, 400))
    meter(TODAY, peaks)
    before = [repr(row) for row in violations(session)]
    meter(TODAY, peaks)
    assert len(before) == 3 and [repr(row) for row in violations(session)] == before
    assert len(session.exec(select(Notification)).all()) == 3


def test_a_replaced_day_is_judged_anew(session, cast, meter):
    limited(session, cast, hour="0.3")
    meter(TODAY, wh((12, 500), (20, 500)))
    meter(TODAY, wh((12, 600)))
    assert [(row.value, row.intervals) for row in violations(session)] == [(700, 1)]


def test_power_is_of_every_interval(session, cast, meter):
    """Н-89."""
    limited(session, cast, power="0.9")
    meter(TODAY, wh((10, 450), (11, 451), (12, None)))
    (found,) = violations(session, LimitKind.POWER)
    assert (found.value, found.bound, found.intervals) == (902, 900, 1)


def test_a_month_is_passed_in_the_interval_that_passes_it(session, cast, meter):
    """Н-96."""
    limited(session, cast, month="10")
    for day in (date(2026, 11, 1), date(2026, 11, 2), date(2026, 11, 3)):
        meter(day, wh())
    (found,) = list_violations(session, cast.anna, cast.contract.id).items
    assert (f"{found.started_at:%d.%m %H:%M}", found.value, found.bound) == ("03.11 02:00", 14_400, 10_000)
    meter(date(2026, 11, 4), wh())
    assert [(row.value, row.ended_s) for row in violations(session)] == [
        (19_200, int(datetime(2026, 11, 4, 21, tzinfo=UTC).timestamp()))
    ]


def test_the_corridor_of_the_plan_is_watched_both_ways(session, cast, meter):
    limited(session, cast, plan="5")
    save_plan(session, cast.anna, TODAY, ["0,2"] * 24, (), point_id=cast.point.id)
    meter(TODAY, wh((2, 150), (10, 50), (20, None)))
    assert [(row.direction, row.value) for row in violations(session, LimitKind.PLAN)] == [(1, 250), (-1, 150)]


def test_a_changed_plan_is_held_against_what_came_before_it(session, cast, meter, system):
    limited(session, cast, plan="5")
    meter(TODAY, wh())
    save_plan(session, cast.anna, TODAY, ["0.1", *["0.2"] * 23], (), point_id=cast.point.id)
    evaluate_due(session, system)
    assert [row.value for row in violations(session)] == [200]


def test_people_are_notified_after_k_intervals_and_once(session, cast, meter):
    """F-7: k is a setting of each limit."""
    limited(session, cast, after="3", hour="0.3")
    meter(TODAY, wh(*((slot, 400) for slot in range(12, 16))))
    assert session.exec(select(Notification)).all() == []
    for _ in range(2):
        meter(TODAY, wh(*((slot, 400) for slot in range(12, 18))))
    (told,) = session.exec(select(Notification)).all()
    assert (told.kind, told.user_id, told.facts["count"]) == (NotificationKind.LIMIT_EXCEEDED, cast.anna.user, "3")
    assert told.facts["since"] == "21.11.2026, 06:00" and told.facts["value"] == "0.8"


def test_intervals_in_a_row_go_on_over_midnight(session, cast, meter):
    limited(session, cast, after="3", hour="0.3")
    meter(YESTERDAY, wh((46, 400), (47, 400)))
    meter(TODAY, wh(*((slot, 400) for slot in range(4))))
    (told,) = session.exec(select(Notification)).all()
    assert told.facts["since"] == "20.11.2026, 23:00"


def test_history_is_written_down_but_not_told(session, cast, meter):
    limited(session, cast, hour="0.3")
    meter(date(2026, 3, 1), wh((0, 900)))
    assert len(violations(session)) == 1 and session.exec(select(Notification)).all() == []


def test_an_evaluation_refreshes_the_boards_of_those_who_have_the_contract(session, cast, meter):
    limited(session, cast, hour="0.3")
    meter(TODAY, wh())
    events = session.exec(select(LiveEvent).where(LiveEvent.topic == "deviations")).all()
    assert {event.user_id for event in events} == {cast.anna.user}


def test_a_group_adds_up_its_points_and_a_gap_of_one_is_a_gap(session, cast, meter, system):
    second = make.point(session, cast.contract, "ЛС-061-02")
    other = make.series(session, second)
    group = save_group(session, cast.anna, cast.contract.id, "Дом", [cast.point.id, second.id])
    save_limits(session, cast.anna, {"hour": "0.5"}, dict.fromkeys(KINDS, "1"), group_id=group)
    meter(TODAY, wh((12, 200), (20, 900)))
    meter(TODAY, wh((13, 200), (20, None)), of=other)
    assert [(row.target_id, row.value) for row in violations(session)] == [(group, 600)]
