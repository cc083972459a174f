"""A refusal or a fault is a page for whoever looks at it in a browser, and JSON for programs (RC-3d)."""

from __future__ import annotations

import pytest
from sqlalchemy import text

from energo_cabinet.database import session_scope
from energo_cabinet.words_page import way_back
from tests.api.browser import PASSWORD, browser
from tests.api.browser import anna as anna

sqlite = pytest.mark.parametrize("dialect", ["sqlite"], indirect=True)
SEEN = {"accept": "text/html,application/xhtml+xml,*/*;q=0.8"}


def is_page(answer):
    assert "application/problem" not in answer.text and '"status"' not in answer.text
    return answer.headers["content-type"].startswith("text/html") and "<h1" in answer.text


@sqlite
@pytest.mark.parametrize(("language", "words"), [("ru", "не с этого сайта"), ("en", "did not come from this site")])
@pytest.mark.parametrize("path", ["/api/login", "/api/logout", "/api/recover", "/api/staff/view"])
def test_a_foreign_forms_answer_is_a_page(anna, path, language, words):
    client = browser("https://evil.example")
    client.cookies.set("lang", language)
    answer = client.post(path, data={"email": anna}, headers=SEEN)
    assert answer.status_code == 403
    assert is_page(answer) and words in answer.text


@sqlite
def test_programs_get_json_and_v1_always_does(anna):
    evil = browser("https://evil.example")
    evil.cookies.set("sid", "x" * 43)
    for path, headers in (("/api/login", {}), ("/api/v1/pairing/claim", SEEN)):
        answer = evil.post(path, headers=headers)
        assert (answer.status_code, answer.json()["code"]) == (403, "origin")
    assert browser().get("/api/v1/contracts", headers=SEEN).json()["code"] == "not_signed_in"


@sqlite
@pytest.mark.parametrize("path", ["/api/staff/view", "/api/staff/sheet", "/api/nothing", "/api/contracts/8/bills.csv"])
def test_what_is_refused_or_not_there_is_a_page(anna, path):
    client, method = browser(), "GET" if path.endswith((".csv", "nothing")) else "POST"
    answer = client.request(method, path, headers=SEEN, data={"customer_id": "1", "contract_id": "x"})
    assert answer.status_code in (401, 404, 422)
    assert is_page(answer)


@sqlite
def test_a_fault_of_a_form_is_a_page_that_says_nothing_of_it(anna):
    with session_scope() as session:
        session.execute(text("ALTER TABLE known_browser RENAME TO gone"))
    answer = browser().post("/api/login", data={"email": anna, "password": PASSWORD}, headers=SEEN)
    assert answer.status_code == 500
    assert is_page(answer) and "Попробуйте" in answer.text and "known_browser" not in answer.text


@pytest.mark.parametrize(
    ("referer", "back"),
    [
        ("http://lk.example/staff/customers/7?x=1", "/staff/customers/7"),
        ("http://evil.example/login", "/"),
        ("http://lk.example//evil.example", "/"),
        ("http://lk.example/api/login", "/"),
        ("", "/"),
        ("javascript:alert(1)", "/"),
    ],
)
def test_the_way_back_stays_on_the_site(referer, back):
    assert way_back(referer, "lk.example") == back
