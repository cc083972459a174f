"""The load profile by 30 and 60 minutes (Н-100…Н-102)."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import pytest

from energo_cabinet.domain.time.period import Period
from energo_cabinet.errors import InvalidInput, NotFound
from energo_cabinet.models import ReadingQuality
from energo_cabinet.services.energy.load_profile import load_profile
from tests import cast as make

DAY, NEXT = date(2026, 11, 17), date(2026, 11, 18)


@pytest.fixture
def series(session, cast):
    return make.series(session, cast.point)


def test_half_hours_with_sum_maximum_and_mean(session, cast, series):
    make.day(session, series, DAY, [100] * 39 + [1162] + [100] * 8)
    answer = load_profile(session, cast.anna, cast.point.id, Period(DAY, DAY))
    assert len(answer.kwh) == 48 and answer.kwh[39] == 1.162 and answer.kw[39] == 2.324
    assert answer.total_kwh == Decimal("5.862") and answer.maximum_kw == Decimal("2.324")
    assert answer.maximum_at.isoformat() == "2026-11-17T19:30:00+03:00"
    assert answer.average_kw == Decimal("5.862") / 24


def test_hours_are_sums_of_half_hours(session, cast, series):
    make.day(session, series, DAY, list(range(48)))
    answer = load_profile(session, cast.anna, cast.point.id, Period(DAY, DAY), step_min=60)
    assert answer.kwh == tuple((4 * i + 1) / 1000 for i in range(24))
    assert answer.kw == answer.kwh and answer.step_min == 60


@pytest.mark.parametrize(("asked", "slots", "kwh"), [(30, 48, 0.2), (60, 24, 0.4)])
def test_quarters_of_an_hour_are_added_up(session, cast, series, asked, slots, kwh):
    make.day(session, series, DAY, 100, step_min=15)
    answer = load_profile(session, cast.anna, cast.point.id, Period(DAY, DAY), step_min=asked)
    assert answer.kwh == (kwh,) * slots and answer.expected == 96


def test_hourly_meter_is_not_split_into_invented_half_hours(session, cast, series):
    make.day(session, series, DAY, 500, step_min=60)
    make.day(session, series, NEXT, 100, step_min=30)
    answer = load_profile(session, cast.anna, cast.point.id, Period(DAY, NEXT), step_min=30)
    assert answer.is_coarser and answer.step_min == 60
    assert answer.kwh == (0.5,) * 24 + (0.2,) * 24


def test_gap_is_a_gap_and_counts_in_completeness(session, cast, series):
    """The mock's week: twelve half-hours of the 17th did not come."""
    make.day(session, series, DAY, [100] * 4 + [None] * 12 + [100] * 32)
    answer = load_profile(session, cast.anna, cast.point.id, Period(DAY, DAY))
    assert answer.kwh[3:17] == (0.1, *[None] * 12, 0.1) and answer.kw[4] is None
    assert answer.quality[4] == ReadingQuality.MISSING
    assert (answer.present, answer.expected, answer.completeness_percent) == (36, 48, 75)
    assert answer.average_kw == Decimal("0.2")


def test_hour_with_a_missing_half_is_a_gap_but_its_energy_is_kept(session, cast, series):
    make.day(session, series, DAY, [None, 700] + [100] * 46)
    answer = load_profile(session, cast.anna, cast.point.id, Period(DAY, DAY), step_min=60)
    assert answer.kwh[0] is None and answer.kwh[1] == 0.2
    assert answer.total_kwh == Decimal("5.3") and answer.maximum_kwh == Decimal("0.2")


def test_day_that_never_came_is_all_gap(session, cast, series):
    make.day(session, series, NEXT)
    answer = load_profile(session, cast.anna, cast.point.id, Period(DAY, NEXT))
    assert answer.kwh[:48] == (None,) * 48 and answer.kwh[48] == 0.1
    assert [(d.present, d.expected) for d in answer.days] == [(0, 48), (48, 48)]


def test_estimated_and_non_commercial_values_are_marked(session, cast, series):
    make.day(session, series, DAY, q=[1, 0, 3, 1] + [0] * 44)
    halves = load_profile(session, cast.anna, cast.point.id, Period(DAY, DAY))
    hours = load_profile(session, cast.anna, cast.point.id, Period(DAY, DAY), step_min=60)
    assert (halves.estimated, halves.non_commercial, halves.quality[:4]) == (2, 1, (1, 0, 3, 1))
    assert hours.quality[:3] == (ReadingQuality.ESTIMATED, ReadingQuality.NON_COMMERCIAL, ReadingQuality.VALID)


