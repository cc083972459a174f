"""The navigation grows with the sections: the sidebar has all, a phone at most five entries (Н-37, Н-38)."""

from __future__ import annotations

import pytest

from energo_cabinet.components.frame.navigation import MOST_BELOW, _Entry, _sections, _split, bottom_navigation
from energo_cabinet.i18n.ui import t


def entries(count: int, **options: object) -> list[_Entry]:
    return [_Entry("points", "gauge", t("shell.points"), f"/{i}", **options) for i in range(count)]


@pytest.mark.parametrize("count", [1, 5])
def test_few_sections_all_stand_below(count):
    few = entries(count)
    assert _split(few) == (few, [])


def test_the_rest_of_many_is_under_more():
    many = entries(9)
    shown, rest = _split(many)
    assert len(shown) == MOST_BELOW - 1
    assert shown + rest == many


def test_a_section_that_steps_back_on_phones():
    first, *others = entries(1, below=False) + entries(9)[1:]
    shown, rest = _split([first, *others])
    assert first in rest
    assert shown == others[: MOST_BELOW - 1]


def test_every_section_is_named_once():
    names = [entry.section for entry in _sections()]
    assert len(set(names)) == len(names)
    assert "bottomnav" in str(bottom_navigation("points", lambda href, tag: ""))
