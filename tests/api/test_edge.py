"""The edge for requests: origin, size, headers, cookies of visitors (SECURITY 1, 2.2 "Browser", 3.2)."""

import pytest

from tests.api.browser import ORIGIN, PASSWORD, browser
from tests.api.browser import anna as anna

pytestmark = pytest.mark.parametrize("dialect", ["sqlite"], indirect=True)

FOREIGN = ["https://evil.example", "null", "http://localhost:3000.evil.example", "http://localhost:30001", "", None]


@pytest.mark.parametrize("origin", FOREIGN)
@pytest.mark.parametrize("path", ["/api/login", "/api/logout", "/api/reset", "/anything"])
def test_write_from_elsewhere_is_refused_unread(anna, origin, path):
    client = browser(origin)
    answer = client.post(path, data={"email": anna, "password": PASSWORD})
    assert answer.status_code == 403
    assert "set-cookie" not in answer.headers


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "POST"])
def test_every_kind_of_write_needs_the_own_origin(anna, method):
    assert browser("https://evil.example").request(method, "/api/login").status_code == 403
    assert browser(ORIGIN).request(method, "/api/login").status_code != 403


def test_answer_to_a_foreign_origin_allows_it_nothing(anna):
    answer = browser("https://evil.example").get("/api/openapi.json")
    assert "access-control-allow-origin" not in answer.headers


def test_body_beyond_64_kb_is_refused_declared_or_not(anna):
    client = browser()
    big = b"a" * 70_000
    kind = {"content-type": "application/x-www-form-urlencoded"}
    assert client.post("/api/login", content=big, headers=kind).status_code == 413
    assert client.post("/api/login", content=iter([big[:40_000], big[:40_000]]), headers=kind).status_code in (400, 413)
    assert client.post("/api/login", content=b"", headers={**kind, "content-length": "-1"}).status_code == 413


@pytest.mark.parametrize("path", ["/_upload", "/_upload/x", "/_event", "/_event/"])
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_second_doors_are_closed(anna, path, method):
    answer = browser().request(method, path, headers={"reflex-client-token": "x"})
    assert answer.status_code == 403


@pytest.mark.parametrize("path", ["/", "/api/openapi.json", "/nothing", "/demo/mailbox"])
def test_every_answer_has_the_security_headers(anna, path):
    headers = browser().get(path).headers
    policy = headers["content-security-policy"]
    assert "unsafe-eval" not in policy
    for rule in ("object-src 'none'", "base-uri 'none'", "frame-ancestors 'none'", "form-action 'self'"):
        assert rule in policy
    assert "connect-src 'self' ws://127.0.0.1:3000 ws://localhost:3000;" in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"
    assert "strict-transport-security" not in headers


def test_https_is_remembered_for_a_year(anna, installation):
    installation.set(public_url="https://lk.example.org")
    headers = browser().get("/").headers
    assert headers["strict-transport-security"] == "max-age=31536000; includeSubDomains"
    assert "wss://lk.example.org" in headers["content-security-policy"]


@pytest.mark.parametrize(
    ("path", "rule"),
    [
        ("/", "no-cache"),
        ("/assets/app-5f3a.js", "public, max-age=31536000, immutable"),
        ("/api/openapi.json", "no-store"),
        ("/demo/mailbox", "no-store"),
    ],
)
def test_built_files_are_kept_and_answers_are_not(anna, path, rule):
    assert browser().get(path).headers["cache-control"] == rule


def test_visitor_gets_a_random_name_once(anna):
    client = browser()
    first = client.get("/").headers["set-cookie"]
    assert first.startswith("aid=")
    assert "HttpOnly" in first
    assert "set-cookie" not in client.get("/").headers
    assert browser().get("/").cookies["aid"] != client.cookies["aid"]


def test_built_file_sets_no_cookie(anna):
    assert "set-cookie" not in browser().get("/assets/app-5f3a.js").headers


def test_dead_session_cookie_is_taken_back(anna):
    client = browser()
    client.cookies.set("sid", "x" * 43)
    cookies = client.get("/").headers.get_list("set-cookie")
    assert any(cookie.startswith("sid=;") and "Max-Age=0" in cookie for cookie in cookies)


def test_live_session_cookie_is_left_alone(anna):
    client = browser()
    client.post("/api/login", data={"email": anna, "password": PASSWORD})
    assert not any(cookie.startswith("sid=") for cookie in client.get("/").headers.get_list("set-cookie"))


def test_mailbox_exists_in_the_demo_only(anna, installation):
    assert browser().get("/demo/mailbox").status_code == 200
    installation.set(mode="production")
    assert browser().get("/demo/mailbox").status_code == 404


@pytest.mark.parametrize("letter", ["../secret", "../../etc/passwd", "x", "\x00", "secret.key"])
def test_mailbox_shows_letters_and_nothing_else(anna, installation, letter):
    (installation.data_dir / "mail").mkdir(parents=True, exist_ok=True)
    (installation.data_dir / "secret.key").write_text("canary")
    answer = browser().get("/demo/mailbox", params={"letter": letter})
    assert answer.status_code == 404
    assert "canary" not in answer.text
