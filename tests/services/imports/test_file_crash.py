"""SECURITY test 14 in small: an import process killed at any moment leaves whole files or nothing."""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
import zipfile
from datetime import date, timedelta
from pathlib import Path

from energo_cabinet.auth.access import Subject
from energo_cabinet.database import make_engine, session_scope
from energo_cabinet.services.supplier.supplier import add_supplier
from tests.cast import NOW
from tests.formats.maket_writer import large_maket

ROOT = Path(__file__).parents[3]
KILLS = 4
VALUES = 3744 * 3


def archive(path: Path, month: int) -> Path:
    """Three days of 28 points: one file, stored whole or not at all."""
    with zipfile.ZipFile(path, "w") as made:
        for n in range(3):
            day = date(2024, month, 1) + timedelta(days=n)
            made.writestr(f"{day}.xml", large_maket(day.strftime("%Y%m%d"), n))
    return path


def stored_by_month(database: Path) -> tuple[list[int], str]:
    """Values per month stored, and SQLite's own verdict."""
    with sqlite3.connect(database) as connection:
        verdict = connection.execute("PRAGMA quick_check").fetchone()[0]
        rows = connection.execute(
            "SELECT sum(n) FROM profile_day GROUP BY strftime('%m', day * 86400, 'unixepoch')"
        ).fetchall()
    return [row[0] for row in rows], verdict


def test_a_killed_import_leaves_nothing_half_written(tmp_path, monkeypatch, sqlite_template):
    database = tmp_path / "c.db"
    shutil.copy(sqlite_template, database)
    engine = make_engine(f"sqlite:///{database}")
    with session_scope(engine) as session:
        add_supplier(session, Subject("system", NOW), "E", "E", "Europe/Moscow")
    engine.dispose()
    monkeypatch.setenv("ENERGO_DATABASE_URL", f"sqlite:///{database}")
    files = [str(archive(tmp_path / f"{month}.zip", month)) for month in range(1, 13)]
    command = [sys.executable, "-m", "energo_cabinet", "import", *files, "--supplier", "E", "--create-points", "--json"]
    for told in range(KILLS):
        with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE) as running:
            for _ in range(told):
                running.stdout.readline()
            time.sleep(0.03 * told)  # not a wait for anything: another moment to die at
            os.kill(running.pid, signal.SIGKILL)
        months, verdict = stored_by_month(database)
        assert (verdict, set(months) <= {VALUES}, len(months) >= told) == ("ok", True, True)