@pytest.mark.parametrize(
    ("zone", "day", "slots"),
    [
        ("Europe/Moscow", date(2011, 3, 27), 46),
        ("Europe/Samara", date(2010, 3, 28), 48),
        ("Europe/Moscow", date(2014, 10, 26), 50),
        ("Asia/Magadan", date(2014, 10, 26), 52),
    ],
)
def test_changed_clock_days_lose_and_double_nothing(session, cast, series, zone, day, slots):
    """SECURITY test 23: the day before, the day itself and the day after, every value once and at its instant."""
    cast.point.zone_name = zone
    for shift in (-1, 0, 1):
        make.day(session, series, day.fromordinal(day.toordinal() + shift), zone_name=zone)
    answer = load_profile(session, cast.anna, cast.point.id, Period(day.fromordinal(day.toordinal() - 1), day), 30)
    assert len(answer.kwh) == 48 + slots and None not in answer.kwh
    assert answer.total_kwh == Decimal(48 + slots) / 10 and answer.has_clock_change == (slots != 48)
    hours = load_profile(session, cast.anna, cast.point.id, Period(day, day), 60)
    assert len(hours.kwh) == slots // 2 and hours.total_kwh == Decimal(slots) / 10


def test_slots_of_the_doubled_hour_are_told_apart_by_offset(session, cast, series):
    day = date(2014, 10, 26)
    make.day(session, series, day)
    starts = load_profile(session, cast.anna, cast.point.id, Period(day, day), 60).starts()
    assert [f"{s:%H%z}" for s in starts[:4]] == ["00+0400", "01+0400", "01+0300", "02+0300"]


@pytest.mark.parametrize(("is_primary", "kwh", "applied"), [(True, 0.1, False), (False, 4.0, True)])
def test_transformer_ratio_is_applied_once_and_said_so(session, cast, is_primary, kwh, applied):
    cast.point.current_ratio, cast.point.voltage_ratio = Decimal(20), Decimal(2)
    make.day(session, make.series(session, cast.point, is_primary=is_primary), DAY)
    answer = load_profile(session, cast.anna, cast.point.id, Period(DAY, DAY))
    assert (answer.kwh[0], answer.ratio, answer.ratio_applied) == (kwh, 40, applied)
    assert float(answer.maximum_kwh) == kwh and float(answer.total_kwh) == pytest.approx(kwh * 48)


def test_channels_as_the_meter_has_them(session, cast, series):
    make.day(session, make.series(session, cast.point, "R+"), DAY, 30)
    answer = load_profile(session, cast.anna, cast.point.id, Period(DAY, DAY), channel="R+")
    assert (answer.channels, answer.is_reactive, answer.kwh[0]) == (("A+", "R+"), True, 0.03)


def test_intervals_to_come_are_not_expected(session, cast, series):
    answer = load_profile(session, cast.anna, cast.point.id, Period(date(2026, 11, 21), date(2026, 11, 22)))
    assert [(d.present, d.expected) for d in answer.days] == [(0, 24), (0, 0)]


def test_point_without_intervals_answers_an_empty_profile(session, cast):
    answer = load_profile(session, cast.anna, cast.point.id, Period(DAY, DAY))
    assert (answer.channels, set(answer.kwh), answer.total_kwh, answer.maximum_at) == ((), {None}, None, None)


def test_a_year_of_half_hours_fits_one_answer(session, cast, series):
    for i in range(365):
        make.day(session, series, DAY.fromordinal(date(2025, 1, 1).toordinal() + i))
    answer = load_profile(session, cast.anna, cast.point.id, Period(date(2025, 1, 1), date(2025, 12, 31)))
    assert len(answer.kwh) == 17_520 and answer.total_kwh == 1752


@pytest.mark.parametrize(
    ("change", "field", "code"),
    [
        ({"step_min": 7}, "step", "step_invalid"),
        ({"step_min": "30"}, "step", "step_invalid"),
        ({"step_min": 30.0}, "step", "step_invalid"),
        ({"channel": "A-"}, "channel", "channel_invalid"),
        ({"channel": ["A+"]}, "channel", "channel_invalid"),
        ({"channel": "'; --"}, "channel", "channel_invalid"),
        ({"period": Period(None, NEXT)}, "first", "date_invalid"),
        ({"period": Period(DAY, date(9999, 12, 31))}, "last", "date_invalid"),
        ({"period": Period(DAY, datetime(2026, 11, 18))}, "last", "date_invalid"),  # noqa: DTZ001
        ({"period": Period(NEXT, DAY)}, "last", "period_reversed"),
        ({"period": Period(date(2025, 1, 1), NEXT)}, "last", "period_too_long"),
    ],
)
def test_impossible_questions_are_refused_beside_their_field(session, cast, series, change, field, code):
    with pytest.raises(InvalidInput) as refusal:
        load_profile(session, cast.anna, cast.point.id, **({"period": Period(DAY, NEXT)} | change))
    assert refusal.value.fields == {field: code}


def test_stranger_finds_nothing(session, cast, series):
    with pytest.raises(NotFound):
        load_profile(session, cast.boris, cast.point.id, Period(DAY, DAY))
