"""The delivering process is killed 20 times, anywhere: everybody has one notification and one letter in the end.

A process that has everything imported forks one deliverer after the other, which is what a restarted server does at a
hundredth of the time. Each kills itself by SIGKILL at a statement that a seed chooses, before it runs or after; in
queueing, in a batch, before a commit or behind it.
"""

from __future__ import annotations

import random
import signal
import subprocess
import sys
from collections import Counter
from datetime import UTC, datetime

import pytest
from sqlalchemy import insert
from sqlmodel import Session, func, select

from energo_cabinet.database import get_engine
from energo_cabinet.models import (
    Broadcast,
    BroadcastRecipient,
    BroadcastStatus,
    ContractLink,
    Notification,
    OutboxLetter,
    User,
    UserStatus,
)
from tests import cast as make

PEOPLE, BATCH, KILLS, STATEMENTS = 2000, 25, 20, 75

DELIVERER = """
import asyncio, os, signal, sys
from sqlalchemy import event
from energo_cabinet.database import get_engine
from energo_cabinet.jobs.broadcasts import deliver_broadcasts

def dies_at(statement):
    left = statement
    def one(*_):
        nonlocal left
        left -= 1
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
    for moment in ("before_cursor_execute", "after_cursor_execute", "commit"):
        event.listen(get_engine(), moment, one)

for line in sys.stdin:
    child = os.fork()
    if child == 0:
        dies_at(int(line))
        while asyncio.run(deliver_broadcasts(%d)):
            pass
        os._exit(0)
    print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)
"""


@pytest.fixture
def waiting(session, cast, installation):
    """A broadcast to 2 000 people, due; Анна is one of them."""
    more = range(PEOPLE - 1)
    fixed = {"password_hash": "", "password_changed_at": make.NOW, "created_at": make.NOW, "full_name": "Ж"}
    users = [fixed | {"email": f"{n}@example.org", "status": UserStatus.ACTIVE} for n in more]
    session.execute(insert(User.__table__), users)
    ids = session.exec(select(User.id).where(User.full_name == "Ж")).all()
    links = [{"user_id": user, "contract_id": cast.contract.id, "title": "Х", "linked_at": make.NOW} for user in ids]
    session.execute(insert(ContractLink.__table__), links)
    known = {"author": "Григорий", "kind": "message", "title": "Новость", "text": "Здравствуйте, {name}!"}
    at = {"created_at": make.NOW, "changed_at": make.NOW, "send_at": datetime.now(UTC)}
    session.add(Broadcast(supplier_id=cast.supplier.id, status=BroadcastStatus.SCHEDULED, **known, **at))
    session.commit()


def deliverer():
    call = [sys.executable, "-c", DELIVERER % BATCH]
    return subprocess.Popen(call, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def run_until(process, statement: int) -> int:
    """How the next deliverer ended."""
    process.stdin.write(f"{statement}\n")
    process.stdin.flush()
    return int(process.stdout.readline())


def told() -> int:
    with Session(get_engine()) as session:
        return session.exec(select(func.count()).select_from(Notification)).one()


def test_killed_twenty_times_everybody_is_told_once(waiting):
    chance, progress = random.Random(5), [0]
    with deliverer() as process:
        for _ in range(KILLS):
            assert run_until(process, chance.randint(1, STATEMENTS)) == -signal.SIGKILL
            progress.append(told())
        assert len(set(progress)) - 1 > 0 and progress[-1] < PEOPLE  # it was under way all the time
        assert run_until(process, 10**9) == 0
        process.stdin.close()
    with Session(get_engine()) as session:
        row = session.exec(select(Broadcast)).one()
        assert (row.status, row.queued, row.handled, row.in_cabinet, row.by_email) == ("done", *[PEOPLE] * 4)
        per_person = Counter(session.exec(select(Notification.user_id)))
        assert per_person.keys() == set(session.exec(select(BroadcastRecipient.user_id)))
        assert (len(per_person), set(per_person.values())) == (PEOPLE, {1})
        letters = Counter(session.exec(select(OutboxLetter.to_email)))
        assert (len(letters), set(letters.values())) == (PEOPLE, {1})
