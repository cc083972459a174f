"""What the charts of a metering point draw: gaps, estimates, changed clocks, sizes, no colours (DESIGN section 6)."""

from __future__ import annotations

import json
import re
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from energo_cabinet.components.chart import ZONE_BARS, template
from energo_cabinet.components.energy.average_day_figure import average_day_figure
from energo_cabinet.components.energy.consumption_figure import STACK, consumption_figure
from energo_cabinet.components.energy.profile_figure import profile_figure
from energo_cabinet.components.ticks import value_axis
from energo_cabinet.models import ReadingQuality
from tests.components.energy.profiles import bucket, consumption, profile

DAY = date(2026, 11, 17)
CLOCKS = [
    ("Europe/Moscow", date(2010, 3, 28), 46),
    ("Europe/Moscow", date(2014, 10, 26), 50),
    ("Europe/Samara", date(2010, 3, 28), 48),
    ("Asia/Novosibirsk", date(2016, 7, 24), 46),
    ("Asia/Magadan", date(2014, 10, 26), 52),
]


def size(figure: dict) -> int:
    return len(json.dumps(figure, ensure_ascii=False, separators=(",", ":")).encode())


def lines(figure: dict) -> list[dict]:
    """Traces of values that answer to the mouse."""
    return [t for t in figure["data"] if t.get("hovertemplate")]


def times(trace: dict) -> list[datetime]:
    """Left edges of a trace's values on the axis."""
    start = datetime.fromisoformat(trace["x0"])
    return [start + timedelta(milliseconds=trace["dx"] * i) for i in range(len(trace["y"]))]


@pytest.mark.parametrize(("zone", "day", "slots"), CLOCKS)
@pytest.mark.parametrize("shown", ["kw", "kwh"])
def test_days_of_a_changed_clock_draw_all_their_half_hours(zone, day, slots, shown):
    """SECURITY section 5: 46, 48, 50 and 52 half-hours, none lost, none doubled, each named with its offset."""
    figure = profile_figure(profile(day - timedelta(days=1), 3, zone=zone), "ru", shown)
    drawn = [t for trace in lines(figure) for t in times(trace)]
    assert len(drawn) == slots + 96 == len(set(drawn)) and drawn == sorted(drawn)
    labels = [label for trace in lines(figure) for label in trace.get("text", [])]
    assert len(labels) == (slots if slots != 48 else 0) == len(set(labels))
    assert times(lines(figure)[-1])[-1] < datetime.combine(day, datetime.min.time()) + timedelta(days=2)


def test_gap_is_drawn_as_nothing_and_named():
    """Twelve half-hours of the mock's week did not come: two runs, a grey band, «нет данных 6 ч»."""
    kwh = [0.1] * 4 + [None] * 12 + [0.1] * 32
    figure = profile_figure(profile(DAY, kwh=kwh), "ru", "kw")
    assert [len(t["y"]) for t in lines(figure)] == [4, 32]
    assert figure["layout"]["shapes"] == [{"x0": "2026-11-17T02:00", "x1": "2026-11-17T08:00"}]
    assert "нет данных 6 ч" in [a["text"] for a in figure["layout"]["annotations"]]


def test_half_hours_to_come_are_no_gap():
    figure = profile_figure(profile(DAY, kwh=[0.1] * 20 + [None] * 28, due=20), "ru", "kw")
    assert figure["layout"]["shapes"] == []


@pytest.mark.parametrize("quality", [ReadingQuality.ESTIMATED, ReadingQuality.NON_COMMERCIAL])
def test_values_not_measured_are_hatched(quality):
    power = profile_figure(profile(DAY, quality=quality), "ru", "kw")
    energy = profile_figure(profile(DAY, quality=quality), "ru", "kwh")
    assert [t["fillpattern"]["shape"] for t in power["data"] if "fillpattern" in t] == ["/"]
    assert set(lines(energy)[0]["marker"]["pattern"]["shape"]) == {"/"}


@pytest.mark.parametrize("days", [1, 7, 31, 45, 92, 366])
@pytest.mark.parametrize("shown", ["kw", "kwh"])
def test_figures_stay_small_whatever_the_span(days, shown):
    """At most 1 500 points and 25 kB, also when every value is estimated and a third is missing."""
    kwh = [None if i % 3 == 0 and i % 48 < 9 else 0.123456 for i in range(days * 48)]
    data = profile(date(2026, 1, 1), days, kwh=kwh, quality=ReadingQuality.ESTIMATED)
    figure = profile_figure(data, "ru", shown)
    assert sum(len(t["y"]) for t in lines(figure)) <= 1500
    assert size(figure) <= 25_000


