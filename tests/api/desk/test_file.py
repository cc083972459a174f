"""Files and drafts of the desk through the edge: who gets them, who does not, what is refused (issue 5, «Queue»)."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from sqlmodel import select

from energo_cabinet import settings
from energo_cabinet.auth.login_session import open_session
from energo_cabinet.models import Attachment, AuditEntry, StaffRoleName, Ticket, TicketDraft, User
from energo_cabinet.services.desk.thread import desk_ticket
from energo_cabinet.services.desk.writing import answer, note
from energo_cabinet.services.ticket.ticket import open_ticket
from tests import cast as make
from tests.api.browser import browser
from tests.services.ticket.scene import FORM

pytestmark = pytest.mark.parametrize("dialect", ["sqlite"], indirect=True)
PDF = "%PDF-1.7\nакт поверки".encode()


@pytest.fixture
def enter(session, installation):
    """Sign somebody in at a browser of his own."""

    def sign_in(who, **options):
        client = browser(**options)
        now = type(who)("customer", datetime.now(UTC), user_id=who.user_id)
        token = open_session(session, now, session.get(User, who.user_id), False, settings.get_settings())
        session.commit()
        client.cookies.set("sid", token)
        return client

    return sign_in


@pytest.fixture
def engineer(session, cast):
    """Of Анна's supplier, without the desk."""
    return make.staff(session, "e@example.org", "Журавлёв Глеб", cast.supplier, StaffRoleName.ENGINEER)


@pytest.fixture
def ticket(session, cast):
    """Анна's ticket."""
    return open_ticket(session, cast.anna, cast.contract.id, FORM).card.id


def upload(client, content=PDF, name="акт.pdf"):
    return client.post("/api/attachments?purpose=ticket", files={"file": (name, content)})


def answered(session, cast, ticket, files) -> None:
    session.expire_all()
    answer(session, cast.grigory, ticket, session.get(Ticket, ticket).version, "Акт приложен", files)
    session.commit()


def drafts(session):
    session.expire_all()
    return [(row.user_id, row.fields["text"]) for row in session.exec(select(TicketDraft))]


def test_a_file_of_an_answer_reaches_the_customer(session, enter, cast, ticket):
    number = upload(enter(cast.grigory)).json()["id"]
    anna = enter(cast.anna)
    assert anna.get(f"/api/attachments/{number}").status_code == 404
    answered(session, cast, ticket, [number])
    for client, address in ((anna, "attachments"), (enter(cast.grigory), "staff/attachments")):
        given = client.get(f"/api/{address}/{number}")
        assert (given.status_code, given.content) == (200, PDF)
        assert "sandbox" in given.headers["content-security-policy"]
        assert given.headers["content-disposition"].startswith("attachment;")
    entry = session.exec(select(AuditEntry).where(AuditEntry.action == "ticket.open_file")).one()
    assert json.loads(entry.details)["name"] == "акт.pdf"


def test_a_file_of_the_customer_reaches_the_desk(session, enter, cast):
    number = upload(enter(cast.anna)).json()["id"]
    operator = enter(cast.grigory)
    assert operator.get(f"/api/staff/attachments/{number}").status_code == 404
    open_ticket(session, cast.anna, cast.contract.id, replace(FORM, attachment_ids=(number,)))
    session.commit()
    assert operator.get(f"/api/staff/attachments/{number}").content == PDF


def test_nobody_else_gets_it(session, enter, cast, engineer, ticket):
    number = upload(enter(cast.grigory)).json()["id"]
    answered(session, cast, ticket, [number])
    places = {"staff/": [(cast.anna, 403), (cast.boris, 403), (engineer, 403), (cast.darya, 404)]}
    places[""] = [(cast.boris, 404), (engineer, 404), (cast.darya, 404)]
    for place, people in places.items():
        assert browser().get(f"/api/{place}attachments/{number}").status_code == 401
        for who, wanted in people:
            refused = enter(who).get(f"/api/{place}attachments/{number}")
            assert (refused.status_code, PDF in refused.content) == (wanted, False)


