"""A full or read-only disk, a locked database: reading goes on, sign-in says why it cannot (RC-3b; test plan 16)."""

from __future__ import annotations

import os
import resource
import shutil
import sqlite3
import subprocess
import time
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import event, text
from sqlmodel import update

from energo_cabinet import door
from energo_cabinet.database import PATIENCE_MS, get_engine, session_scope
from energo_cabinet.errors import NotStored
from energo_cabinet.models import LoginSession
from energo_cabinet.services.contract.contract import list_contracts
from energo_cabinet.services.home.frame import frame
from energo_cabinet.services.home.overview import overview
from energo_cabinet.services.person.person import change_name
from energo_cabinet.services.sign_in.user_entry import add_user
from tests.api.browser import PASSWORD, browser

pytestmark = pytest.mark.parametrize("dialect", ["sqlite"], indirect=True)
ANNA = "anna@example.org"


@pytest.fixture
def disk(tmp_path):
    """A small disk of its own where one may be mounted; else a folder in which `full` bounds files."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=16m", "none", str(folder)]
    is_mounted = os.geteuid() == 0 and subprocess.run(mount, capture_output=True, check=False).returncode == 0
    yield folder
    get_engine().dispose()
    if is_mounted:
        subprocess.run(["umount", "-l", str(folder)], check=True)


@pytest.fixture
def caller(disk, sqlite_template, installation):
    """Анна, who signed in and was seen two minutes ago."""
    shutil.copy(sqlite_template, disk / "cabinet.db")
    installation.set(database_url=f"sqlite:///{disk / 'cabinet.db'}")
    get_engine.cache_clear()
    door.run_as_system(add_user, ANNA, PASSWORD, "Соколова Анна")
    client = browser()
    client.post("/api/login", data={"email": ANNA, "password": PASSWORD})
    with session_scope() as session:
        session.exec(update(LoginSession).values(last_seen_at=datetime.now(UTC) - timedelta(minutes=2)))
    return door.Caller(sid=client.cookies["sid"])


@contextmanager
def full(folder):
    """Every byte of the disk is taken."""
    if os.path.ismount(folder):
        with (folder / "rest").open("wb", buffering=0) as rest, pytest.raises(OSError, match="No space"):
            while rest.write(bytes(1 << 16)):
                pass
        yield
        (folder / "rest").unlink()
        return
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1, before[1]))
    yield
    resource.setrlimit(resource.RLIMIT_FSIZE, before)


@contextmanager
def read_only(folder):
    """Every connection meets what it would on a disk that the kernel has made read only."""
    for is_on in (True, False):
        get_engine().dispose()
        get_engine.cache_clear()
        if is_on:
            event.listen(get_engine(), "connect", lambda driver, _record: driver.execute("PRAGMA query_only = ON"))
            yield


@contextmanager
def locked(folder):
    """Somebody holds the only lock for writing."""
    other = sqlite3.connect(folder / "cabinet.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    yield
    other.execute("ROLLBACK")
    other.close()


@pytest.mark.parametrize("trouble", [full, read_only, locked])
def test_reading_goes_on_and_recovers(disk, caller, trouble):
    """`list_contracts` of a session last seen more than a minute ago was an OperationalError, again and again."""
    with trouble(disk):
        begun = time.monotonic()
        for _ in range(3):
            assert door.run(caller, frame).person.email == ANNA
            assert door.run(caller, list_contracts) == []
            door.run(caller, overview)
        assert time.monotonic() - begun < PATIENCE_MS / 2000  # nobody waited for a lock that is held
    door.run(caller, change_name, "Соколова Анна Викторовна")


@pytest.mark.parametrize("trouble", [full, read_only])
def test_sign_in_says_that_nothing_can_be_saved(disk, caller, trouble):
    with trouble(disk):
        client = browser()
        answer = client.post("/api/login", data={"email": ANNA, "password": PASSWORD})
        assert (answer.status_code, answer.headers["location"]) == (303, "/login?error=not_stored")
        with pytest.raises(NotStored):
            door.run(caller, change_name, "Новая")
    answer = client.post("/api/login", data={"email": ANNA, "password": PASSWORD})
    assert answer.headers["location"] == "/overview"


def test_whoever_is_not_waited_for_is_told_the_same(disk, caller):
    def impatient(session, subject):
        session.execute(text("PRAGMA busy_timeout = 0"))
        session.execute(text("UPDATE user_account SET full_name = 'x'"))

    with locked(disk), pytest.raises(NotStored):
        door.run_as_system(impatient)
