"""A broadcast reaches everybody it is for once, as each has chosen, and nobody else (Н-54, Н-135)."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from sqlmodel import select

from energo_cabinet.auth.access import Subject
from energo_cabinet.auth.login_session import open_session
from energo_cabinet.models import BroadcastRecipient, BroadcastStatus, LiveEvent, User, UserStatus
from energo_cabinet.services.broadcast.delivery import deliver_batch, start_due
from energo_cabinet.services.notice import letter, outbox
from energo_cabinet.services.notice.choice import choose
from energo_cabinet.services.notice.notification import list_notifications
from energo_cabinet.settings import get_settings
from tests import cast as make
from tests.services.broadcast.scene import broadcast, contract_of, deliver, letters, notices, people


def counts(row):
    return row.queued, row.handled, row.in_cabinet, row.by_email, row.switched_off, row.failed


def test_everybody_of_the_supplier_once_and_nobody_of_another(session, cast, system):
    """Борис has no contract, the stranger one of another supplier; Анна has two of this one."""
    make.link(session, cast.anna, make.contract(session, cast.supplier, "2"), "Дача")
    readers = people(session, cast.supplier, 7)
    people(session, make.supplier(session, "OTHER", "Другой"), 3)
    row = broadcast(session, cast.supplier)
    assert deliver(session, system) == 8
    assert [item.user_id for item in notices(session, row)] == [cast.anna.user, *(who.user for who in readers)]
    assert notices(session, row)[0].contract_id == cast.contract.id
    assert counts(row) == (8, 8, 8, 8, 0, 0) and row.status == BroadcastStatus.DONE
    assert len(letters(session, row)) == 8 and deliver(session, system) == 0


def test_each_readers_choice_is_obeyed(session, cast, system):
    """Н-54: cabinet only, letter only, neither; the rest by default both."""
    readers = people(session, cast.supplier, 4)
    for who, (in_cabinet, by_email) in zip(readers, [(True, False), (False, True), (False, False)], strict=False):
        choose(session, who, "supplier", in_cabinet, by_email)
    row = broadcast(session, cast.supplier)
    deliver(session, system)
    assert counts(row) == (5, 5, 3, 3, 1, 0)
    assert [len(list_notifications(session, who).items) for who in readers] == [1, 0, 0, 1]
    assert [item.to_email[-13:-12] for item in letters(session, row)] == ["a", "1", "3"]


def test_words_are_each_readers_own(session, cast, system):
    """{name}, {number} of that very contract; English for who reads English; a value is never filled in again."""
    readers = people(session, cast.supplier, 2)
    contract_of(session, cast.supplier, 1).customer_name = "{number} <b>"
    session.get(User, readers[0].user).language = "en"
    text = {"title": "Для {name}", "text": "Счёт {number}", "title_en": "To {name}", "text_en": "No. {number}"}
    row = broadcast(session, cast.supplier, **text)
    deliver(session, system)
    told = [(item.title, item.text) for item in notices(session, row)[1:]]
    assert told == [("To Соколова А. В.", "No. NEKTA-0"), ("Для {number} <b>", "Счёт NEKTA-1")]
    assert "All notifications" in letters(session, row)[1].text
    assert "&lt;b&gt;" in letters(session, row)[2].html


def test_debt_is_that_contracts_own_at_the_moment_of_telling(session, cast, system):
    """Who has paid between selection and telling is not told."""
    late, soon = date(2026, 9, 1), date(2026, 10, 1)
    readers = people(session, cast.supplier, 3)
    flats = [contract_of(session, cast.supplier, number) for number in range(3)]
    for flat, rubles in zip(flats, ("1500.10", "2000", "999.99"), strict=True):
        make.bill(session, flat, late, rubles, due_on=date(2026, 10, 15))
        make.bill(session, flat, soon, "100", due_on=date(2026, 11, 25))
    make.payment(session, flats[0], date(2026, 10, 1), "0.05")
    row = broadcast(session, cast.supplier, kind="debt", text="Долг {debt}", debt_from_rub="1000")
    start_due(session, system)
    make.payment(session, flats[1], date(2026, 11, 20), "2000")
    deliver(session, system)
    assert [(item.user_id, item.text) for item in notices(session, row)] == [
        (readers[0].user, "Долг 1\u00a0500,05\u00a0₽")
    ]
    assert counts(row) == (2, 2, 1, 1, 0, 1)


def test_who_has_left_meanwhile_is_not_told(session, cast, system):
    """Unlinked, closed, gone to another supplier between queueing and telling."""
    readers = people(session, cast.supplier, 3)
    row = broadcast(session, cast.supplier)
    start_due(session, system)
    cast.link.unlinked_at = make.NOW
    session.get(User, readers[0].user).status = UserStatus.DISABLED
    contract_of(session, cast.supplier, 1).supplier_id = make.supplier(session, "OTHER", "Другой").id
    deliver(session, system)
    assert [item.user_id for item in notices(session, row)] == [readers[2].user]
    assert counts(row) == (4, 4, 1, 1, 0, 3)


def test_planned_works_carry_their_period_and_place(session, cast, system):
    start = datetime.fromisoformat("2026-11-26T10:00+03:00")
    works = {"works_start": start, "works_end": start + timedelta(hours=4), "works_address": "ул. Лесная, 18"}
    row = broadcast(session, cast.supplier, kind="planned_works", **works)
    deliver(session, system)
    (letter,) = letters(session, row)
    assert "Когда: 26.11.2026, 10:00–14:00\nГде: ул. Лесная, 18" in letter.text
    assert notices(session, row)[0].facts["address"] == "ул. Лесная, 18"


def test_only_who_is_signed_in_hears_at_once(session, cast, system):
    """100 000 live events would be read by every worker: one a person, and only where a tab can be open."""
    people(session, cast.supplier, 3)
    open_session(session, system, session.get(User, cast.anna.user), False, get_settings())
    for event in session.exec(select(LiveEvent)).all():
        session.delete(event)
    broadcast(session, cast.supplier)
    deliver(session, system)
    told = session.exec(select(LiveEvent.user_id).where(LiveEvent.topic == "notifications")).all()
    assert told == [cast.anna.user]


def test_nothing_leaves_before_its_time_or_without_recipients(session, cast, system):
    later = broadcast(session, cast.supplier, send_at=make.NOW + timedelta(minutes=1))
    draft = broadcast(session, cast.supplier, status=BroadcastStatus.DRAFT, send_at=None)
    nobody = broadcast(session, make.supplier(session, "OTHER", "Другой"))
    assert deliver(session, system) == 0
    assert [row.status for row in (later, draft, nobody)] == ["scheduled", "draft", "done"]
    assert session.exec(select(BroadcastRecipient)).all() == []


def test_a_batch_is_all_or_nothing(session, cast, system):
    """What was rolled back is told by the next one, once."""
    people(session, cast.supplier, 5)
    row = broadcast(session, cast.supplier)
    start_due(session, system)
    session.commit()
    assert deliver_batch(session, system, 2) == 2
    session.rollback()
    assert notices(session, row) == []
    assert deliver(session, system, 2) == 6 and len(notices(session, row)) == 6


def test_letters_of_a_broadcast_wait_behind_all_others_and_refusals_are_counted(session, cast, system):
    """Nobody waits for an activation letter because of 100 000 others."""
    row = broadcast(session, cast.supplier)
    deliver(session, system)
    later = Subject("system", make.NOW + timedelta(seconds=5))
    letter.post(session, later, "password_changed", "boris@example.org", "ru")
    session.flush()
    first, second = outbox.claim_letter(session, later), outbox.claim_letter(session, later)
    assert (first.to_email, second.to_email) == ("boris@example.org", "anna@example.org")
    outbox.letter_refused(session, later, second.id, "550 no such mailbox")
    session.refresh(row)
    assert counts(row) == (1, 1, 1, 1, 0, 1)


@pytest.mark.parametrize("size", [1, 2, 3, 50])
def test_size_of_batches_changes_nothing(session, cast, system, size):
    people(session, cast.supplier, 5)
    row = broadcast(session, cast.supplier)
    assert deliver(session, system, size) == 6
    assert counts(row) == (6, 6, 6, 6, 0, 0)
