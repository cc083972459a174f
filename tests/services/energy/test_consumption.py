"""Consumption by months, weeks and days (Н-98, Н-99)."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from energo_cabinet.domain.time.period import Period
from energo_cabinet.errors import InvalidInput, NotFound
from energo_cabinet.services.energy.consumption import consumption
from tests import cast as make

MOSCOW = ZoneInfo("Europe/Moscow")
OCT, NOV = date(2026, 10, 1), date(2026, 11, 1)


def days(first: date, last: date):
    return [first + timedelta(days=i) for i in range((last - first).days + 1)]


def local_midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=MOSCOW).astimezone(UTC)


@pytest.fixture
def autumn(session, cast):
    """Анна's flat: 100 Wh a half-hour all October and November 1–20."""
    series = make.series(session, cast.point)
    for day in days(OCT, date(2026, 11, 20)):
        make.day(session, series, day)
    return series


def with_two_zones(session, cast, *prices):
    tariff = make.tariff(session, cast.supplier, prices=prices)
    cast.point.tariff_id = tariff.id
    session.add(cast.point)
    session.flush()


def test_days_of_a_month_in_kwh(session, cast, autumn):
    answer = consumption(session, cast.anna, cast.point.id, "days", Period(NOV, date(2026, 11, 20)))
    assert [b.total_kwh for b in answer.buckets] == [Decimal("4.8")] * 20
    assert (answer.total_kwh, answer.source, answer.completeness_percent) == (Decimal(96), "intervals", 100)


def test_month_without_tariff_is_one_zone(session, cast, autumn):
    answer = consumption(session, cast.anna, cast.point.id, "months", Period(OCT, date(2026, 10, 31)))
    assert answer.buckets[0].kwh_by_zone == {"T1": Decimal("148.8")}
    assert not answer.buckets[0].is_partial


def test_unfinished_and_cut_buckets_are_partial(session, cast, autumn):
    answer = consumption(session, cast.anna, cast.point.id, "months", Period(date(2026, 10, 2), date(2026, 11, 30)))
    assert [b.is_partial for b in answer.buckets] == [True, True]


def test_days_to_come_are_gaps_and_not_expected(session, cast, autumn):
    answer = consumption(session, cast.anna, cast.point.id, "days", Period(date(2026, 11, 20), date(2026, 11, 23)))
    assert [b.total_kwh for b in answer.buckets] == [Decimal("4.8"), None, None, None]
    assert [b.expected for b in answer.buckets] == [48, 24, 0, 0]


def test_zones_across_midnight_split_the_day(session, cast, autumn):
    with_two_zones(session, cast)
    answer = consumption(session, cast.anna, cast.point.id, "days", Period(NOV, NOV))
    assert answer.buckets[0].kwh_by_zone == {"T1": Decimal("3.2"), "T2": Decimal("1.6")}
    assert [(z.zone, z.periods) for z in answer.zones] == [("T1", ((420, 1380),)), ("T2", ((1380, 420),))]


@pytest.mark.parametrize(("day", "slots", "night"), [(date(2014, 10, 26), 50, 18), (date(2011, 3, 27), 46, 14)])
def test_zones_on_a_changed_clock_day(session, cast, day, slots, night):
    """The hour that comes twice, or is left out, is a night hour."""
    with_two_zones(session, cast)
    make.day(session, make.series(session, cast.point), day, 1000)
    (bucket,) = consumption(session, cast.anna, cast.point.id, "days", Period(day, day)).buckets
    assert bucket.kwh_by_zone == {"T1": Decimal(32), "T2": Decimal(night)}
    assert (bucket.total_kwh, bucket.expected) == (slots, slots)


def test_month_is_local_to_the_point(session, cast):
    """The last three hours of the Moscow month are in November by UTC; they stay in October."""
    series = make.series(session, cast.point)
    make.day(session, series, date(2026, 10, 31), [0] * 42 + [1000] * 6)
    answer = consumption(session, cast.anna, cast.point.id, "months", Period(OCT, date(2026, 11, 20)))
    assert [b.total_kwh for b in answer.buckets] == [Decimal(6), None]


