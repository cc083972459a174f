"""Letters leave exactly once, whatever the mail server does (Э-33, Э-34; SECURITY test plan 19, ASVS 16.5.2)."""

import asyncio
import email
from collections import Counter
from datetime import UTC, datetime, timedelta
from email import policy

import pytest
from aiosmtpd.controller import Controller
from sqlalchemy import update
from sqlmodel import Session, select

from energo_cabinet.auth.access import Subject
from energo_cabinet.database import get_engine
from energo_cabinet.gateways.mail import FolderGateway, Letter, SmtpGateway, make_gateway
from energo_cabinet.jobs.outbox import deliver_due
from energo_cabinet.models import OutboxLetter
from energo_cabinet.services.job_lease import hold_lease, release_lease
from energo_cabinet.services.notice import letter as letters
from energo_cabinet.services.notice import outbox
from energo_cabinet.settings import get_settings
from tests.cast import NOW
from tests.servers import free_port

LETTERS = 50


class Postman:
    """An SMTP server's handler: takes letters, or answers with `says` while it is set."""

    def __init__(self):
        self.taken, self.says = [], ""

    async def handle_DATA(self, server, session, envelope):
        if self.says:
            return self.says
        self.taken.append(email.message_from_bytes(envelope.content, policy=policy.default))
        return "250 OK"

    async def handle_RCPT(self, server, session, envelope, address, options):
        if address.startswith("unknown"):
            return "550 no such mailbox"
        envelope.rcpt_tos.append(address)
        return "250 OK"


@pytest.fixture
def postman(installation):
    """A mail server that is down until `start()`; settings point at it."""
    handler, port = Postman(), free_port()
    installation.set(smtp_url=f"smtp://127.0.0.1:{port}", system_name="Ромашка-Энерго")
    controller = Controller(handler, hostname="127.0.0.1", port=port)
    handler.start = controller.start
    yield handler
    if controller.server is not None:
        controller.stop()


def write(count=1, to="anna", at=NOW):
    """Letters written at a moment; one that the job postpones by the real clock is given up three days later."""
    with Session(get_engine()) as session:
        for number in range(count):
            address = f"{to}{number}@example.org"
            letters.post(session, Subject("system", at), "password_changed", address, "ru")
        session.commit()


def deliver():
    """One round of the job, with every letter due."""
    with Session(get_engine()) as session:
        session.exec(update(OutboxLetter).values(next_try_at=NOW - timedelta(days=1)))
        session.commit()
    return asyncio.run(deliver_due(make_gateway(get_settings())))


def rows():
    with Session(get_engine()) as session:
        return session.exec(select(OutboxLetter).order_by(OutboxLetter.id)).all()


def test_nothing_is_lost_or_doubled_while_the_server_is_down_then_busy_then_well(postman):
    write(LETTERS, at=datetime.now(UTC))
    assert [deliver() for _ in range(3)] == [0, 0, 0]
    postman.start()
    postman.says = "451 try again later"
    assert [deliver() for _ in range(3)] == [0, 0, 0]
    postman.says = ""
    while deliver():
        pass
    ids = Counter(message["Message-ID"] for message in postman.taken)
    assert len(ids) == LETTERS
    assert set(ids.values()) == {1}
    assert all(row.sent_at for row in rows())


def test_letter_arrives_with_both_bodies_sender_and_no_secret_left_behind(postman):
    postman.start()
    write()
    deliver()
    (message,) = postman.taken
    assert message["To"] == "anna0@example.org"
    assert "Ромашка-Энерго" in str(message["From"])
    assert "Ромашка-Энерго" in message.get_body(("plain",)).get_content()
    assert "<html" in message.get_body(("html",)).get_content()
    assert (rows()[0].text, rows()[0].html) == ("", "")


def test_unknown_recipient_is_given_up_and_holds_nobody_up(postman):
    postman.start()
    write(to="unknown")
    write(to="anna")
    deliver()
    assert [bool(row.failed_at) for row in rows()] == [True, False]
    assert [message["To"] for message in postman.taken] == ["anna0@example.org"]


