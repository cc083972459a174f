"""/api/v1 as a phone's application meets it (F-21, issue part 3): pairing, reading, refusals, ETag, limits."""

from __future__ import annotations

import pytest
from sqlmodel import Session

from energo_cabinet import door
from energo_cabinet.database import get_engine
from energo_cabinet.services.notice.sending import send_notification
from energo_cabinet.services.phone import device as paired_device
from energo_cabinet.services.phone import pairing
from energo_cabinet.services.sign_in import account
from energo_cabinet.services.sign_in.user_entry import add_user
from tests import cast as make
from tests.api.browser import PASSWORD, browser

pytestmark = pytest.mark.parametrize("dialect", ["sqlite"], indirect=True)
ANNA = "anna@example.org"


@pytest.fixture
def desk(installation) -> door.Caller:
    """Анна at the computer; she has a flat with a day of values and a notification."""
    person = door.run_as_system(add_user, ANNA, PASSWORD, "Соколова Анна")
    with Session(get_engine()) as session:
        flat = make.contract(session, make.supplier(session))
        anna = make.Subject("customer", make.NOW, user_id=person.id)
        make.link(session, anna, flat)
        point = make.point(session, flat)
        make.meter(session, point)
        make.day(session, make.series(session, point), make.NOW.date())
        make.readings(session, point, "T1", [(make.NOW, 3124027)])
        send_notification(session, make.Subject("system", make.NOW), "debt", "Долг", "Оплатите", ANNA)
        session.commit()
    return door.Caller(sid=door.run(door.Caller(), account.sign_in, ANNA, PASSWORD, False))


@pytest.fixture
def application():
    """A client of its own: no cookies, no origin."""
    return browser(origin=None)


def claim(application, desk, device="Pixel 7 Анны"):
    shown = door.run(desk, pairing.show_code)
    answer = application.post("/api/v1/pairing/claim", json={"code": shown.code, "device": device})
    assert answer.status_code == 201
    return shown, answer.json()["claim"]


@pytest.fixture
def paired(application, desk):
    """The client with its token."""
    shown, secret = claim(application, desk)
    door.run(desk, pairing.confirm_pairing, shown.pairing_id)
    token = application.post("/api/v1/pairing/token", json={"claim": secret}).json()["token"]
    application.headers["authorization"] = f"Bearer {token}"
    return application


def problem(answer) -> tuple[int, str]:
    assert answer.headers["content-type"] == "application/problem+json"
    return answer.status_code, answer.json()["code"]


def test_from_code_to_token(application, desk):
    shown, secret = claim(application, desk)
    ask = {"claim": secret}
    assert application.post("/api/v1/pairing/status", json=ask).json() == {"status": "claimed"}
    assert problem(application.post("/api/v1/pairing/token", json=ask)) == (409, "pairing_waiting")
    door.run(desk, pairing.confirm_pairing, shown.pairing_id)
    assert application.post("/api/v1/pairing/status", json=ask | {"wait": 20}).json() == {"status": "confirmed"}
    got = application.post("/api/v1/pairing/token", json=ask)
    assert (got.status_code, got.json()["name"]) == (201, "Pixel 7 Анны")
    assert problem(application.post("/api/v1/pairing/token", json=ask)) == (409, "pairing_used")


def test_wrong_codes_are_told_apart(application, desk):
    shown, _ = claim(application, desk)
    assert problem(application.post("/api/v1/pairing/claim", json={"code": "ABCD-EFGH"})) == (404, "pairing_unknown")
    assert problem(application.post("/api/v1/pairing/claim", json={"code": shown.code})) == (409, "pairing_used")
    door.run(desk, pairing.refuse_pairing, shown.pairing_id)
    assert problem(application.post("/api/v1/pairing/claim", json={"code": ""})) == (422, "invalid")


def test_a_refused_phone_is_told_so(application, desk):
    shown, secret = claim(application, desk)
    door.run(desk, pairing.refuse_pairing, shown.pairing_id)
    assert problem(application.post("/api/v1/pairing/token", json={"claim": secret})) == (403, "pairing_refused")


