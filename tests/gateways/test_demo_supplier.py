"""The demo supplier answers as the protocol's document says."""

from __future__ import annotations

import httpx
import pytest

from energo_cabinet.demo.supplier_server.book import DOCUMENTS, LISTS
from tests.gateways.demo_supplier import FLAT, HOUSE, PASSWORD, TOKEN, DemoSupplier
from tests.gateways.protocol_document import answer_problems

LOGIN = {"login": FLAT.login, "password": PASSWORD}
OF_FLAT = f"/contracts/{FLAT.contract}"
READING = {
    "number": "1",
    "point": FLAT.point,
    "read_at": "2026-11-22T10:00:00+03:00",
    "registers_wh": {"T0": 99_000_000},
}
LINE = {"ticket": "8", "number": 1, "category": "charges", "theme": "Счёт", "email": "a@example.ru", "line": "21"}
LINE |= {"text": "Почему?", "status": "new", "written_at": "2026-11-22T10:00:00+03:00"}


def call(supplier: DemoSupplier, method: str, path: str, token: str = TOKEN, **kept: object) -> httpx.Response:
    """An answer, held against the document."""
    headers = {"Authorization": f"Bearer {token}"} | kept.pop("headers", {})  # type: ignore[operator]
    answer = httpx.request(method, supplier.url + path, headers=headers, trust_env=False, **kept)  # type: ignore[arg-type]
    body = answer.json() if answer.content else None
    kind = answer.headers.get("content-type", "").partition(";")[0]
    assert answer_problems(method, path.partition("?")[0], answer.status_code, kind, body) == []
    return answer


@pytest.fixture
def opened(supplier):
    assert call(supplier, "POST", "/links", json=LOGIN).json()["id"] == FLAT.contract
    return supplier


@pytest.mark.parametrize("resource", ["", *(f"/{name}" for name in DOCUMENTS[1:] + LISTS)])
def test_every_resource_is_what_the_document_says(opened, resource):
    answer = call(opened, "GET", OF_FLAT + resource)
    assert answer.status_code == 200
    assert answer.json().get("items", True) or resource in ("/ticket_updates", "/decisions")


def test_unchanged_document_is_not_sent_again(opened):
    etag = call(opened, "GET", f"{OF_FLAT}/points").headers["etag"]
    assert call(opened, "GET", f"{OF_FLAT}/points", headers={"If-None-Match": etag}).status_code == 304


def test_pages_follow_each_other_without_gap_or_overlap(opened):
    whole = call(opened, "GET", f"{OF_FLAT}/profile").json()["items"]
    cursor, found, more = "", [], True
    while more:
        page = call(opened, "GET", f"{OF_FLAT}/profile?limit=40&cursor={cursor}").json()
        found, cursor, more = found + page["items"], page["next_cursor"], page["has_more"]
    assert found == whole and len(whole) == 110
    assert call(opened, "GET", f"{OF_FLAT}/profile?cursor={cursor}").json()["items"] == []


def test_changes_tell_of_opened_contracts_only_and_of_news(opened):
    page = call(opened, "GET", "/changes").json()
    assert {item["contract"] for item in page["items"]} == {FLAT.contract}
    opened.put(FLAT.contract, "balance", "", {"debt_rub": "1.00", "as_of": "2026-11-22T10:30:00+03:00"})
    opened.put(HOUSE.contract, "balance", "", {"debt_rub": "2.00", "as_of": "2026-11-22T10:30:00+03:00"})
    news = call(opened, "GET", f"/changes?cursor={page['next_cursor']}").json()
    assert news["items"] == [{"contract": FLAT.contract, "resource": "balance"}]


@pytest.mark.parametrize(
    ("path", "status"),
    [("/changes?cursor=yesterday", 410), (f"/contracts/{HOUSE.contract}", 404), ("/contracts/x", 404)],
)
def test_problems_are_told_as_problems(opened, path, status):
    assert call(opened, "GET", path).status_code == status


@pytest.mark.parametrize("path", ["/info", "/changes", OF_FLAT])
def test_other_token_is_refused(opened, path):
    assert call(opened, "GET", path, token="another").status_code == 401


def test_wrong_password_unknown_login_and_lock(supplier):
    wrong = {"login": HOUSE.login, "password": "нет"}
    assert call(supplier, "POST", "/links", json={"login": "nobody", "password": "x"}).status_code == 404
    assert [call(supplier, "POST", "/links", json=wrong).status_code for _ in range(6)] == [403] * 5 + [423]


@pytest.mark.parametrize(("path", "body"), [("readings", READING), ("tickets", LINE)])
def test_same_key_is_taken_once_and_another_body_refused(opened, path, body):
    send = {"headers": {"Idempotency-Key": f"key of {path}"}}
    before = len(opened.submissions())
    answers = [call(opened, "POST", f"{OF_FLAT}/{path}", json=body, **send) for _ in range(2)]
    other = call(opened, "POST", f"{OF_FLAT}/{path}", json=body | {"number": 2}, **send)
    assert [answer.status_code for answer in (*answers, other)] == [200, 200, 409]
    assert answers[0].json() == answers[1].json()
    assert len(opened.submissions()) == before + 1


def test_doubtful_reading_waits_and_is_decided_under_its_key(opened):
    answer = call(
        opened, "POST", f"{OF_FLAT}/readings", json=READING | {"doubts": ["jump"]}, headers={"Idempotency-Key": "d"}
    )
    decided = call(opened, "GET", f"{OF_FLAT}/decisions").json()["items"]
    assert (answer.json()["status"], [one["key"] for one in decided if one["key"] == "d"]) == ("waiting", ["d"])


def test_ticket_is_answered_by_the_staff(opened):
    call(opened, "POST", f"{OF_FLAT}/tickets", json=LINE | {"ticket": "9"}, headers={"Idempotency-Key": "t"})
    updates = call(opened, "GET", f"{OF_FLAT}/ticket_updates").json()["items"]
    assert [one["status"] for one in updates if one["ticket"] == "9"] == ["in_work"]
