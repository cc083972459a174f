"""When a supplier is asked again: not all together, less and less often while one is away (F-14)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from energo_cabinet.domain.exchange.schedule import FIRST_PAUSE_S, LONGEST_PAUSE_S, SPREAD, jittered, pause_after

SUPPLIERS = range(1, 200)


def test_suppliers_do_not_come_due_together():
    pauses = {jittered(60, supplier) for supplier in SUPPLIERS}
    assert len(pauses) == len(SUPPLIERS)
    assert max(pauses) - min(pauses) > timedelta(seconds=60 * SPREAD / 2)
    assert all(abs(pause.total_seconds() - 60) <= 60 * SPREAD / 2 for pause in pauses)


def test_a_supplier_keeps_its_place():
    assert jittered(60, 7) == jittered(60, 7)


@pytest.mark.parametrize("supplier", SUPPLIERS[:5])
def test_whoever_is_away_is_asked_less_and_less_up_to_a_bound(supplier):
    pauses = [pause_after(failures, 60, supplier).total_seconds() for failures in range(1, 30)]
    assert pauses == sorted(pauses)
    assert pauses[0] < FIRST_PAUSE_S * (1 + SPREAD) and pauses[-1] <= LONGEST_PAUSE_S * (1 + SPREAD)
    assert pause_after(10**9, 60, supplier) == pause_after(30, 60, supplier)
    assert pause_after(0, 60, supplier) == jittered(60, supplier)
