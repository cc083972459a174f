"""A registry file killed twenty times while it is written: nothing half-written, then all of it once (issue 5.4).

A process that has everything imported forks one writer after the other; each kills itself by SIGKILL at a statement
from the first to the last, or at the commit.
"""

from __future__ import annotations

import pickle
import signal
import subprocess
import sys

import pytest
from sqlmodel import Session, func, select

from energo_cabinet.database import get_engine
from energo_cabinet.formats.registry.table import read_registry
from energo_cabinet.models import (
    AuditEntry,
    LiveEvent,
    Meter,
    MeteringPoint,
    MeterInstallation,
    MeterReading,
    RegistryChange,
    RegistryImport,
)
from energo_cabinet.services.registry.file import preview_registry
from tests import cast as make

pytestmark = pytest.mark.parametrize("dialect", ["sqlite"], indirect=True)
KILLS, ROWS = 20, 30
HEADER = "point;name;contract;serial;installed_on;replaces;replaced_final_kwh;initial_kwh\n"
WRITER = """
import os, pickle, signal, sys
from sqlalchemy import event
from energo_cabinet.database import get_engine, session_scope
from energo_cabinet.services.registry.file import apply_registry

subject, file_id = pickle.loads(bytes.fromhex(sys.argv[1]))
passed = 0

def dies_at(moment):
    def one(*_):
        global passed
        passed += 1
        if passed == moment:
            os.kill(os.getpid(), signal.SIGKILL)
    for name in ("before_cursor_execute", "after_cursor_execute", "commit"):
        event.listen(get_engine(), name, one)

def write(moment):
    dies_at(moment)
    with session_scope() as session:
        apply_registry(session, subject, file_id)
        if not moment:
            session.rollback()
    print(passed, flush=True)
    os._exit(0)

for line in sys.stdin:
    child = os.fork()
    if not child:
        write(int(line))
    print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)
"""


@pytest.fixture
def previewed(session, cast, installation):
    """New points, one with a replacement, ready to be written; what the writer needs to know."""
    meter = make.meter(session, cast.point, model="")
    make.readings(session, cast.point, "T0", [(make.NOW.replace(month=9), 1_000)], meter_id=meter.id)
    lines = [f"П-{n};Точка {n};7638-294-061;{900 + n};01.02.2026;;;" for n in range(ROWS)]
    lines.append("ЛС-061-01;;;800;15.10.2026;41907352;1142,5;7")
    rows = read_registry((HEADER + "\n".join(lines)).encode())
    file = preview_registry(session, cast.grigory, "registry.csv", "x", rows)
    assert file.counts == {"new": ROWS + 1, "changed": 0, "same": 0, "refused": 0}
    session.commit()
    return pickle.dumps((cast.grigory, file.id)).hex()


def held() -> dict[str, object]:
    """What there is, table by table, and the state of the file."""
    tables = (MeteringPoint, Meter, MeterInstallation, MeterReading, RegistryChange, AuditEntry, LiveEvent)
    with Session(get_engine()) as session:
        counts = {table.__name__: session.exec(select(func.count()).select_from(table)).one() for table in tables}
        return counts | {"status": session.exec(select(RegistryImport.status)).one()}


class Writer:
    """Forks writers; `killed_at` 0: written and rolled back, beyond the last moment: written."""

    def __init__(self, told: str) -> None:
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
        self.process = subprocess.Popen([sys.executable, "-c", WRITER, told], **pipes)

    def killed_at(self, moment: int) -> tuple[list[int], int]:
        """How many moments it passed, if it lived to say so; how it ended."""
        self.process.stdin.write(f"{moment}\n")
        self.process.stdin.flush()
        said = [int(self.process.stdout.readline())]
        if said[0] >= 0:
            said.append(int(self.process.stdout.readline()))
        return said[:-1], said[-1]


@pytest.fixture
def writer(previewed):
    """Ends with the test."""
    made = Writer(previewed)
    yield made
    made.process.stdin.close()
    made.process.wait(20)
    made.process.stdout.close()


def test_killed_twenty_times_nothing_is_half_written(writer):
    before = held()
    (moments,), ended = writer.killed_at(0)
    assert (ended, held()) == (0, before)
    for kill in range(1, KILLS + 1):
        assert writer.killed_at(moments * kill // KILLS) == ([], -signal.SIGKILL)
        assert held() == before
    assert writer.killed_at(10**9)[1] == 0
    after = held()
    assert (after["status"], after["MeteringPoint"], after["Meter"]) == ("applied", 1 + ROWS, 2 + ROWS)
    assert (after["MeterInstallation"], after["MeterReading"]) == (2 + ROWS, 3)
