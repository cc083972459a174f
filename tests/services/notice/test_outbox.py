"""The outbox from the job's side: a letter is claimed once, its secrets forgotten, a hopeless one given up (Э-33)."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlmodel import select

from energo_cabinet.errors import PermissionDenied
from energo_cabinet.models import OutboxLetter
from energo_cabinet.services.notice import letter
from energo_cabinet.services.notice.outbox import (
    FIRST_PAUSE,
    GIVE_UP_AFTER,
    LEASE,
    LONGEST_PAUSE,
    claim_letter,
    letter_postponed,
    letter_refused,
    letter_sent,
)
from tests.cast import NOW
from tests.services.broadcast.scene import broadcast


def post(session, system, to="anna@example.org", **changes):
    letter.post(session, system, "password_changed", to, "ru")
    session.flush()
    row = session.exec(select(OutboxLetter).order_by(OutboxLetter.id.desc())).first()
    row.sqlmodel_update(changes)
    session.flush()
    return row


def claimed(session, system, later=timedelta()):
    found = claim_letter(session, replace(system, at=NOW + later))
    session.expire_all()
    return found and found.to_email


def test_a_letter_is_claimed_once_and_again_when_its_process_has_died(session, system):
    post(session, system)
    assert [claimed(session, system), claimed(session, system), claimed(session, system, LEASE)] == [
        *("anna@example.org", None, None),
    ]
    assert claimed(session, system, LEASE + timedelta(seconds=1)) == "anna@example.org"
    assert session.exec(select(OutboxLetter.attempts)).one() == 2


def test_the_longest_waiting_goes_first_and_a_broadcast_waits_for_the_rest(session, system):
    post(session, system, "bulk@example.org", is_bulk=True, next_try_at=NOW - timedelta(days=1))
    post(session, system, "second@example.org")
    post(session, system, "first@example.org", next_try_at=NOW - timedelta(seconds=1))
    post(session, system, "tomorrow@example.org", next_try_at=NOW + timedelta(days=1))
    order = [claimed(session, system) for _ in range(4)]
    assert order == ["first@example.org", "second@example.org", "bulk@example.org", None]


@pytest.mark.parametrize("end", ["sent", "refused"])
def test_a_secret_link_is_forgotten_as_soon_as_it_has_left(session, system, end):
    row = post(session, system, text="ссылка", html="<a>ссылка</a>", attempts=1)
    assert claim_letter(session, system).text == "ссылка"
    letter_sent(session, system, row.id) if end == "sent" else letter_refused(session, system, row.id, "550 " * 200)
    session.expire_all()
    assert (row.text, row.html, row.leased_until) == ("", "", None)
    assert (row.sent_at, row.failed_at) == ((NOW, None) if end == "sent" else (None, NOW))
    assert len(row.last_error) <= 300 and claimed(session, system, timedelta(days=9)) is None


def test_a_pause_grows_to_a_quarter_of_an_hour_and_ends_after_three_days(session, system):
    row, pauses = post(session, system), []
    for attempt in (1, 2, 3, 12, 1000):
        row.attempts = attempt
        session.flush()
        letter_postponed(session, system, row.id, "451")
        session.expire_all()
        pauses.append(row.next_try_at - NOW)
    assert pauses == [FIRST_PAUSE, 2 * FIRST_PAUSE, 4 * FIRST_PAUSE, LONGEST_PAUSE, LONGEST_PAUSE]
    letter_postponed(session, replace(system, at=NOW + GIVE_UP_AFTER), row.id, "451")
    session.expire_all()
    assert row.failed_at is None
    letter_postponed(session, replace(system, at=NOW + GIVE_UP_AFTER + timedelta(seconds=1)), row.id, "451")
    session.expire_all()
    assert row.failed_at and row.text == ""


def test_a_refused_letter_counts_for_its_broadcast_and_a_gone_one_for_nothing(session, cast, system):
    news = broadcast(session, cast.supplier)
    letter_refused(session, system, post(session, system, broadcast_id=news.id).id, "550")
    letter_refused(session, system, post(session, system).id, "550")
    letter_postponed(session, system, 2**31 - 1, "451")
    session.expire_all()
    assert news.failed == 1


def test_letters_of_others_are_nobodys_to_read(session, cast, system):
    post(session, system)
    with pytest.raises(PermissionDenied):
        claim_letter(session, cast.anna)
