"""Uploads of measured values by staff and by machines, as they and as attackers send them (issue 5, «Imports»)."""

from __future__ import annotations

import csv
import io

import pytest
from sqlmodel import Session, select

from energo_cabinet import door
from energo_cabinet.database import get_engine
from energo_cabinet.models import ImportJob, MeteringPoint, StaffMember, StaffRoleName, Supplier, User
from energo_cabinet.services.imports.token import add_token
from energo_cabinet.services.sign_in.user_entry import add_user
from energo_cabinet.services.supplier.supplier import add_supplier
from tests import cast as make
from tests.api.browser import PASSWORD, browser
from tests.formats.maket_writer import Channel, maket
from tests.imports import work_off

pytestmark = pytest.mark.parametrize("dialect", ["sqlite"], indirect=True)


@pytest.fixture
def glavny(installation):
    """An engineer of the supplier E, signed in; `point` makes points."""
    door.run_as_system(add_supplier, "E", "Энергосбыт", "Europe/Moscow")
    door.run_as_system(add_user, "eng@example.org", PASSWORD, "Журавлёв Глеб")
    with Session(get_engine()) as session:
        of, user = session.exec(select(Supplier)).one(), session.exec(select(User)).one()
        session.add(
            StaffMember(
                user_id=user.id,
                supplier_id=of.id,
                role=StaffRoleName.ENGINEER,
                added_at=make.NOW,
                accepted_at=make.NOW,
                name="Журавлёв Глеб",
            )
        )
        session.commit()
    client = browser()
    client.post("/api/login", data={"email": "eng@example.org", "password": PASSWORD})
    return client


def has_point(*numbers: str) -> None:
    with Session(get_engine()) as session:
        of = session.exec(select(Supplier)).one()
        session.add_all(MeteringPoint(supplier_id=of.id, number=number, name=number) for number in numbers)
        session.commit()


def upload(client, data, name="день.xml", **options):
    return client.post("/api/staff/imports", params={"name": name, **options}, content=data)


def jobs() -> list[ImportJob]:
    with Session(get_engine()) as session:
        return session.exec(select(ImportJob).order_by(ImportJob.id)).all()


def files(installation):
    return [path for path in (installation.data_dir / "imports").rglob("*") if path.is_file()]


def one(*numbers: str) -> bytes:
    return maket({number: [Channel()] for number in numbers})


def test_a_file_is_queued_whole_and_worked_off(glavny, installation):
    has_point("5")
    answer = upload(glavny, one("5", "6"))
    assert (answer.status_code, answer.json()["name"]) == (202, "день.xml")
    assert [path.read_bytes() for path in files(installation)] == [one("5", "6")]
    assert (jobs()[0].status, jobs()[0].sender, work_off()) == ("waiting", "Журавлёв Глеб", 1)
    assert (jobs()[0].status, jobs()[0].stored, jobs()[0].refused) == ("partial", 48, 48)


def test_refused_rows_are_a_table(glavny):
    table = "прибор;дата;показание\n=cmd|' /C calc'!A0;01.11.2026;5\n77;01.11.2026;-1\n".encode()
    number = upload(glavny, table, "п.csv").json()["id"]
    work_off()
    given = glavny.get(f"/api/staff/imports/{number}/refusals.csv")
    rows = list(csv.reader(io.StringIO(given.content.decode("utf-8-sig")), delimiter=";"))
    assert [row[1] for row in rows] == ["Строка", "2", "3"]
    assert not any(cell.startswith("=") for row in rows for cell in row)
    assert given.headers["content-disposition"].startswith("attachment")


def test_who_may_not_send_leaves_nothing(glavny, installation):
    door.run_as_system(add_user, "anna@example.org", PASSWORD, "Соколова Анна")
    anna = browser(ip="192.0.2.7")
    anna.post("/api/login", data={"email": "anna@example.org", "password": PASSWORD})
    glavny.headers["origin"] = "https://evil.example"
    codes = [upload(client, one("5")).status_code for client in (browser(), anna, glavny)]
    assert codes == [401, 403, 403]
    assert (jobs(), files(installation)) == ([], [])


@pytest.mark.parametrize("is_declared", [True, False])
def test_a_file_over_the_limit_is_refused_and_leaves_nothing(glavny, installation, is_declared):
    installation.set(import_max_mb=1)
    data = bytes(1_500_000)
    sent = data if is_declared else iter([data[:700_000], data[700_000:]])
    answer = upload(glavny, sent)
    assert (answer.status_code, answer.json()["code"]) == (413, "import_too_large")
    assert (jobs(), files(installation)) == ([], [])


def test_nonsense_is_named(glavny):
    assert upload(glavny, b"").json()["code"] == "import_empty"
    answer = upload(glavny, one("5"), stamp="middle", unit="apples")
    assert (answer.status_code, set(answer.json()["fields"])) == (422, {"stamp", "unit"})
    assert upload(glavny, one("5"), zone="Mars/Olympus").json()["code"] == "unknown_zone"
    assert upload(glavny, one("5"), name="../../../etc/passwd").json()["name"] == "passwd"


@pytest.fixture
def machine(glavny):
    """A program without cookies that holds a token."""
    made = door.run_as_system(add_token, "E", "Опрос")
    client = browser(origin=None, ip="192.0.2.9")
    client.headers["authorization"] = f"Bearer {made.token}"
    return client


@pytest.mark.parametrize("is_form", [True, False])
def test_a_machine_leaves_a_file_and_asks_for_its_outcome(machine, is_form):
    has_point("5")
    body = {"files": {"file": ("a.xml", one("5", "6"))}} if is_form else {"content": one("5", "6")}
    answer = machine.post("/api/v1/drop?name=a.xml", **body)
    assert (answer.status_code, answer.json()["status"]) == (202, "waiting")
    where = answer.headers["location"]
    assert work_off() == 1
    found = machine.get(where).json()
    assert (found["status"], found["name"], found["stored"], found["refused"]) == ("partial", "a.xml", 48, 48)
    assert (found["refusals"][0]["code"], found["refusals"][0]["line"] > 0) == ("unknown_point", True)


def test_a_machine_without_a_good_token_gets_a_problem(machine, installation):
    for authorization in ("Bearer imp_wrong", "Basic x", ""):
        machine.headers["authorization"] = authorization
        answer = machine.post("/api/v1/drop", content=one("5"))
        assert (answer.status_code, answer.headers["content-type"]) == (401, "application/problem+json")
        assert machine.get("/api/v1/drop/1").status_code == 401
    assert (jobs(), files(installation)) == ([], [])


def test_a_machine_is_bounded_too(machine, installation):
    installation.set(import_max_mb=1, limit_import_token="3/minute")
    assert machine.post("/api/v1/drop", content=bytes(1_500_000)).status_code == 413
    assert machine.post("/api/v1/drop", content=b"").json()["code"] == "import_empty"
    assert machine.post("/api/v1/drop", content=bytes(9 << 20)).status_code == 413
    answers = [machine.post("/api/v1/drop", content=one("5")) for _ in range(3)]
    assert "Retry-After" in answers[-1].headers
    assert answers[-1].status_code == 429
