"""`python -m energo_cabinet staff add` and `audit verify` as an administrator uses them (issue 5, section 1)."""

from __future__ import annotations

import json

import pytest
from sqlalchemy import text
from sqlmodel import Session, select

from energo_cabinet.auth.audit import Actor, append_entry
from energo_cabinet.cli import main
from energo_cabinet.database import get_engine
from energo_cabinet.models import OutboxLetter, StaffMember, User
from tests import cast as make

pytestmark = pytest.mark.parametrize("dialect", ["sqlite"], indirect=True)


@pytest.fixture
def run(installation, capsys):
    """A command; its exit code, the objects it printed, what it complained of. A supplier E is there."""
    with Session(get_engine()) as session:
        session.add(make.supplier(session, "E", "Энергосбыт"))
        session.commit()

    def command(*args: str):
        try:
            code = main([*args, "--json"])
        except SystemExit as ended:  # argparse
            code = ended.code
        said = capsys.readouterr()
        return code, [json.loads(line) for line in said.out.splitlines()], said.err

    return command


def add(run, role="system_admin", *more):
    return run("staff", "add", "--email", "root@example.org", "--name", "Корнев Роман", "--role", role, *more)


def test_the_first_administrator_is_invited_by_letter(run):
    code, (made,), _ = add(run)
    assert (code, made["role"], made["supplier"]) == (0, "system_admin", "")
    with Session(get_engine()) as session:
        member = session.exec(select(StaffMember)).one()
        assert (member.supplier_id, session.get_one(User, member.user_id).email) == (None, "root@example.org")
        assert session.exec(select(OutboxLetter.to_email)).all() == ["root@example.org"]


def test_an_operator_belongs_to_a_supplier(run):
    assert add(run, "operator", "--supplier", "E")[1][0]["supplier"] == "Энергосбыт"


@pytest.mark.parametrize(
    ("role", "more", "code"),
    [
        ("operator", (), 1),
        ("operator", ("--supplier", "Z"), 1),
        ("king", (), 2),
        ("system_admin", ("--supplier", "E"), 1),
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence(run, role, more, code):
    ended, shown, complaint = add(run, role, *more)
    assert (ended, shown) == (code, []) and complaint.strip() and "Traceback" not in complaint
    with Session(get_engine()) as session:
        assert session.exec(select(StaffMember)).all() == []


def written(count: int) -> None:
    with Session(get_engine()) as session:
        for number in range(count):
            append_entry(session, Actor("Громов"), "x", make.NOW, {"number": number})
        session.commit()


def test_an_untouched_journal_holds_and_ends_where_it_was_noted(run):
    written(3)
    code, (found,), _ = run("audit", "verify")
    assert (code, found["entries"], found["holds"]) == (0, 3, True)
    assert run("audit", "verify", "--expect", found["sha256"])[0] == 0
    written(1)
    assert run("audit", "verify", "--expect", found["sha256"])[0] == 1


def test_a_changed_entry_is_found(run):
    written(3)
    with get_engine().begin() as connection:
        connection.execute(text("DROP TRIGGER audit_entry_no_update"))
        connection.execute(text("UPDATE audit_entry SET actor = 'Никто' WHERE id = 2"))
    code, (found,), _ = run("audit", "verify")
    assert (code, found["broken_at"], found["holds"]) == (1, 2, False)
