"""Forms of the staff: a sheet shown once, a customer's eyes lent and given back, by cookie alone."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import select

from energo_cabinet import door
from energo_cabinet.models import AuditEntry, Contract, LoginSession, StaffMember, StaffRoleName
from energo_cabinet.services.home.frame import frame
from energo_cabinet.services.person.person import change_name
from energo_cabinet.services.staff.frame import staff_frame
from tests import cast as make
from tests.api.energy.test_download import as_person, client  # noqa: F401  (fixtures)


@pytest.fixture
def operator(session, cast, as_person):  # noqa: F811
    """Григорий's browser, as an operator with his second factor in place of the demo's leave."""
    session.get(StaffMember, cast.grigory.member.member_id).role = StaffRoleName.OPERATOR
    return as_person(cast.grigory)


def sid(browser) -> door.Caller:
    return door.Caller(sid=browser.cookies["sid"])


def sheet(browser, cast, issue=0, **more):
    return browser.post("/staff/sheet", data={"contract_id": cast.contract.id, "issue": issue, **more})


def test_a_sheet_comes_once(session, cast, operator):
    first = sheet(operator, cast)
    (password,) = re.findall(r"id=password>([^<]+)<", first.text)
    again = sheet(operator, cast)
    assert (first.status_code, again.status_code) == (200, 409)
    assert "Пароль нигде не хранится" in again.text and password not in again.text
    session.expire_all()
    assert session.get(Contract, cast.contract.id).credentials_issue == 1
    assert password not in repr([entry.model_dump() for entry in session.exec(select(AuditEntry))])


def test_a_sheet_escapes_what_people_wrote(session, cast, operator):
    cast.contract.customer_name = "<script>alert(1)</script>"
    session.add(cast.contract)
    session.commit()
    page = sheet(operator, cast).text
    assert "<script>" not in page and "&lt;script&gt;" in page


@pytest.mark.parametrize("who", ["anna", "darya"])
def test_nobody_else_gets_a_sheet(cast, as_person, who):  # noqa: F811
    answer = sheet(as_person(getattr(cast, who)), cast)
    assert answer.status_code in (403, 404) and "id=password" not in answer.text


def test_the_view_is_lent_and_given_back(cast, operator):
    begun = operator.post("/staff/view", data={"customer_id": cast.anna.user}, follow_redirects=False)
    assert (begun.status_code, begun.headers["location"]) == (303, "/overview")
    seen = door.run(sid(operator), frame)
    assert (seen.is_view, seen.person.id) == (True, cast.anna.user)
    assert door.run(sid(operator), staff_frame).person.id == cast.grigory.user_id
    with pytest.raises(Exception, match="view_is_read_only"):
        door.run(sid(operator), change_name, "Взлом")
    ended = operator.post("/staff/view/end", follow_redirects=False)
    assert ended.headers["location"] == f"/staff/customers/{cast.contract.id}"
    assert door.run(sid(operator), frame).is_view is False


def test_the_view_ends_by_itself(session, cast, operator):
    operator.post("/staff/view", data={"customer_id": cast.anna.user}, follow_redirects=False)
    login = session.exec(select(LoginSession).where(LoginSession.user_id == cast.grigory.user_id)).one()
    assert timedelta(minutes=29) < login.viewing_until - datetime.now(UTC) <= timedelta(minutes=30)
    login.viewing_until = datetime.now(UTC) - timedelta(seconds=1)
    session.add(login)
    session.commit()
    assert door.run(sid(operator), frame).person.id == cast.grigory.user_id


def test_strangers_are_not_shown(session, cast, operator):
    for customer in (cast.boris.user, cast.darya.user_id, 10**12, -1):
        assert operator.post("/staff/view", data={"customer_id": customer}).status_code in (404, 422)
    assert make.NOW and door.run(sid(operator), frame).is_view is False
