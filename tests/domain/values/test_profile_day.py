"""Day rows: encoding, merging, counting what changes, moving between zones."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from energo_cabinet.domain.time.local_day import epoch_day, from_epoch_day, slots_of_day
from energo_cabinet.domain.values.profile_day import (
    MISSING,
    Change,
    change,
    decode_quality,
    decode_values,
    encode_day,
    merge,
    relocate,
)

SLOTS = st.lists(st.one_of(st.just(MISSING), st.integers(0, 2**31 - 1)), min_size=4, max_size=4)


def row(*values, day=20000, quality=None):
    return encode_day(day, 30, np.array(values), None if quality is None else np.array(quality, np.uint8))


@given(SLOTS)
def test_what_is_encoded_is_decoded(values):
    made = row(*values)
    present = [v for v in values if v != MISSING]
    assert decode_values(made.vals).tolist() == values
    assert (made.n, made.total, made.q, len(made.vals)) == (len(present), sum(present), None, 16)


def test_quality_is_kept_only_when_something_is_not_valid():
    assert row(1, 2, quality=[0, 0]).q is None
    assert decode_quality(*row(1, MISSING, quality=[3, 3])[4:]).tolist() == [3, 4]


@pytest.mark.parametrize("value", [-1, 2**31])
def test_what_does_not_fit_is_refused(value):
    with pytest.raises(ValueError, match="fit"):
        row(value)


@given(SLOTS, SLOTS)
def test_every_value_sent_is_stored_replaced_or_unchanged(before, sent):
    """The counts an import prints add up, and a merge loses nothing."""
    old, new = row(*before), row(*sent)
    kept = merge(old, new)
    counted = change(old, new, kept)
    assert counted.stored + counted.replaced + counted.unchanged == new.n
    assert counted.removed == 0
    assert kept.n == old.n + counted.stored


@given(SLOTS, SLOTS)
def test_a_replaced_day_counts_what_it_removes(before, sent):
    old, new = row(*before), row(*sent)
    counted = change(old, new, new)
    assert old.n - counted.removed + counted.stored == new.n


def test_another_quality_is_another_value():
    assert change(row(5, 6), row(5, 6, quality=[3, 0]), row(5, 6)) == Change(replaced=1, unchanged=1)


def test_another_step_replaces_the_whole_day():
    hourly = encode_day(20000, 60, np.array([5, 5]))
    assert merge(row(1, 2, 3, 4), hourly) == hourly
    assert change(row(1, 2, 3, 4), hourly, hourly) == Change(replaced=2)


def test_a_day_of_moscow_is_parts_of_two_days_in_samara():
    day = epoch_day(date(2024, 6, 12))
    moved = relocate([row(*range(1, 49), day=day)], "Europe/Moscow", "Europe/Samara")
    assert [(r.day, r.n) for r in moved] == [(day, 46), (day + 1, 2)]
    assert decode_values(moved[1].vals)[:3].tolist() == [47, 48, MISSING]


@given(st.integers(14000, 18000))
def test_moving_between_zones_keeps_every_wh(day):
    """DESIGN 10, SECURITY test 23: nothing lost or doubled, whatever the clocks do."""
    slots = slots_of_day(from_epoch_day(day), "Asia/Magadan", 30)
    sent = row(*range(1, slots + 1), day=day)
    moved = relocate([sent], "Asia/Magadan", "Europe/Berlin")
    assert (sum(r.n for r in moved), sum(r.total for r in moved)) == (sent.n, sent.total)
    assert relocate(moved, "Europe/Berlin", "Asia/Magadan") == [sent]
