"""Days on which the clock changes, by the vectors of SECURITY section 5 (test 23): 0 lost or doubled kWh."""

from __future__ import annotations

import pytest

from energo_cabinet.domain.values.profile_day import MISSING, decode_values
from energo_cabinet.formats.files.content import FormatError
from energo_cabinet.formats.values.maket_80020 import read_maket
from tests.formats.maket_writer import Channel, autumn_periods, maket, plain_periods


def day_of(periods, values, day, zone):
    content = read_maket(maket({"5": [Channel(values=values, periods=periods)]}, day, dst=2), "f", zone)
    return decode_values(content.series[0].rows[0].vals).tolist(), [n.code for n in content.warnings]


def spring(start, hours=1):
    """Half-hours of a day whose clock leaves `hours` out from minute `start`."""
    return [p for p in plain_periods(48) if not start <= p[0] < start + hours * 60]


@pytest.mark.parametrize(
    ("zone", "day", "periods", "slots"),
    [
        ("Europe/Moscow", "20100328", spring(120), 46),
        ("Europe/Moscow", "20101031", autumn_periods(back_at=180), 50),
        ("Europe/Moscow", "20110327", spring(120), 46),
        ("Europe/Moscow", "20141026", autumn_periods(), 50),
        ("Europe/Samara", "20100328", plain_periods(48), 48),
        ("Europe/Samara", "20101031", autumn_periods(back_at=180), 50),
        ("Europe/Volgograd", "20181028", spring(120), 46),
        ("Europe/Volgograd", "20201227", autumn_periods(), 50),
        ("Europe/Saratov", "20161204", spring(120), 46),
        ("Asia/Novosibirsk", "20160724", spring(120), 46),
        ("Asia/Magadan", "20141026", autumn_periods(hours=2), 52),
        ("Asia/Magadan", "20160424", spring(120), 46),
    ],
)
def test_every_half_hour_has_one_slot(zone, day, periods, slots):
    """Test 23: counts right, nothing lost, nothing doubled, order of time kept."""
    found, warnings = day_of(periods, range(1, len(periods) + 1), day, zone)
    assert (len(found), warnings) == (slots, [])
    assert found == [1000 * n for n in range(1, slots + 1)]


def test_the_hour_that_comes_twice_is_told_by_summer_not_by_order():
    periods = autumn_periods()
    values = list(range(1, 51))
    order = [*range(4, 50), *range(4)]  # winter's 01:00 before summer's
    found, _ = day_of([periods[i] for i in order], [values[i] for i in order], "20141026", "Europe/Moscow")
    assert found == [1000 * n for n in values]


def test_without_marks_the_order_of_the_file_decides():
    periods = [(start, end, "") for start, end, _ in autumn_periods()]
    found, _ = day_of(periods, range(1, 51), "20141026", "Europe/Moscow")
    assert found == [1000 * n for n in range(1, 51)]


def test_the_hour_given_once_leaves_a_gap():
    found, _ = day_of(plain_periods(48), [1] * 48, "20141026", "Europe/Moscow")
    assert (len(found), found.count(MISSING), sum(v for v in found if v != MISSING)) == (50, 2, 48_000)


def test_hourly_autumn_of_25_periods():
    found, _ = day_of(autumn_periods(60), range(1, 26), "20141026", "Europe/Moscow")
    assert found == [1000 * n for n in range(1, 26)]


def test_a_zero_in_the_hour_that_was_not_is_dropped_with_a_warning():
    """REQUIREMENTS 2.7: spring sample of 25.03.2007, 24 periods, the missing hour 0200–0300 with value 0."""
    values = [0 if n == 2 else 5 for n in range(24)]
    found, warnings = day_of(plain_periods(24), values, "20070325", "Europe/Moscow")
    assert (found, warnings) == ([5000] * 23, ["hour_left_out_zero"])


def test_energy_in_the_hour_that_was_not_is_refused():
    with pytest.raises(FormatError) as caught:
        day_of(plain_periods(24), [5] * 24, "20070325", "Europe/Moscow")
    assert caught.value.notices[0].code == "hour_left_out"


def test_a_25th_hour_on_an_ordinary_day_is_refused():
    with pytest.raises(FormatError) as caught:
        day_of(autumn_periods(), [1] * 50, "20240612", "Europe/Moscow")
    assert caught.value.notices[0].code == "duplicate_period"
