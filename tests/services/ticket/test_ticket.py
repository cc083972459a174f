"""Обращения: opened, numbered, answered, closed, opened again, rated, found (Н-4, Н-138…Н-148, F-16)."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from sqlmodel import Session, select

from energo_cabinet.database import session_scope
from energo_cabinet.errors import CabinetError, Conflict, InvalidInput, NotFound, TooManyAttempts
from energo_cabinet.models import Attachment, LiveEvent, SupplierDelivery, TicketStatus
from energo_cabinet.services.attachment import attachment_file
from energo_cabinet.services.supplier.delivery import claim_delivery, delivery_arrived, hand_over
from energo_cabinet.services.ticket.command import answer_ticket, close_ticket
from energo_cabinet.services.ticket.ticket import close, list_tickets, open_ticket, rate, reopen, reply
from tests import cast as make
from tests.services.ticket.scene import FORM, numbers, opened


def wrong_fields(session, cast, **given):
    with pytest.raises(InvalidInput) as refused:
        opened(session, cast, **given)
    return refused.value.fields


def test_numbers_count_by_contract(session, cast):
    second = make.contract(session, cast.supplier, "40-11825")
    make.link(session, cast.anna, second)
    assert [opened(session, cast, text=f"{n}").card.number for n in range(3)] == [1, 2, 3]
    assert open_ticket(session, cast.anna, second.id, FORM).card.number == 1


def test_parallel_tickets_get_numbers_one_by_one(session, engine, cast):
    session.commit()

    def one(n):
        with session_scope(engine) as own:
            return open_ticket(own, cast.anna, cast.contract.id, replace(FORM, text=f"{n}")).card.number

    with ThreadPoolExecutor(6) as hands:
        assert sorted(hands.map(one, range(12))) == list(range(1, 13))


def test_two_clicks_make_one(session, engine, cast):
    """At the same time and one after the other; other words are another ticket."""
    session.commit()

    def click(text):
        with session_scope(engine) as own:
            return open_ticket(own, cast.anna, cast.contract.id, replace(FORM, key="k-0", text=text)).card.number

    with ThreadPoolExecutor(4) as hands:
        assert set(hands.map(click, ["Одно"] * 4)) == {1}
    assert (click("Одно"), click("Другое")) == (1, 2)


def test_errors_stand_beside_their_fields(session, cast):
    found = wrong_fields(session, cast, category="x", theme=" ", text="я" * 4001, email="anna@", phone="123")
    codes = ("ticket_category", "required", "ticket_text_long", "email_invalid", "phone_invalid")
    assert found == dict(zip(("category", "theme", "text", "email", "phone"), codes, strict=True))
    assert wrong_fields(session, cast, theme="я" * 121) == {"theme": "ticket_theme_long"}
    assert wrong_fields(session, cast, text="а\0б") == {"text": "invalid_characters"}
    assert numbers(list_tickets(session, cast.anna, cast.contract.id)) == []


def test_too_many_messages_wait(session, cast):
    with pytest.raises(TooManyAttempts) as refused:
        for n in range(31):
            opened(session, cast, text=f"{n}")
    assert (refused.value.field, refused.value.code) == ("text", "ticket_limit")


def test_closed_opens_again_with_words_only(session, cast, system):
    ticket = opened(session, cast).card
    close_ticket(session, system, ticket.id)
    with pytest.raises(Conflict, match="ticket_closed"):
        reply(session, cast.anna, ticket.id, "Ещё")
    with pytest.raises(InvalidInput):
        reopen(session, cast.anna, ticket.id, " ")
    thread = reopen(session, cast.anna, ticket.id, "Прибор снова не передаёт")
    assert (thread.card.status, thread.rating) == (TicketStatus.IN_WORK, None)
    with pytest.raises(Conflict, match="ticket_moved"):
        reopen(session, cast.anna, ticket.id, "Ещё")


def test_customer_closes_and_rates(session, cast):
    ticket = opened(session, cast).card
    with pytest.raises(Conflict, match="ticket_not_closed"):
        rate(session, cast.anna, ticket.id, 5)
    assert close(session, cast.anna, ticket.id).card.status == TicketStatus.CLOSED
    rated = rate(session, cast.anna, ticket.id, 4, " Быстро ")
    assert (rated.rating, rated.rating_note) == (4, "Быстро")


@pytest.mark.parametrize("rating", [0, 6, True, "5", None, 4.5])
def test_what_is_no_rating(session, cast, rating):
    ticket = opened(session, cast).card
    close(session, cast.anna, ticket.id)
    with pytest.raises(InvalidInput):
        rate(session, cast.anna, ticket.id, rating)


def test_every_change_tells_the_author_the_suppliers_staff_and_nobody_else(session, cast, system):
    make.link(session, cast.boris, cast.contract)
    ticket = opened(session, cast).card
    answer_ticket(session, system, ticket.id, "Готово")
    told = session.exec(select(LiveEvent.user_id, LiveEvent.topic)).all()
    assert set(told) == {
        (cast.anna.user, "tickets"),
        (cast.anna.user, "notifications"),
        (cast.grigory.user, "desk"),
    }


def test_markup_stays_text(session: Session, cast):
    attack = "<img src=x onerror=alert(1)> {{7*7}} javascript:alert(1)"
    assert opened(session, cast, theme=attack, text=attack).lines[0].text == attack


def test_every_line_leaves_for_the_supplier_once_in_order(session, cast, system):
    """Н-4: the local gateway keeps it here."""
    ticket = open_ticket(session, cast.anna, cast.contract.id, FORM, cast.point.id)
    reply(session, cast.anna, ticket.card.id, "Ещё", "k")
    reply(session, cast.anna, ticket.card.id, "Ещё", "k")
    close(session, cast.anna, ticket.card.id)
    sent = session.exec(select(SupplierDelivery).order_by(SupplierDelivery.id)).all()
    told = [(one.payload["number"], one.payload["text"], one.payload["status"]) for one in sent]
    assert told == [(1, "Хочу перейти на три зоны.", "new"), (1, "Ещё", "new"), (1, "", "closed")]
    assert (sent[0].payload["point"], sent[0].payload["email"]) == (cast.point.number, "anna@example.org")
    while claimed := claim_delivery(session, system):
        delivery_arrived(session, system, claimed.id, hand_over(session, system, claimed.id))
    assert all(one.delivered_at for one in sent)


def test_files_go_with_the_line_and_are_their_senders_only(session, cast):
    make.link(session, cast.boris, cast.contract)
    mine = make_file(session, cast.anna)
    thread = opened(session, cast, attachment_ids=(mine,))
    assert [file.name for file in thread.lines[0].files] == ["паспорт.pdf"]
    with pytest.raises(NotFound):
        attachment_file(session, cast.boris, mine)
    with pytest.raises(CabinetError, match="attachment_gone"):
        opened(session, cast, cast.boris, text="чужой", attachment_ids=(mine,))
    with pytest.raises(CabinetError, match="attachment_count"):
        opened(session, cast, text="много", attachment_ids=tuple(range(1, 7)))


def make_file(session, who):
    row = Attachment(key="k" * 32, user_id=who.user, purpose="ticket", name="паспорт.pdf", size=9, created_at=make.NOW)
    row.media_type = "application/pdf"
    session.add(row)
    session.flush()
    return row.id
