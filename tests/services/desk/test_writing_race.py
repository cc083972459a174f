"""Two operators press at the same moment, each with a database session of their own: one wins, the other is told."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from sqlmodel import select

from energo_cabinet.database import session_scope
from energo_cabinet.errors import Conflict
from energo_cabinet.models import AuditEntry, Ticket, TicketMessage
from energo_cabinet.services.desk.writing import answer, assign, set_status
from energo_cabinet.services.ticket.ticket import reply
from tests import cast as make
from tests.services.desk.scene import opened


def at_once(engine, *calls):
    """What came of each: "done" or the code of the refusal."""
    start = Barrier(len(calls))

    def run(call):
        start.wait()
        try:
            with session_scope(engine) as session:
                call(session)
        except Conflict as error:
            return error.code
        return "done"

    with ThreadPoolExecutor(len(calls)) as pool:
        return sorted(pool.map(run, calls))


@pytest.mark.parametrize("attempt", range(4))
def test_of_two_answers_with_one_version_one_is_sent(engine, session, cast, attempt):
    olga = make.staff(session, "olga@example.org", "Орлова Ольга", cast.supplier)
    number = opened(session, cast)
    seen = session.get_one(Ticket, number).version
    session.commit()
    came = at_once(
        engine,
        lambda s: answer(s, olga, number, seen, "От Ольги"),
        lambda s: answer(s, cast.grigory, number, seen, "От Григория"),
    )
    assert came == ["desk_changed", "done"]
    session.expire_all()
    assert len(session.exec(select(TicketMessage).where(TicketMessage.author == "supplier")).all()) == 1
    assert len(session.exec(select(AuditEntry).where(AuditEntry.action == "ticket.answer")).all()) == 1


def test_of_many_changes_one_wins(engine, session, cast):
    olga = make.staff(session, "olga@example.org", "Орлова Ольга", cast.supplier)
    number = opened(session, cast)
    seen = session.get_one(Ticket, number).version
    session.commit()
    came = at_once(
        engine,
        lambda s: assign(s, olga, number, seen, olga.user),
        lambda s: assign(s, cast.grigory, number, seen, cast.grigory.user),
        lambda s: set_status(s, cast.grigory, number, seen, "closed"),
    )
    assert came == ["desk_changed", "desk_changed", "done"]


def test_the_customer_writes_while_the_operator_sends(engine, session, cast):
    """Whoever is second: either the operator is told, or the customer's words follow the answer. Nothing is lost."""
    number = opened(session, cast)
    seen = session.get_one(Ticket, number).version
    session.commit()
    came = at_once(
        engine, lambda s: reply(s, cast.anna, number, "Ещё"), lambda s: answer(s, cast.grigory, number, seen, "Готово")
    )
    assert came in (["done", "done"], ["desk_changed", "done"])
    session.expire_all()
    said = [line.text for line in session.exec(select(TicketMessage).order_by(TicketMessage.id))]
    assert "Ещё" in said and len(said) == (3 if came == ["done", "done"] else 2)
    assert session.get_one(Ticket, number).version >= seen + 1
