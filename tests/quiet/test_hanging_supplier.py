"""A supplier that does not answer: its callers wait a bounded time, everybody else none."""

from __future__ import annotations

import asyncio
import statistics
import time

from energo_cabinet import door
from energo_cabinet.gateways.circuit import AT_ONCE, forget_circuits
from energo_cabinet.services.contract.contract import link_contract, list_contracts
from energo_cabinet.settings import get_settings
from tests.gateways.conftest import running_supplier as running_supplier
from tests.gateways.conftest import supplier as supplier
from tests.gateways.test_fault_matrix import PROMISE_S
from tests.gateways.test_fault_matrix import matrix as matrix
from tests.services.contract.test_login import anna as anna
from tests.services.contract.test_login import connected as connected


def test_nothing_hangs(matrix):
    assert {key: one.seconds for key, one in matrix[0].items() if one.seconds > PROMISE_S} == {}


def test_others_work_as_fast_while_a_supplier_hangs(anna, connected, supplier, monkeypatch):
    """p95 of a customer's page, beside more waiting customers than the door has threads, and without them.

    In turns, ten of each: what else the machine does for a second falls on both.
    """
    monkeypatch.setenv("ENERGO_LIMIT_CONTRACT_IP", "1000/hour")
    get_settings.cache_clear()
    before, beside = asyncio.run(_in_turns(anna, connected, supplier))
    assert statistics.quantiles(beside, n=20)[-1] < 2 * statistics.quantiles(before, n=20)[-1]


async def _in_turns(caller, supplier_id, supplier) -> tuple[list[float], list[float]]:
    before: list[float] = []
    beside: list[float] = []
    await _times(caller, 20)
    for turn in range(10):
        forget_circuits()
        before += await _times(caller, 60)
        beside += await _beside(caller, supplier_id, supplier, turn)
    return before, beside


async def _beside(caller, supplier_id, supplier, turn: int) -> list[float]:
    supplier.fail("timeout")
    given = (link_contract, supplier_id, "Дача")
    waiting = [asyncio.create_task(door.ask(caller, *given, f"guess-{turn}-{n}", "x")) for n in range(20)]
    while sum(task.done() for task in waiting) < len(waiting) - AT_ONCE:  # the others are turned away at once
        await asyncio.sleep(0.01)
    found = await _times(caller, 60)
    hung = sum(not task.done() for task in waiting)
    supplier.heal()
    await asyncio.gather(*waiting, return_exceptions=True)
    assert hung == AT_ONCE
    return found


async def _times(caller, count: int) -> list[float]:
    found = []
    for _ in range(count):
        begun = time.perf_counter()
        await door.ask(caller, list_contracts)
        found.append(time.perf_counter() - begun)
    return found