@pytest.mark.parametrize("days", [31, 62, 366])
def test_stacked_bars_stay_small(days):
    each = [
        bucket(DAY + timedelta(days=i), {"T1": f"{i}.123", "T2": f"{i}.456"}, is_estimated=True) for i in range(days)
    ]
    assert size(consumption_figure(consumption(each), "ru")) <= 25_000


def test_estimated_month_without_gaps_is_hatched_and_small():
    figure = profile_figure(profile(date(2026, 1, 1), 31, kwh=0.1234, quality=ReadingQuality.ESTIMATED), "ru", "kw")
    assert any("fillpattern" in t for t in figure["data"]) and size(figure) <= 25_000


def test_torn_profile_is_one_broken_line_not_a_thousand_pieces():
    kwh = [0.1 if i % 2 else None for i in range(31 * 48)]
    figure = profile_figure(profile(date(2026, 10, 1), 31, kwh=kwh), "ru", "kw")
    assert len(figure["data"]) <= 4 and "fill" not in lines(figure)[0]


@pytest.mark.parametrize("language", ["ru", "en"])
def test_figures_carry_no_colours(language):
    """The colour mode changes without a round trip: colours are in the template of the mode."""
    stacked = consumption_figure(consumption([bucket(DAY, {"T1": "5", "T2": "2"}, is_estimated=True)]), language)
    power = profile_figure(profile(DAY, 7), language, "kw")
    shown = json.dumps([stacked, power, average_day_figure(profile(DAY, 7), language)])
    assert not re.search(r"#[0-9a-f]{6}|rgb|color", shown)


def test_template_gives_each_zone_its_colour_in_both_modes():
    figure = consumption_figure(
        consumption([bucket(DAY, {"T1": "5", "T2": "2"}), bucket(DAY, {"T1": "1", "T2": "1"})]), "ru"
    )
    bars = [t for t in figure["data"] if t["type"] == "bar"]
    assert [name for name, t in zip(ZONE_BARS, bars, strict=True) if t["y"]] == ["t2", "t1"]
    looks = [template(mode, ZONE_BARS, ("fact",))["data"]["bar"] for mode in ("light", "dark")]
    assert all(a["marker"]["color"] != b["marker"]["color"] for a, b in zip(*looks, strict=True))
    assert tuple(name.upper() for name in ZONE_BARS[1:5]) == STACK


def test_unknown_bucket_is_empty_under_a_dash_and_estimate_hatched():
    days = [bucket(DAY, {"T1": "5", "T2": "2"}, is_estimated=True), bucket(DAY + timedelta(days=1), None)]
    figure = consumption_figure(consumption(days), "ru")
    night = figure["data"][1]
    assert night["y"] == [2.0, None] and night["marker"]["pattern"]["shape"] == ["/", ""]
    assert {"text": "—", "x": 1, "y": 0, "yanchor": "bottom"} in figure["layout"]["annotations"]


def test_meter_of_one_rate_is_one_series():
    figure = consumption_figure(consumption([bucket(DAY, {"T1": "5"})]), "ru")
    drawn = [i for i, t in enumerate(figure["data"][:6]) if t["y"]]
    assert [ZONE_BARS[i] for i in drawn] == ["fact"]


@given(st.floats(1e-4, 1e9))
def test_value_axis_begins_at_zero_and_covers_the_highest(highest):
    axis = value_axis(highest, "ru")
    assert axis["range"][0] == 0 and axis["range"][1] >= highest and axis["range"][1] < highest * 2.6
    assert 2 <= len(axis["tickvals"]) <= 7 and len(set(axis["ticktext"])) == len(axis["ticktext"])


def test_average_day_tells_weekdays_from_weekends():
    kwh = [0.5 if d in (4, 5) else 0.1 for d in range(7) for _ in range(48)]  # 17.11.2026 is a Tuesday
    weekdays, weekends = average_day_figure(profile(DAY, 7, kwh=kwh), "ru")["data"]
    assert set(weekdays["y"]) == {0.2} and set(weekends["y"]) == {1.0} and len(weekdays["y"]) == 48
    assert average_day_figure(profile(DAY), "ru") == {}
