"""A registry file by REST: previewed for staff alone, refused with its lines, bounded (issue 5, section 4)."""

from __future__ import annotations

import pytest
from sqlmodel import Session, select

from energo_cabinet.database import get_engine
from energo_cabinet.formats.registry.table import read_registry, template
from energo_cabinet.models import MeteringPoint, RegistryImport, StaffMember, StaffRoleName, User
from tests import cast as make
from tests.api.browser import PASSWORD, anna, browser  # noqa: F401  (fixture)

FILE = "Номер точки;Наименование;Заводской номер;Установлен\nП-1;Гараж;900.0;01.02.2026\n".encode()


@pytest.fixture
def engineer(anna, session):  # noqa: F811
    """A signed-in engineer of a supplier."""
    user = session.exec(select(User).where(User.email == anna)).one()
    works_for = make.supplier(session)
    member = StaffMember(
        user_id=user.id, supplier_id=works_for.id, role=StaffRoleName.ENGINEER, added_at=make.NOW, accepted_at=make.NOW
    )
    session.add(member)
    session.commit()
    client = browser()
    assert client.post("/api/login", data={"email": anna, "password": PASSWORD}).status_code == 303
    return client


def sent(client, data, name="реестр.csv"):
    return client.post("/api/staff/registry-file", files={"file": (name, data)})


def stored():
    with Session(get_engine()) as session:
        return session.exec(select(RegistryImport)).all(), session.exec(select(MeteringPoint)).all()


def test_a_file_is_previewed_and_nothing_written(engineer):
    answer = sent(engineer, FILE)
    assert answer.status_code == 201 and answer.json()["new"] == 1
    assert answer.json()["go"] == f"/staff/registry/import?file={answer.json()['id']}"
    files, points = stored()
    assert (files[0].name, files[0].new, points) == ("реестр.csv", 1, [])


@pytest.mark.parametrize("data", [b"", b"a;b\n1;2\n", b"PK\x03\x04"])
def test_what_is_no_registry_is_refused_with_words(engineer, data):
    answer = sent(engineer, data)
    assert answer.status_code == 422 and answer.json()["lines"][0]["words"]
    assert stored()[0] == []


def test_too_large_a_body_is_given_up(engineer):
    assert sent(engineer, b"point\n" + b"x" * (11 << 20)).status_code in (413, 422)


def test_it_is_for_staff_alone(installation, anna):  # noqa: F811
    client = browser()
    assert sent(client, FILE).status_code == 401
    client.post("/api/login", data={"email": anna, "password": PASSWORD})
    assert sent(client, FILE).status_code == 403
    assert client.get("/api/staff/registry-template.xlsx").status_code == 403


@pytest.mark.parametrize("in_russian", [True, False])
def test_the_template_is_understood_as_it_is(in_russian):
    (row,) = read_registry(template(in_russian, {"point": "1", "serial": "7", "installed_on": "2026-01-15"}))
    assert (row.point, row.serial, row.errors) == ("1", "7", ())


def test_ten_thousand_rows_are_previewed(engineer):
    """Parsed in a process of their own, planned in a thread: the event loop waits for neither."""
    lines = "".join(f"П-{n};Точка {n};{n};01.02.2026\n" for n in range(10_000))
    data = FILE.partition(b"\n")[0] + b"\n" + lines.encode()
    answer = sent(engineer, data)
    assert answer.json()["new"] == 10_000
