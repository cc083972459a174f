"""What is typed, refused and doubted (F-5: the table of cases)."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from energo_cabinet.domain.reading.check import Before, Dial, Doubt, doubts, most_energy_wh, register_of, used_wh

DIAL = Dial(6, 2)
FIVE = Dial(5, 1)
KWH = 1000


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("4512,3", 4_512_300),
        ("4512.30", 4_512_300),
        (" 12 345,67 ", 12_345_670),
        ("12\u00a0345", 12_345_000),
        ("12\u202f345", 12_345_000),
        ("004512", 4_512_000),
        ("0", 0),
        ("999999,99", 999_999_990),
        ("4512,300", 4_512_300),
        ("", "reading_required"),
        ("   ", "reading_required"),
        (None, "reading_required"),
        (17, "reading_required"),
        ("-5", "reading_number"),
        ("1e5", "reading_number"),
        ("abc", "reading_number"),
        ("12,3,4", "reading_number"),
        ("1/2", "reading_number"),
        ("٣٤", "reading_number"),
        ("NaN", "reading_number"),
        (",5", "reading_number"),
        ("5,", "reading_number"),
        ("1234567", "reading_digits"),
        ("9" * 400, "reading_number"),
        ("4512,345", "reading_precision"),
    ],
)
def test_typed_values(typed, found):
    assert register_of(typed, DIAL) == found


CASES = [
    ("150 kWh in a month", 12_350, 12_500, 300, None, None),
    ("the same again", 12_350, 12_350, 300, None, ("same", 0)),
    ("below the previous", 12_350, 12_349, 300, None, ("below", -1)),
    ("far below", 12_350, 12_000, 300, None, ("below", -350)),
    ("last digit forgotten", 12_350, 1_240, 300, None, ("missing_digit", 12_400)),
    ("through zero", 99_900, 100, 300, None, ("rollover", 200)),
    ("through zero by too much", 99_900, 5_000, 300, None, ("below", -94_900)),
    ("a digit too many", 12_350, 99_999, 90_000, 150, None),
    ("a digit too many, plainly", 1_235, 12_480, 300, None, ("extra_digit", 1_248)),
    ("a digit too many within the limit", 1_235, 12_480, 20_000, 13, ("extra_digit", 1_248)),
    ("much, but the wire could carry it", 1_235, 3_000, 20_000, 600, None),
    ("more than the wire can carry", 12_350, 13_000, 300, None, ("too_much", 650)),
    ("exactly the most", 12_350, 12_650, 300, None, None),
    ("one above the most", 12_350, 12_651, 300, None, ("too_much", 301)),
    ("nothing known before", None, 5, None, None, None),
    ("no time known", 10, 90_000, None, None, None),
]


@pytest.mark.parametrize(("what", "last", "now", "most", "usual", "expected"), CASES, ids=[case[0] for case in CASES])
def test_doubts(what, last, now, most, usual, expected):
    before = Before(*(None if n is None else n * KWH for n in (last, most, usual)))
    found = doubts({"T1": now * KWH}, {"T1": before}, FIVE)
    assert found == ([] if expected is None else [Doubt("T1", expected[0], expected[1] * KWH)])


def test_zones_are_doubted_together_when_each_alone_would_pass():
    before = {zone: Before(0, 300 * KWH) for zone in ("T1", "T2")}
    assert doubts({"T1": 200 * KWH, "T2": 200 * KWH}, before, FIVE) == [Doubt("", "too_much", 400 * KWH)]
    assert doubts({"T1": 100 * KWH, "T2": 200 * KWH}, before, FIVE) == []


def test_the_most_a_dial_goes_on_is_the_power_over_the_ratio():
    assert most_energy_wh(Decimal(15), 24, Decimal(1)) == 360 * KWH
    assert most_energy_wh(Decimal(60), 10, Decimal(40)) == 15 * KWH


registers = st.integers(0, 99_999_900)


@given(registers, st.integers(1, 300_000), st.integers(1, 300_000))
def test_plausible_consumption_is_never_doubted_over_zero_always(last, used, most):
    now = (last + used) % FIVE.capacity_wh
    found = doubts({"T1": now}, {"T1": Before(last, most)}, FIVE)
    if now < last and used <= most:
        assert found == [Doubt("T1", "rollover", used)]
    elif now > last and used <= most:
        assert found == []
    else:
        assert found


@given(registers, registers, st.none() | st.integers(0, 10**7), st.none() | st.integers(0, 10**7))
def test_nothing_breaks_and_energy_is_never_negative(last, now, most, usual):
    before = Before(last, most, usual)
    assert len(doubts({"T1": now}, {"T1": before}, FIVE)) <= 1
    used = used_wh(now, before, FIVE)
    assert used is None or used >= 0


@given(st.integers(0, 99_999_999))
def test_what_is_shown_can_be_typed(hundredths):
    typed = f"{hundredths // 100:,}".replace(",", " ") + f",{hundredths % 100:02d}"
    assert register_of(typed, DIAL) == hundredths * 10
