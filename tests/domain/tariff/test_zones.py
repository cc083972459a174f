"""Which zone a slot belongs to: across midnight, on changed clocks, whatever the schedule (R-24)."""

from __future__ import annotations

from datetime import UTC, date, datetime

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from energo_cabinet.domain.energy.day_sums import day_energy
from energo_cabinet.domain.tariff.zones import Schedule
from energo_cabinet.domain.time.local_day import epoch_day, slots_of_day
from energo_cabinet.domain.values.profile_day import MISSING, encode_day

AT = datetime(2030, 1, 1, tzinfo=UTC)
TWO = Schedule(((0, 420, "T2"), (420, 1380, "T1"), (1380, 1440, "T2")))
WRAPPED = Schedule(((420, 1380, "T1"), (1380, 420, "T2")))
THREE = Schedule(
    ((0, 420, "T2"), (420, 600, "T1"), (600, 1020, "T3"), (1020, 1260, "T1"), (1260, 1380, "T3"), (1380, 1440, "T2"))
)
CHANGED = [date(2011, 3, 27), date(2014, 10, 26), date(2010, 10, 31), date(2026, 11, 21)]


@pytest.mark.parametrize("schedule", [TWO, WRAPPED])
def test_night_of_eight_hours_in_one_or_two_rows(schedule):
    zones = schedule.slot_zones(date(2026, 11, 21), "Europe/Moscow", 30)
    assert zones.tolist() == [1] * 14 + [0] * 32 + [1] * 2
    assert schedule.hours("T2") == ((1380, 420),) and schedule.hours("T1") == ((420, 1380),)


def test_half_peak_has_two_periods():
    assert THREE.zones == ("T1", "T2", "T3") and THREE.hours("T1") == ((420, 600), (1020, 1260))


@pytest.mark.parametrize("day", CHANGED)
@pytest.mark.parametrize("zone_name", ["Europe/Moscow", "Asia/Magadan", "Europe/Samara"])
def test_changed_clock_touches_the_night_only(day, zone_name):
    zones = TWO.slot_zones(day, zone_name, 30)
    assert len(zones) == slots_of_day(day, zone_name, 30) and (zones == 0).sum() == 32


def test_without_a_schedule_there_is_one_zone():
    assert Schedule().zones == ("T1",) and set(Schedule().slot_zones(CHANGED[0], "Europe/Moscow", 30)) == {0}


values = st.lists(st.one_of(st.just(MISSING), st.integers(0, 5000)), min_size=50, max_size=50)


@given(st.sampled_from(CHANGED), st.sampled_from([TWO, WRAPPED, THREE]), st.sampled_from([15, 30, 60]), values)
def test_zones_of_a_day_add_up_to_its_total(day, schedule, step, some):
    """Nothing is lost or doubled, on any day, at any step, with any gaps."""
    slots = slots_of_day(day, "Europe/Moscow", step)
    row = encode_day(epoch_day(day), step, np.resize(np.array(some, np.int64), slots))
    energy = day_energy([row], day, day, "Europe/Moscow", schedule, AT)
    assert energy.wh.sum() == row.total and energy.present[0] == row.n
