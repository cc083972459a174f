"""Passkeys over the wire: cookies, redirects, origins, and what an attacker would send."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from sqlmodel import Session, select

from energo_cabinet import door
from energo_cabinet.auth import rate
from energo_cabinet.auth.login_session import open_session
from energo_cabinet.database import get_engine
from energo_cabinet.models import StaffMember, User
from energo_cabinet.services.sign_in.passkey import add_passkey, begin_adding
from energo_cabinet.settings import get_settings
from tests.api.browser import PASSWORD, browser
from tests.api.browser import anna as anna
from tests.services.sign_in.authenticator import Authenticator
from tests.services.sign_in.scene import visitor

pytestmark = pytest.mark.parametrize("dialect", ["sqlite"], indirect=True)


@pytest.fixture
def passkey(anna):
    """Анна's, added in a session of hers."""
    with Session(get_engine()) as session:
        user = session.exec(select(User).where(User.email == anna)).one()
        token = open_session(session, visitor(datetime.now(UTC)), user, False, get_settings())
        session.commit()
    made = Authenticator()
    options = door.run(door.Caller(sid=token), begin_adding, "Телефон", PASSWORD, "")
    door.run(door.Caller(sid=token), add_passkey, made.makes(options))
    made.sid = token
    rate.forget_all()
    return made


def begins(client, way="sign-in"):
    return client.post(f"/api/passkey/{way}").json()["get"]


def shows(client, passkey, **more):
    return client.post("/api/login/passkey", data={"answer": passkey.signs(begins(client)), **more})


def test_a_passkey_opens_the_session_and_leads_on(passkey):
    client = browser()
    answer = client.post("/api/passkey/sign-in")
    assert answer.headers["cache-control"] == "no-store"
    assert all(flag in answer.headers["set-cookie"] for flag in ("pk=", "HttpOnly", "SameSite=strict", "Path=/"))
    answer = shows(client, passkey, remember="on", next="/bills")
    assert (answer.status_code, answer.headers["location"]) == (303, "/bills")
    assert "Max-Age=2592000" in answer.headers["set-cookie"] and answer.cookies["sid"]
    assert "pk" not in client.cookies


def test_another_browser_cannot_finish_it(passkey):
    signed = passkey.signs(begins(browser()))
    other = browser()
    begins(other)
    for client in (other, browser()):
        answer = client.post("/api/login/passkey", data={"answer": signed})
        assert answer.headers["location"].startswith("/login?error=passkey_") and "sid" not in answer.cookies


def test_next_never_leaves_the_site(passkey):
    assert shows(browser(), passkey, next="//evil.example").headers["location"] == "/overview"


def test_a_copy_stays_disabled_after_the_refusal(passkey):
    """The refusal is committed: also over the wire nothing of it is rolled back."""
    copy = passkey.copied()
    assert shows(browser(), passkey).cookies["sid"]
    assert "error=passkey_copied" in shows(browser(), copy).headers["location"]
    assert "error=passkey_disabled" in shows(browser(), passkey).headers["location"]


def test_a_member_s_password_leads_to_the_passkey(passkey, anna):
    with Session(get_engine()) as session:
        user, at = session.exec(select(User).where(User.email == anna)).one(), datetime.now(UTC)
        known = {"name": "С", "role": "system_admin", "added_at": at, "accepted_at": at}
        session.add(StaffMember(user_id=user.id, **known))
        session.commit()
    client = browser()
    assert shows(client, passkey).headers["location"] == "/login?error=passkey_staff"
    answer = client.post("/api/login", data={"email": anna, "password": PASSWORD, "next": "/staff"})
    assert answer.headers["location"] == "/login/code?by=passkey&passkey=yes&next=%2Fstaff"
    given = {"next": "/staff", "by": "passkey"}
    wrong = client.post("/api/login/code/passkey", data={"answer": "{}", **given})
    assert wrong.headers["location"] == "/login/code?error=passkey_expired&next=%2Fstaff&by=passkey&passkey=yes"
    signed = passkey.signs(begins(client, "second-step"))
    right = client.post("/api/login/code/passkey", data={"answer": signed, **given})
    assert right.headers["location"] == "/staff" and right.cookies["sid"]


def test_proof_is_asked_of_who_is_signed_in(passkey):
    assert browser().post("/api/passkey/proof").status_code == 401
    client = browser()
    client.cookies.set("sid", passkey.sid)
    assert begins(client, "proof")["userVerification"] == "required"


def test_a_second_step_needs_a_first(passkey):
    assert browser().post("/api/passkey/second-step").json()["code"] == "second_step_expired"


PATHS = ("/api/login/passkey", "/api/login/code/passkey")


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("body", [b"", b"answer=\xff%00&next=%00", b"answer[]=1", b"answer=" + b"1" * 60_000])
def test_no_body_breaks_a_form(passkey, path, body):
    client = browser()
    begins(client)
    answer = client.post(path, content=body, headers={"content-type": "application/x-www-form-urlencoded"})
    assert answer.status_code in (303, 422)
    assert browser("https://evil.example").post(path, content=body).status_code == 403


@pytest.mark.parametrize("way", ["sign-in", "second-step", "proof"])
def test_no_other_site_asks(passkey, way):
    assert browser("https://evil.example").post(f"/api/passkey/{way}").status_code == 403
