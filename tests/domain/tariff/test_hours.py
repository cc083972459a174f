"""Hours of zones: the day is covered once, and where it is not is told by the minute (R-24)."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from energo_cabinet.domain.tariff.hours import WrongHours, clock, hours_words, periods_of
from energo_cabinet.domain.tariff.zones import Schedule

PEAKS = {"T1": "07:00–10:00, 17:00–21:00", "T2": "23:00-07:00", "T3": "10.00 — 17.00; 21:00–23:00"}


def test_hours_across_midnight_are_two_rows():
    periods = periods_of({"T1": "07:00–23:00", "T2": "23:00–07:00"})
    assert periods == ((0, 420, "T2"), (420, 1380, "T1"), (1380, 1440, "T2"))
    assert hours_words(Schedule(periods).hours("T2")) == "23:00–07:00"


def test_three_zones_with_two_peaks_cover_the_day():
    periods = periods_of(PEAKS)
    assert sum(end - start for start, end, _ in periods) == 1440
    assert hours_words(Schedule(periods).hours("T1")) == "07:00–10:00, 17:00–21:00"


@pytest.mark.parametrize("typed", ["00:00–24:00", "00:00–00:00"])
def test_a_whole_day_is_typed_with_its_two_ends(typed):
    if typed.endswith("00:00"):
        with pytest.raises(WrongHours):
            periods_of({"T1": typed})
    else:
        assert periods_of({"T1": typed}) == ((0, 1440, "T1"),)


@pytest.mark.parametrize(
    ("typed", "code", "params"),
    [
        ({"T1": "07:00–23:00"}, "gap", {"start": "23:00", "end": "07:00"}),
        ({"T1": "00:00–12:00", "T2": "12:01–24:00"}, "gap", {"start": "12:00", "end": "12:01"}),
        ({"T1": "00:00–23:00"}, "gap", {"start": "23:00", "end": "24:00"}),
        (
            {"T1": "06:00–23:00", "T2": "23:00–07:00"},
            "overlap",
            {"start": "06:00", "end": "07:00", "first": "T2", "second": "T1"},
        ),
        ({"T1": "07:00–23:00", "T2": "ночью"}, "invalid", {}),
        ({"T1": "07:00–23:60", "T2": "23:00–07:00"}, "invalid", {}),
        ({"T1": "07:00–24:01", "T2": "23:00–07:00"}, "invalid", {}),
        ({"T1": "", "T2": "00:00–24:00"}, "invalid", {}),
    ],
)
def test_what_is_wrong_is_told_by_the_minute(typed, code, params):
    with pytest.raises(WrongHours) as told:
        periods_of(typed)
    assert (told.value.code, told.value.params) == (code, params)


@given(st.lists(st.integers(0, 1439), min_size=2, max_size=8, unique=True), st.data())
def test_any_cut_of_the_day_is_accepted_and_any_missing_piece_is_not(cuts, data):
    edges = sorted(cuts)
    spans = [*itertools.pairwise(edges), (edges[-1], edges[0])]
    hours = {"T1": [], "T2": []}
    for n, (start, end) in enumerate(spans):
        hours[f"T{n % 2 + 1}"].append(f"{clock(start)}–{clock(end)}")
    typed = {zone: ", ".join(parts) for zone, parts in hours.items()}
    assert sum(end - start for start, end, _ in periods_of(typed)) == 1440
    lost = data.draw(st.sampled_from(["T1", "T2"]))
    with pytest.raises(WrongHours):
        periods_of({zone: parts for zone, parts in typed.items() if zone != lost})
