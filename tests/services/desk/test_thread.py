"""One ticket as an operator reads it: noted in the journal, beside what is known of the customer."""

from __future__ import annotations

import json
from datetime import date, timedelta
from decimal import Decimal

from sqlmodel import select

from energo_cabinet.models import AuditEntry
from energo_cabinet.services.desk.thread import desk_ticket
from energo_cabinet.services.desk.writing import answer
from tests import cast as make
from tests.services.desk.scene import opened, version


def test_reading_a_ticket_is_in_the_audit_journal_with_whose_it_was(session, cast):
    number = opened(session, cast)
    desk_ticket(session, cast.grigory, number)
    row = session.exec(select(AuditEntry).where(AuditEntry.action == "desk.thread")).one()
    assert (row.whose_id, json.loads(row.details)["ticket_id"]) == (cast.anna.user, number)


def test_card_of_the_customer_tells_balance_and_last_contact(session, cast, olga):
    older, number = opened(session, cast, "Раньше", days=3), opened(session, cast, days=2)
    nothing = desk_ticket(session, olga, number).customer
    assert (nothing.balance, nothing.contract_id) == (None, cast.contract.id)
    assert nothing.last_contact == make.NOW - timedelta(days=2)
    make.bill(session, cast.contract, date(2026, 9, 1), "1234.56")
    answer(session, olga, older, version(session, older), "Готово")
    known = desk_ticket(session, olga, number).customer
    assert (known.balance.status, known.balance.debt_rub, known.last_contact) == ("debt", Decimal("1234.56"), make.NOW)
