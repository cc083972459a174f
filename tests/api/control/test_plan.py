"""A plan's file by REST: taken whole or refused with its lines; the comparison as CSV (F-7)."""

from __future__ import annotations

import csv
import io
from datetime import date

import pytest
from sqlmodel import Session, select

from energo_cabinet.auth.access import Subject
from energo_cabinet.database import get_engine
from energo_cabinet.models import PlanDay, User
from energo_cabinet.services.control.plan import save_plan
from tests import cast as make
from tests.api.browser import PASSWORD, anna, browser  # noqa: F401  (fixture)

HEAD = "Дата;Час;План, кВт·ч\n"
WHOLE = (HEAD + "".join(f"21.11.2026;{h};1,5\n" for h in range(1, 25))).encode("utf-8-sig")


@pytest.fixture
def flat(anna, session):  # noqa: F811
    """Анна, signed in, with a point; its id."""
    user = session.exec(select(User).where(User.email == anna)).one()
    home = make.contract(session, make.supplier(session))
    make.link(session, Subject("customer", make.NOW, user_id=user.id), home)
    point = make.point(session, home)
    make.day(session, make.series(session, point), date(2026, 11, 21))
    session.commit()
    client = browser()
    assert client.post("/api/login", data={"email": anna, "password": PASSWORD}).status_code == 303
    return client, point.id


def sent(client, point, data, name="план.csv"):
    return client.post(f"/api/plan-file?point={point}", files={"file": (name, data)})


def stored():
    with Session(get_engine()) as session:
        return len(session.exec(select(PlanDay)).all())


def test_a_file_is_taken(flat):
    answer = sent(*flat, WHOLE)
    assert (answer.status_code, answer.json()["days"], answer.json()["first"]) == (201, 1, "2026-11-21")
    assert sent(*flat, WHOLE).json()["changed"] == 0


def test_wrong_lines_are_told_and_nothing_is_taken(flat):
    lines = WHOLE.decode("utf-8-sig").splitlines()
    lines[3] = "21.11.2026;3;abc"
    answer = sent(*flat, "\n".join(lines).encode())
    assert answer.status_code == 422 and answer.json()["title"] == "Файл не принят, ничего не изменилось."
    assert answer.json()["lines"] == [{"line": 4, "words": "«abc» — не число"}]
    assert stored() == 0


@pytest.mark.parametrize(("size", "status"), [(5 << 20, 413), ((2 << 20) + 1, 413)])
def test_large_files_are_refused(flat, size, status):
    assert sent(*flat, b"1" * size).status_code == status


def test_strangers_and_visitors_are_refused_before_anything_is_read(flat):
    client, point = flat
    assert sent(browser(), point, WHOLE).status_code == 401
    assert [sent(client, wrong, WHOLE).status_code for wrong in (9999, 0, "x")] == [404, 422, 422]
    assert client.post("/api/plan-file", files={"file": ("a", WHOLE)}).status_code == 404
    assert client.post(f"/api/plan-file?point={point}", data={"x": "y"}).status_code == 422
    assert stored() == 0


def test_the_comparison_as_a_table(flat, session):
    client, point = flat
    user = session.exec(select(User)).first()
    asked = Subject("customer", make.NOW, user_id=user.id)
    save_plan(session, asked, date(2026, 11, 21), ["0.1"] * 24, (), point_id=point)
    session.commit()
    answer = client.get(f"/api/plan-fact.csv?point={point}&first=2026-11-21&last=2026-11-21")
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))
    assert rows[0][2:6] == ["План, кВт·ч", "Факт, кВт·ч", "Отклонение, кВт·ч", "Отклонение, %"]
    assert rows[1][2:8] == ["0,1", "0,2", "0,1", "100", "0,1", "Выше коридора"] and len(rows) == 25