def test_cost_follows_prices_from_their_day_on(session, cast, autumn):
    prices = [("T1", OCT, "4"), ("T2", OCT, "2"), ("T1", date(2026, 10, 31), "5"), ("T2", date(2026, 10, 31), "3")]
    with_two_zones(session, cast, *prices)
    answer = consumption(session, cast.anna, cast.point.id, "months", Period(OCT, date(2026, 10, 31)))
    per_day = Decimal("3.2") * 4 + Decimal("1.6") * 2
    last_day = Decimal("3.2") * 5 + Decimal("1.6") * 3
    assert answer.buckets[0].cost_rub == answer.cost_rub == per_day * 30 + last_day
    assert [z.price_rub_per_kwh for z in answer.zones] == [5, 3]


def test_without_prices_cost_is_unknown(session, cast, autumn):
    with_two_zones(session, cast, ("T1", OCT, "4"))
    answer = consumption(session, cast.anna, cast.point.id, "months", Period(OCT, date(2026, 10, 31)))
    assert answer.cost_rub is None and answer.buckets[0].cost_rub is None


def test_gap_is_unknown_and_lowers_completeness(session, cast):
    series = make.series(session, cast.point)
    make.day(session, series, NOV, [100] * 36 + [None] * 12)
    answer = consumption(session, cast.anna, cast.point.id, "days", Period(NOV, date(2026, 11, 2)))
    assert [b.total_kwh for b in answer.buckets] == [Decimal("3.6"), None]
    assert [b.completeness_percent for b in answer.buckets] == [75, 0]
    assert answer.completeness_percent == Decimal("37.5")


def test_estimated_and_non_commercial_values_are_marked(session, cast):
    series = make.series(session, cast.point)
    make.day(session, series, NOV, q=[1] + [0] * 47)
    make.day(session, series, date(2026, 11, 2), q=[3] + [0] * 47)
    answer = consumption(session, cast.anna, cast.point.id, "days", Period(NOV, date(2026, 11, 3)))
    assert [b.is_estimated for b in answer.buckets] == [True, False, False]
    assert [b.is_non_commercial for b in answer.buckets] == [False, True, False]


@pytest.mark.parametrize(("is_primary", "kwh", "applied"), [(True, "4.8", False), (False, "192", True)])
def test_transformer_ratio_is_applied_once_and_said_so(session, cast, is_primary, kwh, applied):
    cast.point.current_ratio = Decimal(40)
    make.day(session, make.series(session, cast.point, is_primary=is_primary), NOV)
    answer = consumption(session, cast.anna, cast.point.id, "days", Period(NOV, NOV))
    assert (answer.total_kwh, answer.ratio_applied, answer.ratio) == (Decimal(kwh), applied, 40)


def test_part_of_a_month_beside_the_same_days_of_the_month_before(session, cast, autumn):
    answer = consumption(session, cast.anna, cast.point.id, "days", Period(NOV, date(2026, 11, 20)), compare=True)
    beside = answer.comparison
    assert (beside.first, beside.last, beside.is_equal) == (OCT, date(2026, 10, 20), True)
    assert beside.total_kwh == 96 and answer.buckets[4].previous_first == date(2026, 10, 5)


def test_weeks_beside_as_many_weeks_before(session, cast, autumn):
    answer = consumption(
        session, cast.anna, cast.point.id, "weeks", Period(date(2026, 11, 2), date(2026, 11, 15)), compare=True
    )
    assert [b.previous_first for b in answer.buckets] == [date(2026, 10, 19), date(2026, 10, 26)]
    assert answer.buckets[0].previous_kwh == Decimal("33.6")


def test_months_of_other_lengths_are_called_unequal(session, cast, autumn):
    answer = consumption(session, cast.anna, cast.point.id, "months", Period(OCT, date(2026, 10, 31)), compare=True)
    assert (answer.comparison.first, answer.comparison.last) == (date(2026, 9, 1), date(2026, 9, 30))
    assert not answer.comparison.is_equal and answer.comparison.total_kwh is None


