"""Contrast as WCAG defines it; a supplier's colour must carry white text."""

import pytest

from energo_cabinet.domain.supplier.colour import contrast, is_colour


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("#000000", "#ffffff", 21.0),
        ("#777777", "#ffffff", 4.48),
        ("#3e63dd", "#ffffff", 5.17),
        ("#abcdef", "#abcdef", 1),
    ],
)
def test_contrast_is_that_of_wcag(one, other, expected):
    assert contrast(one, other) == pytest.approx(expected, abs=0.05)
    assert contrast(other, one) == contrast(one, other)


@pytest.mark.parametrize("value", ["", "3e63dd", "#3e6", "#3e63dg", "#3e63dd;", "red", None, 5, "#3e63dd\n"])
def test_nothing_but_six_digits_is_a_colour(value):
    assert not is_colour(value)
