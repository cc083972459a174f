"""A worker killed between the supplier's yes and its own mark: the reading is there once, told once (F-5)."""

from __future__ import annotations

import asyncio
import json
import signal
import subprocess
import sys
from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import Session, func, select, update

from energo_cabinet.auth.access import Subject
from energo_cabinet.cli import main
from energo_cabinet.database import get_engine
from energo_cabinet.jobs.deliveries import deliver_to_suppliers
from energo_cabinet.models import MeterReading, Notification, ReadingSubmission, SupplierDelivery
from energo_cabinet.services.reading.submission import ReadingForm, submit_reading
from tests import cast as make

KILLED = """
import os, signal
from energo_cabinet import door
from energo_cabinet.jobs import deliveries
from energo_cabinet.services.supplier.delivery import claim_delivery, hand_over
due = door.run_as_system(claim_delivery)
door.run_as_system(hand_over, due.id)
os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.fixture
def sent(session, cast, installation):
    """Two readings of Анна's, a right one and a doubtful one, waiting to leave; the numbers of their receipts."""
    cast.supplier.reading_first_day, cast.supplier.reading_last_day = 1, 31
    make.meter(session, cast.point, is_smart=False)
    now = datetime.now(UTC)
    make.readings(session, cast.point, "T0", [(now - timedelta(days=30), 4_500_000)])
    numbers = []
    for minutes, value, confirmed in ((2, "4600", False), (1, "4600", True)):
        anna = Subject("customer", now - timedelta(minutes=minutes), user_id=cast.anna.user)
        form = ReadingForm(f"form-{minutes}-000", {"T0": value}, is_confirmed=confirmed)
        numbers.append(submit_reading(session, anna, cast.point.id, form).sent.number)
    session.commit()
    return numbers


def counted(table) -> int:
    with Session(get_engine()) as session:
        return session.exec(select(func.count()).select_from(table)).one()


def expire_leases() -> None:
    with Session(get_engine()) as session:
        session.exec(update(SupplierDelivery).values(leased_until=None))
        session.commit()


def test_killed_worker_doubles_nothing(sent):
    done = subprocess.run([sys.executable, "-c", KILLED], timeout=60)
    assert done.returncode == -signal.SIGKILL
    assert (counted(MeterReading), counted(Notification)) == (2, 0)
    assert asyncio.run(deliver_to_suppliers()) == 0  # leased by the dead, and the second waits behind it
    expire_leases()
    assert asyncio.run(deliver_to_suppliers()) == 2
    assert asyncio.run(deliver_to_suppliers()) == 0
    assert (counted(MeterReading), counted(Notification), counted(ReadingSubmission)) == (2, 1, 2)


def test_suppliers_people_decide_on_the_command_line(sent, capsys):
    asyncio.run(deliver_to_suppliers())
    assert main(["reading", "list"]) == 0
    (waiting,) = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert (waiting["number"], waiting["doubts"]) == (sent[1], ["same"])
    assert main(["reading", "accept", sent[1]]) == 0
    assert main(["reading", "accept", sent[1]]) == 1
    assert main(["reading", "reject", "261121-99999", "--reason", "x"]) == 1
    assert main(["reading", "count", "--supplier", "NEKTA", "--until", "2100-01-01", "--json"]) == 0
    assert '{"counted": 2}' in capsys.readouterr().out