def test_everything_of_the_account_is_there(paired):
    assert paired.get("/api/v1/me").json()["email"] == ANNA
    (contract,) = paired.get("/api/v1/contracts").json()["items"]
    (point,) = paired.get("/api/v1/points", params={"contract_id": contract["id"]}).json()["items"]
    assert point["readings"] == [{"zone": "T1", "value_kwh": "3124.027"}]
    day = paired.get(f"/api/v1/points/{point['id']}/profile", params={"day": "2026-11-21"}).json()
    assert (len(day["energy"]), day["energy"][0], day["step_min"]) == (48, 0.1, 30)
    assert paired.get(f"/api/v1/points/{point['id']}").json() == point
    span = {"first": "2026-11-01", "last": "2026-11-21"}
    assert paired.get(f"/api/v1/points/{point['id']}/events", params=span).json() == {"items": [], "next": None}


def test_notifications_are_listed_and_marked(paired):
    (item,) = paired.get("/api/v1/notifications", params={"show": "unread"}).json()["items"]
    assert (item["title"], item["is_read"]) == ("Долг", False)
    assert paired.post(f"/api/v1/notifications/{item['id']}/read").json()["is_read"]
    assert paired.post("/api/v1/notifications/read").json() == {"marked": 0}


def test_a_revoked_device_still_calling_is_told_so(paired, desk):
    """401 and why; its owner's other ways in stay."""
    (device,) = paired.get("/api/v1/devices").json()
    assert (device["is_this"], device["kind"]) == (True, "application")
    assert paired.delete(f"/api/v1/devices/{device['id']}").status_code == 204
    answer = paired.get("/api/v1/me")
    assert problem(answer) == (401, "device_revoked")
    assert answer.headers["www-authenticate"] == "Bearer"
    assert door.run(desk, paired_device.list_devices) == []


@pytest.mark.parametrize("path", ["me", "devices", "contracts", "points", "points/1", "notifications"])
def test_without_a_token_there_is_nothing(application, desk, path):
    assert problem(application.get(f"/api/v1/{path}")) == (401, "not_signed_in")


@pytest.mark.parametrize("path", ["points/999", "points/999/profile?day=2026-11-21", "points?contract_id=999"])
def test_what_is_not_the_callers_is_absent(paired, path):
    assert problem(paired.get(f"/api/v1/{path}")) == (404, "not_found")


@pytest.mark.parametrize(
    "path", ["points/0", "points/x", "points/1/profile", "points/1/profile?day=2026-13-01", "points?limit=1000"]
)
def test_what_cannot_be_asked_is_said_by_field(paired, path):
    assert problem(paired.get(f"/api/v1/{path}"))[0] == 422


def test_the_same_content_answers_304(paired):
    first = paired.get("/api/v1/points")
    again = paired.get("/api/v1/points", headers={"if-none-match": first.headers["etag"]})
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", first.headers["etag"])
    assert first.headers["cache-control"] == "private, no-cache"
    other = paired.get("/api/v1/points", headers={"if-none-match": 'W/"x"'})
    assert other.status_code == 200


def test_long_answers_are_gzipped(application, desk):
    answer = application.get("/api/v1/openapi.json", headers={"accept-encoding": "gzip"})
    assert answer.headers["content-encoding"] == "gzip"


def test_too_many_calls_say_when_again(paired, installation):
    installation.set(limit_api="2/minute")
    answers = [paired.get("/api/v1/me") for _ in range(4)]  # the first shows that the token is one
    assert problem(answers[-1]) == (429, "too_many_attempts")
    assert answers[-1].headers["retry-after"] == "60"


def test_invented_tokens_are_counted_by_address(application, installation):
    """RC-2 2b: 700 calls, each with a fresh token, met no limit; each cost a look into the database."""
    installation.set(limit_api="20/minute")
    answers = []
    for number in range(40):
        application.headers["authorization"] = f"Bearer invented-{number}"
        answers.append(application.get("/api/v1/me").status_code)
    assert (answers.count(401), answers.count(429)) == (20, 20)


def test_a_paired_phone_is_not_shut_out_by_its_neighbour_s_inventions(paired, installation):
    installation.set(limit_api="20/minute")
    assert paired.get("/api/v1/me").status_code == 200
    stranger = browser(origin=None)
    for number in range(30):
        stranger.headers["authorization"] = f"Bearer invented-{number}"
        stranger.get("/api/v1/me")
    assert paired.get("/api/v1/me").status_code == 200