def test_registers_of_the_day_stand_beside_it(session, cast, autumn):
    night = local_midnight(date(2026, 11, 3))
    make.readings(session, cast.point, "T1", [(night, 3_124_027), (night + timedelta(hours=6), 3_125_000)])
    answer = consumption(session, cast.anna, cast.point.id, "days", Period(date(2026, 11, 2), date(2026, 11, 3)))
    assert [b.registers for b in answer.buckets] == [{"T1": Decimal("3124.027")}, {"T1": Decimal(3125)}]
    assert answer.buckets[0].registers_at.isoformat() == "2026-11-03T00:00:00+03:00"


def test_without_intervals_consumption_is_the_difference_of_registers(session, cast):
    cast.point.current_ratio = Decimal(20)
    for zone, step in (("T1", 5000), ("T2", 2000)):
        make.readings(
            session,
            cast.point,
            zone,
            [(local_midnight(d), i * step) for i, d in enumerate(days(NOV, date(2026, 11, 4)))],
        )
    answer = consumption(session, cast.anna, cast.point.id, "days", Period(NOV, date(2026, 11, 3)))
    assert [b.kwh_by_zone for b in answer.buckets] == [{"T1": Decimal(100), "T2": Decimal(40)}] * 3
    assert (answer.source, answer.ratio_applied, answer.buckets[0].is_estimated) == ("registers", True, False)


def test_monthly_readings_give_months_but_no_invented_days(session, cast):
    """Э-82: read about the 25th; a month is allocated linearly and marked, a day stays a gap."""
    read = [(datetime(2026, month, 25, 9, tzinfo=UTC), wh) for month, wh in ((8, 0), (9, 310_000), (10, 610_000))]
    make.readings(session, cast.point, "T0", read)
    months = consumption(session, cast.anna, cast.point.id, "months", Period(date(2026, 9, 1), date(2026, 9, 30)))
    by_day = consumption(session, cast.anna, cast.point.id, "days", Period(date(2026, 9, 1), date(2026, 9, 3)))
    assert months.buckets[0].is_estimated and 295 < months.total_kwh < 310
    assert by_day.total_kwh is None and by_day.source == "none"


def test_point_without_any_data_answers_gaps(session, cast):
    answer = consumption(session, cast.anna, cast.point.id, "months", Period(OCT, date(2026, 11, 20)), compare=True)
    assert (answer.source, answer.total_kwh, answer.cost_rub, answer.kwh_by_zone) == ("none", None, None, {})


def test_stranger_finds_nothing(session, cast, autumn):
    with pytest.raises(NotFound):
        consumption(session, cast.boris, cast.point.id, "days", Period(NOV, NOV))


@pytest.mark.parametrize(
    ("by", "first", "last", "field", "code"),
    [
        ("years", NOV, NOV, "by", "by_invalid"),
        (["days"], NOV, NOV, "by", "by_invalid"),
        ("days", date(9999, 12, 31), NOV, "first", "date_invalid"),
        ("days", "2026-11-01", NOV, "first", "date_invalid"),
        ("days", NOV, datetime(2026, 11, 2, tzinfo=UTC), "last", "date_invalid"),
        ("days", NOV, OCT, "last", "period_reversed"),
        ("days", date(2025, 1, 1), date(2026, 1, 2), "last", "period_too_long"),
        ("months", date(2000, 1, 1), date(2026, 1, 2), "last", "period_too_long"),
    ],
)
def test_impossible_questions_are_refused_beside_their_field(session, cast, by, first, last, field, code):
    with pytest.raises(InvalidInput) as refusal:
        consumption(session, cast.anna, cast.point.id, by, Period(first, last))
    assert refusal.value.fields == {field: code}


@pytest.mark.parametrize("point_id", ["1", None, -1, 2**63, 2.0, True, [1]])
def test_what_is_no_id_is_not_found(session, cast, point_id):
    with pytest.raises(NotFound):
        consumption(session, cast.anna, point_id, "days", Period(NOV, NOV))
