"""A job that cannot be made or fails is alone with it, and is seen (RC-3 3a)."""

from __future__ import annotations

import asyncio

import pytest

from energo_cabinet.jobs import health
from energo_cabinet.jobs.rounds import AFTER_FAULT_S, Job, _round

pytestmark = pytest.mark.usefixtures("installation")


@pytest.fixture(autouse=True)
def nothing_known():
    health.health.clear()


def of(name, make):
    return Job(name, make, pause_s=1.0, lease_s=30)


async def fails():
    raise ZeroDivisionError


def cannot_be_made():
    raise ValueError("an SMS gateway beyond this machine needs https")


def test_what_cannot_be_made_or_fails_is_alone_with_it(caplog):
    """ENERGO_SMS_URL=http://… stopped all thirteen jobs, with one traceback at the start."""
    done = []

    async def works():
        done.append(1)

    async def everything():
        jobs = (of("sms", cannot_be_made), of("limits", lambda: fails), of("outbox", lambda: works))
        return await asyncio.gather(*(_round(job, "owner", None) for job in jobs))

    pauses = [pause for _, pause in asyncio.run(everything())]
    assert (pauses, done) == ([AFTER_FAULT_S, AFTER_FAULT_S, 1.0], [1])
    assert health.failing() == {"limits": "ZeroDivisionError", "sms": "ValueError"}


def test_the_same_fault_is_logged_once_and_not_every_round(caplog):
    async def rounds():
        for _ in range(20):
            await _round(of("limits", lambda: fails), "owner", None)

    asyncio.run(rounds())
    assert caplog.text.count("background work failed: limits") == 1
    assert health.health["limits"].failed == 20


def test_what_recovers_is_no_longer_failing():
    async def works():
        pass

    asyncio.run(_round(of("limits", lambda: fails), "owner", None))
    asyncio.run(_round(of("limits", lambda: works), "owner", None))
    assert health.failing() == {} and health.health["limits"].done == 1


def test_what_was_made_is_made_once():
    made = []

    def make():
        made.append(1)
        return fails

    async def rounds():
        work = None
        for _ in range(3):
            work, _ = await _round(of("outbox", make), "owner", work)

    asyncio.run(rounds())
    assert made == [1]
