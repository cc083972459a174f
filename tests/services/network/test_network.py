"""Network parameters as the caller sees them: newest snapshot, periods, the voltage week (Э-60, R-10…R-16)."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest

from energo_cabinet.domain.time.period import Period
from energo_cabinet.errors import InvalidInput, NotFound
from energo_cabinet.models import NetworkNorm, NetworkParameters
from energo_cabinet.services.network.network import list_networks, network_now, network_period, voltage_week
from tests import cast as make
from tests.cast import NOW
from tests.services.network.scene import DAY, stored


def test_snapshot_in_units_with_its_age(session, cast):
    facts = {"UA": 231_200, "IA": 4_810, "PA": 1_080, "cosA": 9_700, "f": 50_010, "angleAB": 11_980}
    session.add(NetworkParameters(point_id=cast.point.id, measured_at=NOW - timedelta(minutes=2), facts=facts))
    session.flush()
    snapshot = network_now(session, cast.anna, cast.point.id).snapshot
    assert snapshot.facts == {"UA": 231.2, "IA": 4.81, "PA": 1.08, "cosA": 0.97, "f": 50.01, "angleAB": 119.8}
    assert snapshot.is_fresh and snapshot.measured_at.isoformat() == "2026-11-21T11:58:00+03:00"


def test_point_without_any(session, cast):
    now = network_now(session, cast.anna, cast.point.id)
    assert (now.snapshot, now.newest_on, now.steps) == (None, None, ())
    assert network_period(session, cast.anna, cast.point.id, Period(DAY, DAY)).present == 0


@pytest.mark.parametrize(
    ("told", "plate", "volts", "origin"),
    [(None, "", "230", "setting"), (None, "3*57,7/100", "57.7", "meter"), ("220", "3*230/400", "220", "point")],
)
def test_nominal_is_told_or_read_from_the_plate(session, cast, told, plate, volts, origin):
    """R-11: a field of the point, with its source."""
    make.meter(session, cast.point, nominal_voltage=plate)
    if told:
        session.add(NetworkNorm(point_id=cast.point.id, nominal_v=Decimal(told), source="договор"))
    session.flush()
    norm = network_now(session, cast.anna, cast.point.id).norm
    assert (norm.norm.nominal_v, norm.origin) == (Decimal(volts), origin)
    assert norm.source == ("договор" if told else plate)


def test_week_of_1008_values_with_one_bad(session, cast):
    """REQUIREMENTS 2.3 through the database."""
    session.add(NetworkNorm(point_id=cast.point.id, nominal_v=Decimal(220)))
    for back in range(7):
        stored(session, cast.point, DAY - timedelta(days=back), 225, **({"s115": 242.1} if back == 2 else {}))
    norm = network_now(session, cast.anna, cast.point.id).norm.norm
    week = voltage_week(session, cast.anna, cast.point.id, DAY)
    found = week.voltage(norm)["A"]
    assert (found.present, found.beyond, found.minutes_beyond) == (1008, 1, 10)
    assert found.beyond_percent == Decimal("0.099")
    assert week.at(found.worst_slot).isoformat() == "2026-11-18T19:10:00+03:00"


@pytest.mark.parametrize(("day", "slots"), [(date(2011, 3, 27), 138), (date(2014, 10, 26), 150)])
def test_changed_clock_days_lose_and_double_nothing(session, cast, day, slots):
    stored(session, cast.point, day, 230, s0=1, **{f"s{slots - 1}": 9})
    found = network_period(session, cast.anna, cast.point.id, Period(day, day))
    assert (found.slots, found.present) == (slots, slots)
    assert (found.shown("UA", 0), found.shown("UA", slots - 1)) == (1, 9)
    assert f"{found.at(slots - 1):%H:%M}" == "23:50"


def test_minutes_beside_averages(session, cast):
    stored(session, cast.point, step=1)
    now = network_now(session, cast.anna, cast.point.id)
    assert (now.steps, now.newest_on) == ((1, 10), DAY)
    assert network_period(session, cast.anna, cast.point.id, Period(DAY, DAY), 1).slots == 1440
    assert network_period(session, cast.anna, cast.point.id, Period(DAY, DAY)).present == 144


@pytest.mark.parametrize(
    "wrong", [{"step_min": 0}, {"step_min": "1"}, {"period": Period(DAY, DAY + timedelta(days=92))}]
)
def test_impossible_questions_are_refused(session, cast, wrong):
    with pytest.raises(InvalidInput):
        network_period(session, cast.anna, cast.point.id, **({"period": Period(DAY, DAY)} | wrong))


def test_list_has_the_callers_points_and_those_with_data_first(session, cast):
    second = make.point(session, cast.contract, "ЛС-061-02")
    session.add(NetworkParameters(point_id=second.id, measured_at=NOW, facts={"UA": 230_000}))
    session.flush()
    found = list_networks(session, cast.anna)
    assert [(card.point.id, card.snapshot is None) for card in found] == [(second.id, False), (cast.point.id, True)]
    assert list_networks(session, cast.boris) == []
    with pytest.raises(NotFound):
        list_networks(session, cast.boris, cast.contract.id)
