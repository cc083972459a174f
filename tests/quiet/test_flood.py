"""A flooder beside other people's tabs (SECURITY T19…T21; test plan 4)."""

import asyncio
import statistics
import time

from tests.socket.conftest import backend as backend
from tests.socket.tab import Refused, open_tab


async def hydration_times(backend, name, times=8):
    spent = []
    async with open_tab(backend, aid=name * 43) as tab:
        for _ in range(times):
            started = time.perf_counter()
            await tab.hydrate()
            spent.append(time.perf_counter() - started)
    return spent


async def flood(backend, until):
    while not until.is_set():
        try:
            async with open_tab(backend, aid="f" * 43) as tab:
                for _ in range(80):
                    await tab.send("no.such")
                await tab.until(tab.closed.is_set, 2)
        except (Refused, TimeoutError):
            await asyncio.sleep(0.05)


def test_flooder_does_not_slow_others_down_threefold(backend):
    async def of_five():
        found = await asyncio.gather(*(hydration_times(backend, name) for name in "ghijk"))
        return statistics.quantiles([spent for each in found for spent in each], n=20)[-1]

    async def act():
        calm, over = await of_five(), asyncio.Event()
        flooder = asyncio.create_task(flood(backend, over))
        flooded = await of_five()
        over.set()
        await flooder
        return calm, flooded

    calm, flooded = asyncio.run(act())
    assert flooded < max(3 * calm, calm + 0.25)
