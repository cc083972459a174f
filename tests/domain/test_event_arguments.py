"""Arguments are held against the handler's signature before anything is logged (RC-6 6a)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from energo_cabinet.domain.event_arguments import DEEPEST, LONGEST, fits, is_clean


def handler(self, name: str, count: int, form: dict[str, str], on: bool = False, more: int | None = None):
    """A handler as states have them."""


GOOD = {"name": "x", "count": 3, "form": {}}


@pytest.mark.parametrize("payload", [GOOD, GOOD | {"on": True}, GOOD | {"more": None}, GOOD | {"count": "3"}])
def test_what_a_page_sends_fits(payload):
    assert fits(handler, payload)


@pytest.mark.parametrize(
    "payload",
    [
        {},
        {"name": "x", "count": 3},
        GOOD | {"x": 1},
        GOOD | {"name": None},
        GOOD | {"name": {"a": 1}},
        GOOD | {"count": "three"},
        GOOD | {"count": True},
        GOOD | {"form": []},
        GOOD | {"on": "yes"},
        GOOD | {"name": "\ud800"},
        GOOD | {"form": {"a": ["\udfff"]}},
        GOOD | {"name": "x" * (LONGEST + 1)},
    ],
)
def test_anything_else_does_not(payload):
    assert not fits(handler, payload)


def test_a_handler_that_takes_nothing_takes_nothing():
    assert fits(lambda self: None, {}) and not fits(lambda self: None, {"x": 1})


def test_depth_is_bounded():
    deep: object = "x"
    for _ in range(DEEPEST + 2):
        deep = [deep]
    assert not is_clean(deep)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=10,
)


@given(st.dictionaries(st.sampled_from(["name", "count", "form", "on", "more", "x"]), JSON))
def test_whatever_is_sent_is_judged(payload):
    assert fits(handler, payload) in (True, False)
