"""The state of the sync: what is due, cursors moved with the data, backing off, the age of data (DESIGN 1.8)."""

from dataclasses import replace

from sqlmodel import select

from energo_cabinet.models import Bill, ContractSync, SyncCursor
from energo_cabinet.services.exchange.answer import Answer
from energo_cabinet.services.exchange.sync import (
    forget_changes_cursor,
    next_task,
    note_changes,
    store_answer,
    task_failed,
)
from energo_cabinet.services.exchange.turn import due_suppliers
from energo_cabinet.services.supplier.freshness import freshness_of
from tests import supplier_pages as sent
from tests.cast import NOW
from tests.services.exchange.scene import LATER, state
from tests.supplier_pages import POINT, take


def done(session, system, cast, *resources):
    for resource in resources:
        take(session, system, cast.contract, resource)


def test_a_linked_contract_is_fetched_at_once_points_first(session, system, flat):
    assert due_suppliers(session, system) == [flat.supplier.id]
    assert next_task(session, system, flat.supplier.id).resource == "contract"
    take(session, system, flat.contract, "points", POINT)
    assert freshness_of(session, flat.contract.id, NOW).is_loading


def test_what_is_measured_waits_for_its_points(session, system, flat):
    done(session, system, flat, "contract")
    task_failed(session, system, next_task(session, system, flat.supplier.id))
    asked = [next_task(session, system, flat.supplier.id).resource]
    done(session, system, flat, "balance", "bills", "payments", "notifications", "ticket_updates", "decisions")
    assert asked == ["balance"]
    assert next_task(session, system, flat.supplier.id) is None
    assert next_task(session, LATER, flat.supplier.id).resource == "points"


def test_whole_contract_is_as_old_as_the_suppliers_word(session, system, loaded):
    assert next_task(session, system, loaded.supplier.id) is None
    assert session.get_one(ContractSync, loaded.contract.id).loaded_at == NOW
    found = freshness_of(session, loaded.contract.id, NOW)
    assert (found.as_of, found.is_loading, found.failing_since) == (NOW, False, None)


def test_contract_with_something_to_fetch_keeps_its_age(session, system, loaded):
    later = sent.changes(("c-1", "bills"), ("c-9", "bills"), cursor="c1", as_of=LATER.at)
    assert note_changes(session, LATER, loaded.supplier.id, "c0", later)
    assert freshness_of(session, loaded.contract.id, NOW).as_of == NOW
    assert next_task(session, LATER, loaded.supplier.id).resource == "bills"
    take(session, LATER, loaded.contract, "bills", sent.bill())
    assert freshness_of(session, loaded.contract.id, NOW).as_of == LATER.at


def test_the_same_page_of_changes_counts_once(session, system, loaded):
    page = sent.changes(("c-1", "bills"), cursor="c1")
    results = [note_changes(session, system, loaded.supplier.id, "c0", page) for _ in range(2)]
    assert (results, state(session, loaded).cursor) == ([True, False], "c1")


def test_answer_to_a_task_that_another_has_done_is_dropped(session, system, flat):
    task = next(t for t in [next_task(session, system, flat.supplier.id)] if t)
    bills = replace(task, resource="bills")
    answers = [store_answer(session, system, bills, Answer((sent.bill(),), "x1", has_more=True)) for _ in range(2)]
    assert (answers, len(session.exec(select(Bill)).all())) == ([True, False], 1)
    assert session.get_one(SyncCursor, (flat.contract.id, "bills")).cursor == "x1"


def test_change_that_comes_while_a_page_is_fetched_is_not_lost(session, system, loaded):
    note_changes(session, system, loaded.supplier.id, "c0", sent.changes(("c-1", "bills"), cursor="c1"))
    task = next_task(session, system, loaded.supplier.id)
    note_changes(session, LATER, loaded.supplier.id, "c1", sent.changes(("c-1", "bills"), cursor="c2"))
    store_answer(session, LATER, task, Answer((), "xx"))
    assert next_task(session, LATER, loaded.supplier.id).resource == "bills"


def test_supplier_that_forgot_our_place_is_asked_for_everything(session, system, loaded):
    forget_changes_cursor(session, system, loaded.supplier.id)
    assert next_task(session, system, loaded.supplier.id).resource == "contract"
    assert state(session, loaded).cursor == ""


def test_expired_cursor_begins_the_list_anew_and_a_gone_contract_ends_it(session, system, flat):
    take(session, system, flat.contract, "bills", sent.bill(), more=True)
    bills = replace(next_task(session, system, flat.supplier.id), resource="bills")
    task_failed(session, system, bills, starts_anew=True)
    row = session.get_one(SyncCursor, (flat.contract.id, "bills"))
    assert (row.cursor, row.due_at) == ("", NOW)
    task_failed(session, system, bills, is_gone=True)
    assert row.due_at is None
    assert {reason for _, _, reason in sent.refused(session)} == {"contract_gone"}


def test_point_that_joins_later_gets_its_history(session, system, loaded):
    take(session, system, loaded.contract, "readings", sent.reading(5, point="Л2"))
    take(session, system, loaded.contract, "points", POINT, POINT.model_copy(update={"number": "Л2"}))
    row = session.get_one(SyncCursor, (loaded.contract.id, "readings"))
    assert (row.cursor, row.due_at) == ("", NOW)


def test_local_contract_says_nothing_about_its_age(session, cast):
    assert freshness_of(session, cast.contract.id, NOW) is None
