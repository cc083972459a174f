"""Text messages leave by a gateway: the HTTP one against a local server, the demo's folder (Н-13)."""

from __future__ import annotations

import asyncio
import json
import threading
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from sqlmodel import Session, select

from energo_cabinet.database import get_engine
from energo_cabinet.gateways.sms import FolderSmsGateway, HttpSmsGateway, make_sms_gateway
from energo_cabinet.jobs.sms import deliver_sms
from energo_cabinet.models import SmsMessage
from energo_cabinet.settings import get_settings
from tests.cast import person

pytestmark = pytest.mark.usefixtures("installation")


@pytest.fixture
def gateway():
    """A server that keeps what it gets; `answers` are the statuses to give."""
    got, answers = [], []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            got.append((self.path, self.headers["Authorization"], body))
            self.send_response(answers.pop(0) if answers else 200)
            self.end_headers()

        def log_message(self, *_):
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield got, answers, f"http://TOKEN@127.0.0.1:{server.server_port}/sms?from=ENERGO"
    server.shutdown()
    server.server_close()


@pytest.fixture
def waiting(session, engine):
    """A message in the database, written just now."""
    who, now = person(session, "anna@example.org", "Анна"), datetime.now(UTC)
    session.add(
        SmsMessage(
            message_id="m1", user_id=who.user, to_phone="+79120001842", text="123456", created_at=now, next_try_at=now
        )
    )
    session.commit()


def row():
    with Session(get_engine()) as session:
        return session.exec(select(SmsMessage)).one()


@pytest.mark.parametrize("dialect", ["sqlite"], indirect=True)
def test_http_gateway_gets_it_once_and_the_text_is_forgotten(waiting, gateway):
    got, _, url = gateway
    assert asyncio.run(deliver_sms(HttpSmsGateway(url))) == 1
    assert asyncio.run(deliver_sms(HttpSmsGateway(url))) == 0
    body = {"id": "m1", "to": "+79120001842", "from": "ENERGO", "text": "123456"}
    assert got == [("/sms", "Bearer TOKEN", body)]
    assert row().text == "" and row().sent_at


@pytest.mark.parametrize("dialect", ["sqlite"], indirect=True)
@pytest.mark.parametrize("status", [500, 429, 302])
def test_a_refusal_postpones_it(waiting, gateway, status):
    _, answers, url = gateway
    answers.append(status)
    assert asyncio.run(deliver_sms(HttpSmsGateway(url))) == 0
    assert (row().sent_at, row().attempts, row().last_error) == (None, 1, f"HTTP {status}")


@pytest.mark.parametrize("dialect", ["sqlite"], indirect=True)
def test_the_demo_writes_it_beside_the_letters(waiting, installation):
    assert isinstance(make_sms_gateway(get_settings()), FolderSmsGateway)
    assert asyncio.run(deliver_sms(make_sms_gateway(get_settings()))) == 1
    assert "123456" in next((installation.data_dir / "mail").glob("*sms*.eml")).read_text()


@pytest.mark.parametrize("dialect", ["sqlite"], indirect=True)
def test_without_a_gateway_there_are_no_sms_in_production(installation):
    installation.set(mode="production")
    assert make_sms_gateway(get_settings()) is None
    with pytest.raises(ValueError, match="https"):
        HttpSmsGateway("http://token@sms.example.org/")