def test_what_is_written_for_colleagues_brings_the_customer_nothing(session, enter, cast, ticket):
    """A note carries no file; what was uploaded beside it stays its owner's alone."""
    number = upload(enter(cast.grigory)).json()["id"]
    note(session, cast.grigory, ticket, "Смотрите акт")
    session.commit()
    assert enter(cast.anna).get(f"/api/attachments/{number}").status_code == 404
    assert enter(cast.grigory).get(f"/api/staff/attachments/{number}").status_code == 404
    assert session.exec(select(Attachment)).one().record is None


@pytest.mark.parametrize("wrong", [0, -1, 2**70, 999_999, "x", "../../secret.key"])
def test_ids_that_are_none(enter, cast, ticket, wrong):
    assert enter(cast.grigory).get(f"/api/staff/attachments/{wrong}").status_code in {404, 422}


def test_a_file_of_a_reading_is_none_of_the_desk(session, enter, cast):
    number = upload(enter(cast.anna)).json()["id"]
    row = session.exec(select(Attachment)).one()
    row.record, row.contract_id = "reading 1", cast.contract.id
    session.commit()
    assert enter(cast.grigory).get(f"/api/staff/attachments/{number}").status_code == 404


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"<svg/>", "attachment_type_ticket"),
        (b"", "attachment_empty"),
        (b"MZ", "attachment_type_ticket"),
    ],
)
def test_staff_send_no_other_kinds_either(enter, cast, content, code):
    refused = upload(enter(cast.grigory), content)
    assert (refused.status_code, refused.json()["code"]) == (422, code)


def test_staff_send_nothing_large_and_nothing_from_elsewhere(session, enter, cast):
    assert upload(enter(cast.grigory), PDF + bytes(11 << 20)).status_code == 413
    assert upload(enter(cast.grigory, origin="https://evil.example")).status_code == 403
    assert upload(enter(cast.grigory, origin=None)).status_code == 403
    assert session.exec(select(Attachment)).all() == []


def test_a_draft_is_kept_for_its_author_and_cut_when_endless(session, enter, cast, ticket):
    key = desk_ticket(session, cast.grigory, ticket).draft_key
    operator, address = enter(cast.grigory), f"/api/staff/tickets/drafts/{ticket}"
    assert operator.post(address, data={"key": key, "text": "Уже едем"}).status_code == 204
    assert drafts(session) == [(cast.grigory.user, "Уже едем")]
    assert operator.post(address, data={"key": "used-up", "text": "Позже"}).status_code == 409
    assert operator.post(address, data={"key": key, "text": "я" * 9000}).status_code == 204
    assert len(drafts(session)[0][1]) == 8000
    assert operator.post(address, data={"key": key, "text": "x" * 70_000}).status_code == 413
    assert operator.post(address, content=b"\xff\xfe", headers={"content-type": "text/html"}).status_code == 409


def test_an_answer_uses_its_draft_up(session, enter, cast, ticket):
    key = desk_ticket(session, cast.grigory, ticket).draft_key
    operator, address = enter(cast.grigory), f"/api/staff/tickets/drafts/{ticket}"
    operator.post(address, data={"key": key, "text": "Уже едем"})
    answered(session, cast, ticket, [])
    assert operator.post(address, data={"key": key, "text": "Уже едем"}).status_code == 409
    assert drafts(session) == []


def test_nobody_else_keeps_a_draft(session, enter, cast, engineer, ticket):
    data = {"key": desk_ticket(session, cast.grigory, ticket).draft_key, "text": "Чужое"}
    address = f"/api/staff/tickets/drafts/{ticket}"
    people = [(cast.anna, 403), (cast.boris, 403), (engineer, 403), (cast.darya, 404)]
    assert browser().post(address, data=data).status_code == 401
    assert [enter(who).post(address, data=data).status_code for who, _ in people] == [code for _, code in people]
    for origin in ("https://evil.example", None):
        assert enter(cast.grigory, origin=origin).post(address, data=data).status_code == 403
    for wrong in (0, 2**70, 999_999):
        assert enter(cast.grigory).post(f"/api/staff/tickets/drafts/{wrong}", data=data).status_code == 404
    assert drafts(session) == []
