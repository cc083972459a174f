"""`python -m energo_cabinet import-token …`: a token is shown once, kept as a digest, opens nothing once revoked."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest
from sqlmodel import Session, select

from energo_cabinet.auth.login_session import sha256
from energo_cabinet.cli import main
from energo_cabinet.database import get_engine
from energo_cabinet.models import ImportToken
from tests import cast as make
from tests.api.browser import browser
from tests.cli.imports.test_import_command import ROOT
from tests.formats.maket_writer import Channel, maket

pytestmark = pytest.mark.parametrize("dialect", ["sqlite"], indirect=True)


@pytest.fixture
def run(installation, capsys):
    """The command; its exit code, the objects it printed and what it complained of. Suppliers E and F are there."""
    with Session(get_engine()) as session:
        session.add_all(make.supplier(session, code, code) for code in "EF")
        session.commit()

    def command(*args: object):
        try:
            code = main(["import-token", *map(str, args), "--json"])
        except SystemExit as ended:  # argparse
            code = ended.code
        said = capsys.readouterr()
        return code, [json.loads(line) for line in said.out.splitlines()], said.err

    return command


def issued(run) -> dict:
    code, (made,), _ = run("add", "--supplier", "E", "--name", "Опрос АСКУЭ")
    assert code == 0
    return made


def left(token: str) -> int:
    """What a machine with this token is answered."""
    client = browser(origin=None)
    client.headers["authorization"] = f"Bearer {token}"
    return client.post("/api/v1/drop?name=a.xml", content=maket({"5": [Channel()]})).status_code


def test_a_token_is_shown_once_and_kept_as_a_digest(run, installation):
    made = issued(run)
    _, (entry,), _ = run("list", "--supplier", "E")
    assert (entry["id"], entry["name"], entry["ending"]) == (made["id"], "Опрос АСКУЭ", made["token"][-4:])
    assert made["token"] not in json.dumps(entry)
    with Session(get_engine()) as session:
        row = session.exec(select(ImportToken)).one()
    assert row.token_sha256 == sha256(made["token"]) and made["token"] not in repr(row.model_dump())
    kept = (path.read_bytes() for path in installation.data_dir.parent.rglob("cabinet.db*"))
    assert not any(made["token"].encode() in data for data in kept)


def test_it_opens_the_drop_until_it_is_revoked(run):
    made = issued(run)
    assert left(made["token"]) == 202
    assert run("list", "--supplier", "E")[1][0]["last_used"]
    assert run("revoke", made["id"])[:2] == (0, [{"revoked": "Опрос АСКУЭ"}])
    assert left(made["token"]) == 401
    assert run("list", "--supplier", "E")[:2] == (0, [])


def test_tokens_are_a_suppliers_own(run):
    issued(run)
    assert run("list", "--supplier", "F")[:2] == (0, [])


@pytest.mark.parametrize(
    ("args", "code", "words"),
    [
        (["add", "--supplier", "Z", "--name", "x"], 1, "There is no supplier with the code Z"),
        (["add", "--supplier", "E", "--name", " "], 1, "name"),
        (["add", "--supplier", "E"], 2, "--name"),
        (["list", "--supplier", "Z"], 1, "There is no supplier with the code Z"),
        (["revoke", "77"], 1, ""),
        (["revoke", "x"], 2, "id"),
        ([], 2, "action"),
    ],
)
def test_wrong_use_ends_with_a_sentence(run, args, code, words):
    ended, shown, complaint = run(*args)
    assert (ended, shown) == (code, [])
    assert words in complaint and complaint.strip() and "Traceback" not in complaint


def test_a_revoked_token_cannot_be_revoked_again(run):
    made = issued(run)
    assert [run("revoke", made["id"])[0] for _ in range(2)] == [0, 1]


def test_as_a_process_of_its_own(run, installation, engine):
    """The words people see: the token itself on standard output, nothing else of it anywhere."""
    call = [sys.executable, "-m", "energo_cabinet", "import-token", "add", "--supplier", "E", "--name", "Шлюз"]
    environment = os.environ | {"ENERGO_DATA_DIR": str(installation.data_dir)}
    done = subprocess.run(call, cwd=ROOT, env=environment, capture_output=True, text=True, check=True)
    assert (done.stdout.count("imp_"), done.stderr) == (1, "")
    token = next(word for word in done.stdout.split() if word.startswith("imp_"))
    assert left(token) == 202
