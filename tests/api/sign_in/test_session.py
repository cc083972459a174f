"""Forms that set cookies (Э-39…48, Н-7, Н-31…36; SECURITY 2.1, 2.2; test plan 12, 13)."""

import pytest
from sqlmodel import Session, select

from energo_cabinet import door
from energo_cabinet.database import get_engine
from energo_cabinet.models import LoginSession, OutboxLetter
from energo_cabinet.services.sign_in import account
from tests.api.browser import PASSWORD, browser
from tests.api.browser import anna as anna
from tests.services.sign_in.test_registration import FORM, key_in

pytestmark = pytest.mark.parametrize("dialect", ["sqlite"], indirect=True)


def sign_in(client, email="anna@example.org", password=PASSWORD, **more):
    return client.post("/api/login", data={"email": email, "password": password, **more})


def last_letter():
    with Session(get_engine()) as session:
        return session.exec(select(OutboxLetter).order_by(OutboxLetter.id.desc())).first()


def user_behind(cookie):
    try:
        return door.run(door.Caller(sid=cookie), account.current_user).email
    except Exception as error:
        return type(error).__name__


def test_right_password_leads_to_the_start_page_with_a_strict_cookie(anna):
    answer = sign_in(browser())
    assert (answer.status_code, answer.headers["location"]) == (303, "/overview")
    (cookie,) = (each for each in answer.headers.get_list("set-cookie") if each.startswith("sid="))
    assert all(flag in cookie for flag in ("HttpOnly", "SameSite=strict", "Path=/"))
    assert "Max-Age" not in cookie
    assert user_behind(answer.cookies["sid"]) == anna


def test_remembered_cookie_outlives_the_browser_by_thirty_days(anna):
    """Э-44."""
    assert "Max-Age=2592000" in sign_in(browser(), remember="on").headers["set-cookie"]


def test_over_https_the_cookie_is_host_bound_and_secure(anna, installation):
    installation.set(public_url="https://lk.example.org")
    cookie = sign_in(browser("https://lk.example.org")).headers["set-cookie"]
    assert cookie.startswith("__Host-sid=")
    assert "Secure" in cookie
    assert "Domain" not in cookie


def test_next_page_is_kept_and_never_leaves_the_site(anna):
    assert sign_in(browser(), next="/points/7?by=days").headers["location"] == "/points/7?by=days"
    for evil in ("//evil.example", "/\\evil.example", "https://evil.example", "/a\r\nSet-Cookie: x=1", "javascript:1"):
        assert sign_in(browser(), next=evil).headers["location"] == "/overview"


def test_wrong_password_comes_back_with_a_code_and_no_cookie(anna):
    answer = sign_in(browser(), password="wrong")
    assert answer.headers["location"] == "/login?error=wrong_credentials"
    assert "set-cookie" not in answer.headers


def test_limit_comes_back_with_the_minutes(anna):
    client = browser()
    for _ in range(5):
        sign_in(client, password="wrong")
    assert sign_in(client).headers["location"].startswith("/login?error=too_many_attempts&minutes=1")


def test_signing_out_ends_the_session_on_the_server(anna):
    client = browser()
    sid = sign_in(client).cookies["sid"]
    answer = client.post("/api/logout")
    assert answer.headers["location"] == "/login"
    assert 'sid=""' in answer.headers["set-cookie"] or "sid=;" in answer.headers["set-cookie"]
    assert user_behind(sid) == "NotSignedIn"


def test_signing_in_over_a_session_ends_it(anna):
    client = browser()
    old = sign_in(client).cookies["sid"]
    new = sign_in(client).cookies["sid"]
    assert old != new
    assert (user_behind(old), user_behind(new)) == ("NotSignedIn", anna)


def test_forged_cookie_is_nobody(anna):
    sign_in(browser())
    with Session(get_engine()) as session:
        digest = session.exec(select(LoginSession.token_sha256)).one()
    for forged in ("", "x", digest, "x" * 5000, "\x00"):
        assert user_behind(forged) == "NotSignedIn"


def test_the_whole_way_from_registration_to_a_new_password(installation):
    """Э-36…40, Н-19, Н-31…33: the letter's key works by POST only."""
    client = browser()
    door.run(door.Caller(ip="192.0.2.1"), account.register, FORM)
    key = key_in(last_letter())
    assert client.get(f"/api/activate?key={key}").status_code == 405
    form = {"key": key, "password": FORM.password}
    wrong = client.post("/api/activate", data=form | {"password": "x"}).headers["location"]
    assert wrong == f"/activate?error=wrong_application_password&key={key}"
    assert client.post("/api/activate", data=form).headers["location"] == "/activate?done=activated"
    assert client.post("/api/activate", data=form).headers["location"] == "/activate?error=invalid_code"
    assert client.post("/api/recover", data={"email": FORM.email}).headers["location"] == "/recover?done=sent"
    new = {"key": key_in(last_letter()), "password": "Жёлтый трактор 8", "password2": "Жёлтый трактор 8"}
    assert client.post("/api/reset", data=new).headers["location"] == "/login?done=reset"
    assert sign_in(client, password="Жёлтый трактор 8").headers["location"] == "/overview"


def test_refused_password_keeps_the_key_in_the_address_a_refused_key_does_not(anna):
    client = browser()
    client.post("/api/recover", data={"email": anna})
    key = key_in(last_letter())
    short = client.post("/api/reset", data={"key": key, "password": "short", "password2": "short"})
    assert short.headers["location"] == f"/reset?error=password_too_short&key={key}"
    wrong = client.post("/api/reset", data={"key": "x", "password": PASSWORD + "!", "password2": PASSWORD + "!"})
    assert wrong.headers["location"] == "/reset?error=invalid_code"


@pytest.mark.parametrize("path", ["/api/login", "/api/activate", "/api/recover", "/api/reset", "/api/logout"])
@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"email=\xff\xfe&password=%00&key=%ed%a0%80",
        b"email=a&email=b&password=1&password=2",
        b"email[]=1&email[$ne]=2",
        b'{"email": {"$ne": null}}',
        b"email=" + b"a" * 60_000,
    ],
)
def test_no_body_breaks_a_form(anna, path, body):
    headers = {"content-type": "application/x-www-form-urlencoded"}
    answer = browser().post(path, content=body, headers=headers)
    assert answer.status_code in (303, 422)
    assert "Traceback" not in answer.text


def test_file_instead_of_a_text_is_refused_without_echo(anna):
    answer = browser().post("/api/login", files={"email": ("canary.txt", b"canary")})
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
    assert "canary" not in answer.text
