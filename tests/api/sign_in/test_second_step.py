"""The second step of sign-in over the wire: forms, cookies, and what an attacker would try (Н-13; ASVS 6.5, 6.6)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pyotp
import pytest
from sqlmodel import Session, select

from energo_cabinet import door
from energo_cabinet.auth import rate
from energo_cabinet.auth.access import Subject
from energo_cabinet.database import get_engine
from energo_cabinet.models import SmsMessage, User
from energo_cabinet.services.sign_in import account
from energo_cabinet.services.sign_in.second_factor import confirm_factor, start_authenticator, start_sms
from tests.api.browser import PASSWORD, browser
from tests.api.browser import anna as anna

pytestmark = pytest.mark.parametrize("dialect", ["sqlite"], indirect=True)


@pytest.fixture
def totp(anna):
    """Анна's authenticator, switched on a while ago."""
    with Session(get_engine()) as session:
        user = session.exec(select(User).where(User.email == anna)).one()
        who = Subject("customer", datetime.now(UTC) - timedelta(minutes=5), user_id=user.id)
        made = pyotp.TOTP(start_authenticator(session, who, PASSWORD).secret)
        made.recovery = confirm_factor(session, who, made.at(who.at))
        session.commit()
    rate.forget_all()
    return made


def sign_in(client, **more):
    return client.post("/api/login", data={"email": "anna@example.org", "password": PASSWORD, **more})


def give(client, code, **more):
    return client.post("/api/login/code", data={"code": code, "by": "totp", **more})


def is_nobody(cookie):
    try:
        door.run(door.Caller(sid=cookie), account.current_user)
    except Exception as error:
        return type(error).__name__ == "NotSignedIn"
    return False


def test_password_leads_to_the_code_and_opens_nothing(totp):
    client = browser()
    answer = sign_in(client, next="/bills")
    assert answer.headers["location"] == "/login/code?by=totp&next=%2Fbills"
    assert "sid" not in answer.cookies
    cookie = answer.headers["set-cookie"]
    assert cookie.startswith("step=") and all(flag in cookie for flag in ("HttpOnly", "SameSite=strict", "Path=/"))
    assert "Max-Age" not in cookie


def test_the_code_opens_the_session_and_leads_on(totp):
    client = browser()
    sign_in(client, remember="on", next="/bills")
    answer = give(client, totp.now(), next="/bills")
    assert answer.headers["location"] == "/bills"
    assert "Max-Age=2592000" in answer.headers["set-cookie"]
    assert not is_nobody(answer.cookies["sid"])
    assert "step" not in client.cookies


def test_the_step_is_no_session(totp):
    client = browser()
    step = sign_in(client).cookies["step"]
    assert is_nobody(step)
    client.cookies.set("sid", step)
    assert client.get("/api/profile/export/1").status_code == 401


def test_another_browser_cannot_finish_it(totp):
    sign_in(browser())
    answer = give(browser(), totp.now())
    assert answer.headers["location"] == "/login?error=second_step_expired"
    assert "sid" not in answer.cookies


def test_a_code_cannot_be_replayed_in_another_browser(totp):
    mine, theirs = browser(), browser()
    for client in (mine, theirs):
        sign_in(client)
    code = totp.now()
    assert give(mine, code).cookies["sid"]
    answer = give(theirs, code)
    assert answer.headers["location"] == "/login/code?error=wrong_second_code&by=totp"
    assert "sid" not in answer.cookies


def test_guessing_ends_at_the_limit_also_for_the_right_code(totp):
    client = browser()
    sign_in(client)
    for number in range(5):
        assert "wrong_second_code" in give(client, f"{number:06d}").headers["location"]
    assert "second_step_expired" in give(client, totp.now()).headers["location"]
    sign_in(client)
    assert "too_many_attempts" in give(client, totp.now()).headers["location"]


def test_a_recovery_code_is_taken_in_the_same_field(totp):
    client = browser()
    sign_in(client)
    assert give(client, totp.recovery[0]).cookies["sid"]


def test_sms_is_sent_again_for_this_browser_only(anna):
    with Session(get_engine()) as session:
        user = session.exec(select(User).where(User.email == anna)).one()
        user.phone, who = "+79120001842", Subject("customer", datetime.now(UTC), user_id=user.id)
        start_sms(session, who, PASSWORD)
        confirm_factor(session, who, session.exec(select(SmsMessage.text)).one()[:6])
        session.commit()
    client = browser()
    assert sign_in(client).headers["location"] == "/login/code?by=sms"
    assert client.post("/api/login/code/send").headers["location"] == "/login/code?done=sent&by=sms"
    assert "second_step_expired" in browser().post("/api/login/code/send").headers["location"]


def test_next_never_leaves_the_site(totp):
    client = browser()
    assert "evil" not in sign_in(client, next="//evil.example").headers["location"]
    assert give(client, totp.now(), next="https://evil.example").headers["location"] == "/overview"


@pytest.mark.parametrize("path", ["/api/login/code", "/api/login/code/send", "/api/email/confirm", "/api/email/undo"])
@pytest.mark.parametrize("body", [b"", b"code=\xff%00&key=%ed%a0%80&undo=%00", b"code[]=1", b"code=" + b"1" * 60_000])
def test_no_body_breaks_a_form(anna, path, body):
    answer = browser().post(path, content=body, headers={"content-type": "application/x-www-form-urlencoded"})
    assert answer.status_code in (303, 422)
    assert browser("https://evil.example").post(path, content=body).status_code == 403
