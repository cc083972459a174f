"""Answers as a browser behind a TLS proxy gets them: relative redirects, no lasting 404 (RC-5)."""

from __future__ import annotations

import asyncio

import pytest
from httpx import ASGITransport, AsyncClient
from starlette.responses import PlainTextResponse, RedirectResponse, Response

from energo_cabinet.gate import EdgeGate
from energo_cabinet.gate_http import relative

pytestmark = pytest.mark.usefixtures("surroundings")


async def inner(scope, receive, send):
    """Built pages as the static mount answers them: it makes addresses of the request's own scheme and host."""
    answers: dict[str, Response] = {
        "/reset": RedirectResponse(f"http://{_host(scope)}/reset/?{scope['query_string'].decode()}", 307),
        "/assets/app-5f3a.js": PlainTextResponse("js"),
        "/away": RedirectResponse("https://pay.example.org/x", 303),
    }
    await answers.get(scope["path"], PlainTextResponse("none", 404))(scope, receive, send)


def _host(scope):
    return dict(scope["headers"])[b"host"].decode()


def get(path, **headers):
    return asyncio.run(_get(path, headers))


async def _get(path, headers):
    async with AsyncClient(transport=ASGITransport(EdgeGate(inner)), base_url="http://cabinet.example.ru") as client:
        return await client.get(path, headers={"accept": "text/html"} | headers)


@pytest.mark.parametrize("host", ["cabinet.example.ru", "evil.example", "cabinet.example.ru:8443"])
def test_a_mailed_link_keeps_its_secret_on_the_scheme_it_came_by(host):
    """GET /reset?key=SECRET behind TLS was answered 307 to plain http, to the host the request claimed."""
    answer = get("/reset?key=SECRET", host=host, **{"x-forwarded-proto": "https"})
    assert (answer.status_code, answer.headers["location"]) == (307, "/reset/?key=SECRET")


def test_another_host_on_purpose_stays():
    assert get("/away").headers["location"] == "https://pay.example.org/x"


def test_a_missing_chunk_is_not_missing_for_a_year_and_hands_out_no_cookie():
    answer = get("/assets/nope-123.js")
    assert (answer.status_code, answer.headers["cache-control"]) == (404, "no-store")
    assert "set-cookie" not in answer.headers


def test_a_page_that_is_not_there_names_its_visitor_and_is_kept_by_nobody():
    """Without a name its socket is refused for ever; the name stays in an answer that no cache keeps."""
    answer = get("/no/such/page")
    assert (answer.status_code, answer.headers["cache-control"]) == (404, "no-store")
    assert "aid=" in answer.headers["set-cookie"]
    assert "set-cookie" not in get("/no/such/page.png").headers
    assert "immutable" in (get("/assets/app-5f3a.js")).headers["cache-control"]


@pytest.mark.parametrize("path", ["/assets/app-5f3a.js", "/nothing", "/reset", "/_event/x", "/_upload"])
def test_every_answer_has_the_headers_of_security(path):
    assert "content-security-policy" in (get(path)).headers


@pytest.mark.parametrize(
    ("location", "host", "found"),
    [
        ("http://a.ru/x?y=1#z", "a.ru", "/x?y=1#z"),
        ("https://a.ru", "a.ru", "/"),
        ("https://b.ru/x", "a.ru", "https://b.ru/x"),
        ("/x", "a.ru", "/x"),
        ("//b.ru/x", "a.ru", "//b.ru/x"),
        ("http://a.ru/x", "", "http://a.ru/x"),
    ],
)
def test_what_is_made_of_an_address(location, host, found):
    assert relative(location, host) == found
