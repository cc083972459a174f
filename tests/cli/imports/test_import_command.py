"""`python -m energo_cabinet import …` as a script uses it."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from sqlmodel import Session, select

from energo_cabinet.cli import main
from energo_cabinet.database import get_engine
from energo_cabinet.models import ImportJob
from energo_cabinet.settings import get_settings
from tests.formats.maket_writer import Channel, maket, register_xml

ROOT = Path(__file__).parents[3]
KEYS = ["file", "format", "points", "channels", "days", "values", "stored", "replaced", "unchanged"]
KEYS += ["total_kwh", "warnings", "errors"]


@pytest.fixture
def database(tmp_path, monkeypatch, sqlite_template):
    """The settings of this process lead to a migrated database of its own."""
    shutil.copy(sqlite_template, tmp_path / "cabinet.db")
    monkeypatch.setenv("ENERGO_DATABASE_URL", f"sqlite:///{tmp_path / 'cabinet.db'}")
    monkeypatch.setenv("ENERGO_DATA_DIR", str(tmp_path))
    for cached in (get_settings, get_engine):
        cached.cache_clear()
    yield
    get_engine().dispose()
    for cached in (get_settings, get_engine):
        cached.cache_clear()


@pytest.fixture
def run(database, capsys):
    """Run a command; a supplier E is there."""

    def command(*args: object, expect: int = 0) -> list[dict]:
        try:
            code = main([str(arg) for arg in args])
        except SystemExit as ended:  # argparse
            code = ended.code or 0
        shown = capsys.readouterr()
        assert code == expect, shown.err
        return [json.loads(row) for row in shown.out.splitlines()] if "--json" in args else [{"text": shown.out}]

    command("supplier", "add", "--code", "E", "--name", "Энергосбыт", "--json")
    return command


@pytest.fixture
def file(tmp_path):
    def write(name: str, data: bytes) -> Path:
        (tmp_path / name).write_bytes(data)
        return tmp_path / name

    return write


def test_one_object_a_file_with_exactly_the_agreed_keys(run, file):
    good, odd = file("good.xml", maket()), file("odd.xml", maket()[:-30])
    first, second = run("import", good, odd, "--supplier", "E", "--create-points", "--json", expect=1)
    assert list(first) == list(second) == KEYS
    assert (first["format"], first["values"], first["stored"], first["total_kwh"]) == ("80020", 48, 48, {"A+": 48.0})
    assert (second["stored"], second["errors"]) != (48, [])
    assert second["errors"][0].startswith("line ")


def test_unknown_points_are_named_and_nothing_is_stored(run, file):
    path = file("a.xml", maket({"5": [Channel()], "6": [Channel()]}))
    (refused,) = run("import", path, "--supplier", "E", "--json", expect=1)
    assert refused["errors"] == ["The supplier has no metering points with these numbers: 5, 6"]
    (stored,) = run("import", path, "--supplier", "E", "--create-points", "--json")
    assert (stored["stored"], stored["unchanged"]) == (96, 0)


def test_a_table_with_options(run, file):
    table = "Точка|Конец|Приём\n9|12.06.2024 00:15|0,4\n9|12.06.2024 00:30|0,4\n".encode("cp1251")
    options = ["--time-column", "Конец", "--point-column", "Точка", "--value-column", "A+=Приём", "--unit", "kw"]
    (shown,) = run("import", file("t.csv", table), "--supplier", "E", "--create-points", "--json", *options)
    assert (shown["format"], shown["total_kwh"], shown["errors"]) == ("csv", {"A+": 0.2}, [])


def test_registers_are_counted_but_not_summed(run, file):
    body = register_xml("77", [("0", "202408130000", "5.5"), ("10", "189912300200", "0")])
    path = file("r.xml", maket(body=body, kind="80020*"))
    (shown,) = run("import", path, "--supplier", "E", "--create-points", "--json")
    assert (shown["format"], shown["values"], shown["total_kwh"]) == ("80020*", 1, {})
    assert "1899-12-30" in shown["warnings"][0]


def test_text_for_people(run, file):
    shown = run("import", file("a.xml", maket()), "--supplier", "E", "--create-points")[0]["text"]
    assert "stored: 48" in shown
    assert "A+ 48.000" in shown


@pytest.mark.parametrize(
    ("args", "code"),
    [
        (["import", "absent.xml", "--supplier", "E"], 1),
        (["import", "absent.xml", "--supplier", "nobody"], 1),
        (["import", "absent.xml", "--supplier", "E", "--zone", "Mars/Base"], 1),
        (["import", "--supplier", "E"], 2),
        (["import", "--help"], 0),
        (["supplier", "add", "--help"], 0),
        (["contract", "add", "--help"], 0),
        (["user", "add", "--help"], 0),
        (["supplier", "add", "--code", "E", "--name", "again"], 1),
    ],
)
def test_wrong_use_ends_with_a_sentence(run, args, code):
    run(*args, expect=code)


def test_a_contract_and_a_user_for_scripts(run, file):
    run("import", file("a.xml", maket({"5": [Channel()]})), "--supplier", "E", "--create-points")
    contract = ["contract", "add", "--supplier", "E", "--number", "1", "--login", "l", "--password", "secret words"]
    assert run(*contract, "--points", "5", "--json")[0]["points"] == 1
    user = ["user", "add", "--email", "a@example.test", "--password", "correct horse", "--name", "Анна"]
    assert run(*user, "--json")[0]["status"] == "active"


def test_as_a_process_of_its_own(database, file):
    """Exit code, JSON lines and a sentence, not a traceback."""
    path = str(file("a.xml", maket()))
    line = [sys.executable, "-m", "energo_cabinet", "import", path, "--supplier", "nobody", "--json"]
    done = subprocess.run(line, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.strip().startswith("There is no supplier with the code nobody")


def test_staff_find_it_in_the_journal_stored_or_refused(run, tmp_path):
    """What the command line stores is no secret from the supplier's staff."""
    good, bad = tmp_path / "80020_good.xml", tmp_path / "80020_bad.xml"
    good.write_bytes(maket({"1": [Channel("01", [1] * 48)]}))
    bad.write_bytes(b"<message")
    run("import", good, "--supplier", "E", "--create-points", "--json")
    run("import", bad, "--supplier", "E", "--json", expect=1)
    with Session(get_engine()) as session:
        jobs = session.exec(select(ImportJob).order_by(ImportJob.id)).all()
    assert [(job.name, job.way, job.status) for job in jobs] == [
        ("80020_good.xml", "command", "done"),
        ("80020_bad.xml", "command", "refused"),
    ]
    assert (jobs[0].points, jobs[0].stored, jobs[1].refused) == (1, 48, 1)
