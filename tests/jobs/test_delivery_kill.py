"""Deliveries to a supplier's real server, the job killed 20 times at random moments: each once, in order (F-5, Н-4)."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import groupby

import pytest
from sqlmodel import Session, col, func, select, update

from energo_cabinet.auth.access import Subject
from energo_cabinet.database import get_engine
from energo_cabinet.models import SupplierDelivery
from energo_cabinet.services.supplier.adoption import adopt
from energo_cabinet.services.supplier.connection import client_for, connect_supplier
from energo_cabinet.services.ticket.ticket import TicketForm, open_ticket, reply
from tests import cast as make
from tests.gateways.demo_supplier import FLAT, HOUSE, PASSWORD, TOKEN, DemoSupplier
from tests.servers import free_port, running

KILLS, LINES = 20, 30
WORKER = """
import asyncio, os, sys, time
from energo_cabinet.jobs.deliveries import deliver_to_suppliers
for _ in sys.stdin:
    child = os.fork()
    if not child:
        while True:
            asyncio.run(deliver_to_suppliers())
            time.sleep(0.01)
    print(child, flush=True)
    os.waitpid(child, 0)
"""
"""Imports once and forks the job anew for every line it reads; the job itself knows nothing of that."""


@pytest.fixture
def supplier(tmp_path):
    """The real server in a process of its own."""
    port, folder = free_port(), tmp_path / "supplier"
    folder.mkdir()
    (folder / "token").write_text(TOKEN)
    call = [sys.executable, "-m", "energo_cabinet", "demo-supplier", "--port", str(port), "--data-dir", str(folder)]
    with running(call, port, "demo supplier", seconds=90):
        yield DemoSupplier(port)


@pytest.fixture
def written(supplier, installation):
    """Two contracts with lines of tickets that wait; the keys of each in their order."""
    installation.set(limit_ticket_user="1000/hour")
    now = datetime.now(UTC)
    with Session(get_engine(), expire_on_commit=False) as session:
        keeper = make.supplier(session, "priozerye", "Приозёрье")
        anna = Subject("customer", now, user_id=make.person(session, "anna@example.org", "Соколова Анна").user)
        connect_supplier(session, Subject("system", now), keeper.code, supplier.url, TOKEN)
        for customer in (FLAT, HOUSE):
            facts = client_for(session, keeper).link(customer.login, PASSWORD)
            contract = adopt(session, Subject("system", now), keeper.id, facts)
            make.link(session, anna, contract)
            card = open_ticket(session, anna, contract.id, TicketForm("other", "Тема", "0", "a@example.org")).card
            for number in range(1, LINES):
                reply(session, anna, card.id, f"{number}")
        session.commit()
        rows = session.exec(select(SupplierDelivery).order_by(SupplierDelivery.contract_id, SupplierDelivery.id)).all()
        return {key: [row.key for row in of] for key, of in groupby(rows, lambda row: row.contract_id)}


def make_due(is_dead: bool = True) -> int:
    """Pauses are over, and the leases of the dead; how many still wait."""
    with Session(get_engine()) as session:
        waiting = col(SupplierDelivery.delivered_at).is_(None)
        past = datetime.now(UTC) - timedelta(days=1)
        over = {"next_try_at": past} | ({"leased_until": None} if is_dead else {})
        # What the dead held is free in a moment; what a living job holds is left to it.
        free = select(SupplierDelivery.id).where(waiting).with_for_update(skip_locked=not is_dead)
        session.exec(
            update(SupplierDelivery).where(col(SupplierDelivery.id).in_(session.exec(free).all())).values(**over)
        )
        session.commit()
    return waits()


def waits() -> int:
    """How many deliveries have not been marked as delivered."""
    query = select(func.count()).select_from(SupplierDelivery).where(col(SupplierDelivery.delivered_at).is_(None))
    with Session(get_engine()) as session:
        return session.exec(query).one()


def kill_again_and_again(supplier, chance: random.Random) -> int:
    """Let the job live for a moment, 20 times, then until everything is delivered; how many waited at the last kill."""
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    with subprocess.Popen([sys.executable, "-c", WORKER], **pipes) as workers:
        for turn in range(KILLS + 1):
            waiting = make_due()
            if turn % 4 == 3:
                supplier.fail(chance.choice(["late-reset", "500", "reset"]), "/tickets", times=2)
            workers.stdin.write("go\n")
            workers.stdin.flush()
            child = int(workers.stdout.readline())
            if turn < KILLS:
                _wait_until(partial(_are_at_most, waiting - chance.randint(0, 3)), 3)
                time.sleep(chance.uniform(0, 0.03))
            else:
                _wait_until(lambda: not make_due(is_dead=False), 60)
            os.kill(child, signal.SIGKILL)
        workers.stdin.close()
    return waiting


def _are_at_most(most: int) -> bool:
    return waits() <= most


def _wait_until(reached: Callable[[], bool], seconds: float) -> None:
    end = time.monotonic() + seconds
    while not reached() and time.monotonic() < end:
        time.sleep(0.005)


def test_kill_9_loses_nothing_doubles_nothing_and_keeps_the_order(supplier, written):
    left = kill_again_and_again(supplier, random.Random(20261122))
    arrived = [item["key"] for item in supplier.submissions()]
    assert len(arrived) == len(set(arrived)) == 2 * LINES
    for keys in written.values():
        assert [key for key in arrived if key in keys] == keys
    assert make_due() == 0
    assert 0 < left < 2 * LINES, "the kills came too early or too late to prove anything"