def test_pause_doubles_up_to_a_quarter_of_an_hour_and_ends_after_three_days(postman):
    write()
    first = rows()[0]
    pauses = []
    with Session(get_engine()) as session:
        for attempt in range(1, 13):
            session.exec(update(OutboxLetter).values(attempts=attempt, next_try_at=NOW, failed_at=None))
            outbox.letter_postponed(session, Subject("system", NOW), first.id, "down")
            session.expire_all()
            pauses.append((session.get(OutboxLetter, first.id).next_try_at - NOW).total_seconds())
        outbox.letter_postponed(session, Subject("system", NOW + timedelta(days=4)), first.id, "down")
        session.expire_all()
        assert session.get(OutboxLetter, first.id).failed_at
    assert pauses[:4] == [2, 4, 8, 16]
    assert pauses[-1] == 900


def test_two_processes_never_send_the_same_letter(installation):
    write(20)
    claimed = []
    with Session(get_engine()) as one, Session(get_engine()) as other:
        for session in (one, other) * 12:
            due = outbox.claim_letter(session, Subject("system", NOW))
            session.commit()
            claimed += [due.id] if due else []
    assert sorted(claimed) == sorted({row.id for row in rows()})


def test_letter_of_a_process_that_died_is_taken_up_after_its_lease(installation):
    write()
    with Session(get_engine()) as session:
        assert outbox.claim_letter(session, Subject("system", NOW))
        assert outbox.claim_letter(session, Subject("system", NOW + timedelta(minutes=2))) is None
        assert outbox.claim_letter(session, Subject("system", NOW + timedelta(minutes=4)))


def test_one_worker_holds_the_lease_until_it_ends_or_is_given_back(installation):
    def holds(owner, seconds):
        with Session(get_engine()) as session:
            held = hold_lease(session, Subject("system", NOW + timedelta(seconds=seconds)), "outbox", owner, 30)
            session.commit()
            return held

    assert [holds("a", 0), holds("b", 10), holds("a", 20), holds("b", 40), holds("b", 51), holds("a", 52)] == [
        *(True, False, True, False, True, False)
    ]
    with Session(get_engine()) as session:
        release_lease(session, Subject("system", NOW + timedelta(seconds=53)), "outbox", "b")
        session.commit()
    assert holds("a", 54)


def letter(**changes):
    given = {"message_id": "<1@x>", "to_email": "a@example.org", "subject": "s", "text": "t", "html": "<p>t</p>"}
    return Letter(**(given | {"created_at": NOW} | changes))


@pytest.mark.parametrize("changes", [{"subject": "a\r\nBcc: x@example.org"}, {"to_email": "a@b.org\nCc: c@d.org"}])
def test_line_break_makes_no_header(tmp_path, changes):
    """ASVS 1.3.11."""
    with pytest.raises(ValueError, match=r"linefeed|newline"):
        asyncio.run(FolderGateway(tmp_path, "c@example.org", "n").send(letter(**changes)))


def test_demo_folder_holds_one_file_a_letter_however_often_it_is_sent(tmp_path):
    gateway = FolderGateway(tmp_path / "mail", "c@example.org", "Кабинет")
    for _ in range(2):
        asyncio.run(gateway.send(letter(message_id="<../../evil@x>")))
    (path,) = (tmp_path / "mail").iterdir()
    assert path.suffix == ".eml"


def test_password_is_never_sent_in_the_clear_beyond_loopback():
    gateway = SmtpGateway("smtp://user:pass@mail.example.org:587", "c@example.org", "n")
    assert gateway.start_tls is True
    assert SmtpGateway("smtp://127.0.0.1:2525", "c@example.org", "n").start_tls is None
    assert SmtpGateway("smtps://mail.example.org", "c@example.org", "n").start_tls is False
