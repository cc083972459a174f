"""Charts of the network: no more than 1 500 points and 25 kB, colours by phase, bands, changed clocks (Э-60)."""

from __future__ import annotations

import json
from datetime import date, timedelta
from decimal import Decimal

import numpy as np
import pytest

from energo_cabinet.components.network.network_figure import LINES, bin_factor, network_figure
from energo_cabinet.domain.network.network import QUANTITIES
from energo_cabinet.domain.network.period import NetworkPeriod
from energo_cabinet.domain.network.voltage import VoltageNorm
from energo_cabinet.domain.time.local_day import midnights
from energo_cabinet.domain.values.profile_day import MISSING

DAY = date(2026, 11, 20)
NORM = VoltageNorm(Decimal(230))


def period(days: int = 1, codes=("UA", "UB", "UC"), step: int = 10, first: date = DAY, zone: str = "Europe/Moscow"):
    last = first + timedelta(days=days - 1)
    begins = midnights(first, last, zone)
    slots = int(begins[-1] - begins[0]) // step
    values = {
        code: np.full(slots, (50 if code == "f" else 230) * 10 ** QUANTITIES[code].decimals, np.int64) for code in codes
    }
    return NetworkPeriod(1, first, last, zone, step, values)


def drawn(figure: dict) -> int:
    return sum(len(trace["y"]) for trace in figure["data"])


@pytest.mark.parametrize(("days", "step"), [(1, 10), (7, 10), (31, 10), (92, 10), (1, 1), (7, 1), (92, 1)])
def test_a_figure_stays_small(days, step):
    figure = network_figure(period(days, step=step), NORM, "u", "В", "ru")
    assert 100 < drawn(figure) <= 1500 + len(LINES)
    assert len(json.dumps(figure, ensure_ascii=False, separators=(",", ":")).encode()) <= 25_000


def test_each_phase_keeps_its_colour_where_the_clock_changes():
    """Traces come in groups as long as the list of colours; the day of 150 slots names its times itself."""
    data = period(3, ("UA", "UC"), first=date(2014, 10, 25))
    figure = network_figure(data, NORM, "u", "В", "ru")
    assert len(figure["data"]) == 3 * len(LINES)
    assert [len(trace["y"]) for trace in figure["data"]][:5] == [144, 0, 144, 0, 1]
    assert len(figure["data"][len(LINES)]["text"]) == 150 and "+0300" in figure["data"][len(LINES)]["text"][-1]


def test_a_long_period_shows_the_worst_voltage_of_a_bin():
    data = period(7)
    data.values["UC"][100] = 199_000
    figure = network_figure(data, NORM, "u", "В", "ru")
    assert bin_factor(data, "u") == 3 and min(figure["data"][2]["y"]) == 199
    assert figure["data"][4]["y"] == [199.0]
    assert figure["layout"]["annotations"][-1]["text"].startswith("199,0\u00a0В · 20\u00a0ноя, 16:40")


def test_bands_and_gaps():
    data = period()
    data.values["UA"][10:20] = MISSING
    figure = network_figure(data, NORM, "u", "В", "ru")
    assert figure["data"][0]["y"][10:20] == [None] * 10
    assert (figure["layout"]["shapes"][0]["y0"], figure["layout"]["shapes"][0]["y1"]) == (207, 253)
    low, high = figure["layout"]["yaxis"]["range"]
    assert 0 < low <= 207 and high >= 253


def test_power_may_be_negative_and_has_no_bands():
    data = period(codes=("PA", "P"))
    data.values["P"][:] = -2_500
    figure = network_figure(data, NORM, "p", "кВт", "ru")
    assert "shapes" not in figure["layout"] and figure["layout"]["yaxis"]["range"][0] <= -2.5
    assert figure["data"][3]["y"][0] == -2.5


def test_nothing_to_draw():
    assert drawn(network_figure(period(codes=()), NORM, "u", "В", "ru")) == 0


def test_frequency_stands_between_its_limits():
    """R-12."""
    figure = network_figure(period(codes=("f",)), NORM, "f", "Гц", "ru", 0.4)
    assert (figure["layout"]["shapes"][0]["y0"], figure["layout"]["shapes"][0]["y1"]) == (49.6, 50.4)
    low, high = figure["layout"]["yaxis"]["range"]
    assert 45 < low <= 49.6 and 50.4 <= high < 55