def test_a_browser_of_the_site_may_ask_too_but_no_foreign_page(desk):
    own, foreign = browser(), browser(origin="https://evil.example")
    for client in (own, foreign):
        client.cookies.set("sid", desk.sid)
    assert own.get("/api/v1/me").headers["cache-control"] == "no-store"
    assert own.post("/api/v1/notifications/read").status_code == 200
    assert foreign.post("/api/v1/notifications/read").status_code == 403


def test_the_token_counts_only_here(paired):
    """No other route believes the Authorization header, so signing out by it ends nothing."""
    paired.headers["origin"] = "http://localhost:3000"
    assert paired.post("/api/logout").status_code == 303
    assert paired.get("/api/v1/me").status_code == 200


def test_english_for_who_asks_so(paired):
    answer = paired.get("/api/v1/points/999", headers={"accept-language": "en"})
    assert answer.json()["title"].isascii()


def test_readings_are_sent_and_listed(paired, desk):
    """Doubtful and conflicting ones are 409 with a code; what was sent is listed."""
    assert paired.get("/api/v1/points/1/meter").json()["zones"][0]["last_kwh"] is not None
    body = {"key": "0123456789abcdef", "values": {"T1": "1"}, "seen": {"T1": "7"}}
    assert problem(paired.post("/api/v1/points/1/readings", json=body))[0] in (409, 422)
    assert problem(paired.post("/api/v1/points/1/readings", json={"key": "?", "values": {}})) == (422, "invalid")
    assert paired.get("/api/v1/points/1/readings").json() == {"items": [], "next": None}


def test_a_ticket_is_opened_once_listed_and_answered(paired):
    body = {"contract_id": 1, "category": "other", "theme": "Счёт", "text": "Проверьте", "email": ANNA, "key": "k" * 12}
    opened, again = (paired.post("/api/v1/tickets", json=body) for _ in range(2))
    assert (opened.status_code, opened.json()["ticket"]["id"]) == (201, again.json()["ticket"]["id"])
    (card,) = paired.get("/api/v1/tickets", params={"contract_id": 1}).json()["items"]
    said = {"text": "Ещё", "key": opened.json()["reply_key"]}
    thread = paired.post(f"/api/v1/tickets/{card['id']}/replies", json=said).json()
    assert [line["text"] for line in thread["lines"]] == ["Проверьте", "Ещё"]
    assert problem(paired.get("/api/v1/tickets/999")) == (404, "not_found")


def test_an_application_gets_no_snapshot_a_phones_browser_does(paired, desk):
    assert problem(paired.get("/api/v1/snapshot")) == (403, "not_a_phone")
    phone = browser()
    answer = phone.post("/api/mobile/login", data={"email": ANNA, "password": PASSWORD})
    assert (answer.status_code, answer.headers["location"]) == (303, "/overview")
    kept = phone.get("/api/v1/snapshot")
    assert (kept.json()["data"]["points"][0]["id"], kept.headers["cache-control"]) == (1, "no-store")
    gone = phone.post("/api/logout")
    assert (gone.headers["location"], gone.headers["clear-site-data"]) == ("/mobile", '"storage"')


def test_the_phones_front_says_why_not(installation, desk):
    phone = browser()
    wrong = phone.post("/api/mobile/login", data={"email": ANNA, "password": "wrong"})
    assert wrong.headers["location"] == "/mobile?error=wrong_credentials"
    assert phone.post("/api/mobile/enter", data={"claim": "x"}).headers["location"] == "/mobile?error=pairing_unknown"


def test_contracts_and_points_come_in_pages(paired):
    page = paired.get("/api/v1/points", params={"limit": 1}).json()
    assert (len(page["items"]), page["next"]) == (1, None)


def test_the_description_is_published(application, desk):
    found = application.get("/api/v1/openapi.json").json()
    assert found["components"]["securitySchemes"]["HTTPBearer"]["scheme"] == "bearer"
    assert {"/pairing/claim", "/points/{point_id}/profile", "/notifications"} <= set(found["paths"])
