"""A supplier's answers in the database: each row once, corrected in place, nonsense and strangers' rows turned down."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from sqlmodel import func, select

from energo_cabinet.gateways.supplier_protocol import (
    BalanceData,
    ContractData,
    Decision,
    EventData,
    Installation,
    NoticeData,
    TicketUpdate,
)
from energo_cabinet.models import (
    Bill,
    Charge,
    ContractSync,
    LiveEvent,
    Meter,
    MeterEvent,
    MeteringPoint,
    MeterInstallation,
    MeterReading,
    MeterReadingVersion,
    Notification,
    OutboxLetter,
    Payment,
    ProfileDay,
    ProfileDayVersion,
    Tariff,
    TicketStatus,
)
from energo_cabinet.services.reading.submission import ReadingForm, list_submissions, submit_reading
from energo_cabinet.services.ticket.ticket import TicketForm, open_ticket, ticket_thread
from tests import cast as make
from tests.cast import NOW
from tests.services.exchange import pages as sent
from tests.services.exchange.pages import FLAT, METER, POINT, refused, take


@pytest.fixture
def flat(session, system, cast):
    """Анна's contract, behind the protocol and without points so far."""
    cast.point.contract_id = None
    sent.remote(session, system, cast.supplier, cast.contract)
    return cast


@pytest.fixture
def known(session, system, flat):
    """Its point and meter have come."""
    take(session, system, flat.contract, "points", POINT)
    take(session, system, flat.contract, "meters", METER)
    return flat


def count(session, table):
    return session.exec(select(func.count()).select_from(table)).one()


def counts(session, *tables):
    return [count(session, table) for table in tables]


def test_points_with_tariff_and_meters_come_once(session, system, known):
    tables = (MeteringPoint, Meter, MeterInstallation, Tariff)
    before = counts(session, *tables)
    take(session, system, known.contract, "points", POINT)
    take(session, system, known.contract, "meters", METER)
    assert counts(session, *tables) == before == [1, 1, 1, 1]
    point = session.exec(select(MeteringPoint)).one()
    assert (point.contract_id, point.name, point.tariff_id) == (known.contract.id, POINT.name, 1)
    assert refused(session) == set()


def test_replaced_meter_closes_the_one_before(session, system, known):
    removed = Installation(point=FLAT, installed_on=date(2020, 12, 1), removed_on=date(2026, 11, 1))
    following = Installation(point=FLAT, installed_on=date(2026, 11, 1))
    old = METER.model_copy(update={"installations": (removed,)})
    new = METER.model_copy(update={"serial_number": "50", "installations": (following,)})
    take(session, system, known.contract, "meters", old, new)
    rows = session.exec(select(MeterInstallation).order_by(MeterInstallation.installed_on)).all()
    assert [(r.installed_on.year, r.removed_on) for r in rows] == [(2020, date(2026, 11, 1)), (2026, None)]


def test_two_meters_on_a_point_and_dates_in_the_wrong_order_are_turned_down(session, system, known):
    other = METER.model_copy(update={"serial_number": "50"})
    backwards = Installation(point=FLAT, installed_on=date(2026, 1, 2), removed_on=date(2026, 1, 1))
    wrong = METER.model_copy(update={"serial_number": "51", "installations": (backwards,)})
    take(session, system, known.contract, "meters", METER, other, wrong)
    reasons = {("meters", "50", "point_has_meter"), ("meters", "51", "installation_dates")}
    assert (refused(session), count(session, Meter)) == (reasons, 1)


def test_point_of_another_contract_stays_where_it_is(session, system, flat):
    other = make.contract(session, flat.supplier, "another")
    theirs = make.point(session, other, "ЛС-999")
    take(session, system, flat.contract, "points", POINT, POINT.model_copy(update={"number": theirs.number}))
    assert refused(session) == {("points", "ЛС-999", "foreign_point")}
    session.refresh(theirs)
    assert theirs.contract_id == other.id
    take(session, system, flat.contract, "readings", sent.reading(1, point="ЛС-999"), sent.reading(2))
    assert session.exec(select(MeterReading.point_id)).all() == [flat.point.id]


def test_point_of_the_same_number_at_another_supplier_is_not_touched(session, system, flat):
    stranger = make.contract(session, make.supplier(session, "OTHER", "Другой"), "77")
    theirs = make.point(session, stranger, "ЛС-777")
    take(session, system, flat.contract, "points", POINT.model_copy(update={"number": "ЛС-777"}))
    numbers = select(MeteringPoint.contract_id).where(MeteringPoint.number == "ЛС-777")
    assert set(session.exec(numbers)) == {stranger.id, flat.contract.id}
    session.refresh(theirs)
    assert theirs.contract_id == stranger.id


def test_point_that_is_no_longer_listed_leaves_but_an_empty_list_is_doubted(session, system, known):
    take(session, system, known.contract, "points", POINT, POINT.model_copy(update={"number": "Л2"}))
    take(session, system, known.contract, "points", POINT)
    mine = select(MeteringPoint.number).where(MeteringPoint.contract_id == known.contract.id)
    assert session.exec(mine).all() == [FLAT]
    take(session, system, known.contract, "points")
    assert session.exec(mine).all() == [FLAT]
    assert refused(session) == {("points", "", "points_gone")}


def test_unknown_zone_and_ratio_are_turned_down_and_the_rest_is_stored(session, system, flat):
    mars = POINT.model_copy(update={"number": "1", "zone_name": "Mars/Base"})
    zero = POINT.model_copy(update={"number": "2", "current_ratio": Decimal(0)})
    take(session, system, flat.contract, "points", mars, POINT, zero)
    assert refused(session) == {("points", "1", "unknown_zone"), ("points", "2", "ratio")}
    assert flat.point.contract_id == flat.contract.id


def test_contract_data_follow_and_a_strangers_number_does_not(session, system, flat):
    data = ContractData(id="c-1", number="7638-294-061", login="new", customer_name="Соколова А. В.", address="Лесная")
    take(session, system, flat.contract, "contract", data)
    assert (flat.contract.login, flat.contract.address) == ("new", "Лесная")
    other = make.contract(session, flat.supplier, "another")
    take(session, system, flat.contract, "contract", data.model_copy(update={"number": other.number}))
    take(session, system, flat.contract, "contract", data.model_copy(update={"id": "c-2"}))
    assert {reason for _, _, reason in refused(session)} == {"number_taken", "foreign_contract"}


def test_bills_and_payments_are_corrected_and_cancelled_in_place(session, system, flat):
    for _ in range(2):
        take(session, system, flat.contract, "bills", sent.bill())
        take(session, system, flat.contract, "payments", sent.payment())
    assert counts(session, Bill, Charge, Payment) == [1, 1, 1]
    take(session, system, flat.contract, "bills", sent.bill(amount="90.00"))
    take(session, system, flat.contract, "payments", sent.payment(amount="60.00"))
    assert session.exec(select(Bill.amount_rub)).one() == session.exec(select(Charge.amount_rub)).one() == 90
    assert session.exec(select(Payment.amount_rub)).one() == 60
    take(session, system, flat.contract, "bills", sent.bill(is_cancelled=True), sent.bill("10/2026-к"))
    take(session, system, flat.contract, "payments", sent.payment(is_cancelled=True))
    assert session.exec(select(Bill.number)).all() == ["10/2026-к"]
    assert counts(session, Charge, Payment) == [1, 0]


def test_bills_that_do_not_add_up_are_turned_down(session, system, flat):
    wrong = sent.bill("sum", lines=(sent.line("1.00"),))
    ahead = sent.bill("ahead", issued_on=date(2026, 12, 3))
    take(session, system, flat.contract, "bills", wrong, ahead, sent.bill("a"), sent.bill("b"))
    assert {(row, reason) for _, row, reason in refused(session)} == {
        ("sum", "bill_sum"),
        ("ahead", "ahead"),
        ("b", "bill_month"),
    }
    assert count(session, Bill) == 1


def test_balance_is_the_suppliers_word(session, system, flat):
    take(session, system, flat.contract, "balance", BalanceData(debt_rub="12.30", as_of=NOW))
    assert session.get_one(ContractSync, flat.contract.id).debt_rub == Decimal("12.30")


def test_readings_come_once_and_a_corrected_one_keeps_its_version(session, system, known):
    for _ in range(2):
        take(session, system, known.contract, "readings", sent.reading(4_600_000))
    take(session, system, known.contract, "readings", sent.reading(4_700_000), sent.reading(1, days_ago=-3))
    assert counts(session, MeterReading, MeterReadingVersion) == [1, 1]
    assert {reason for _, _, reason in refused(session)} == {"ahead"}


def test_profile_days_come_once_and_wrong_lengths_are_turned_down(session, system, known):
    day = date(2026, 11, 10)
    for _ in range(2):
        take(session, system, known.contract, "profile", sent.profile_day(day), sent.profile_day(day, slots=47))
    assert counts(session, ProfileDay, ProfileDayVersion) == [1, 0]
    assert refused(session) == {("profile", f"{FLAT} A+ {day}", "slots")}
    take(session, system, known.contract, "profile", sent.profile_day(day, wh=200))
    assert counts(session, ProfileDay, ProfileDayVersion) == [1, 1]


def test_new_values_reach_open_tabs(session, system, known):
    before = count(session, LiveEvent)
    take(session, system, known.contract, "readings", sent.reading(1), more=True)
    take(session, system, known.contract, "readings", sent.reading(1), more=True)
    events = session.exec(select(LiveEvent).offset(before)).all()
    assert [(event.user_id, event.topic) for event in events] == [(known.anna.user, "measured")]


def test_events_come_once_and_high_ones_alarm(session, system, known):
    opened = EventData(id="e1", point=FLAT, code="m23x.2A", started_at=NOW - timedelta(hours=1))
    for _ in range(2):
        take(session, system, known.contract, "events", opened)
    assert count(session, MeterEvent) == 1


def test_notices_are_told_once_and_old_ones_silently(session, system, flat):
    fresh = NoticeData(id="n1", kind="message", title="Новое", text="Текст", created_at=NOW - timedelta(hours=1))
    old = NoticeData(id="n2", kind="debt", title="Старое", text="Текст", created_at=NOW - timedelta(days=90))
    for _ in range(2):
        take(session, system, flat.contract, "notifications", fresh, old)
    rows = session.exec(select(Notification).order_by(Notification.title)).all()
    assert [(row.title, row.read_at is None, row.user_id) for row in rows] == [
        ("Новое", True, flat.anna.user),
        ("Старое", False, flat.anna.user),
    ]
    assert count(session, OutboxLetter) == 1


def opened(session, flat):
    return open_ticket(
        session, flat.anna, flat.contract.id, TicketForm("other", "Тема", "Вопрос", "a@example.org")
    ).card


def test_answer_reaches_the_thread_once_and_live(session, system, flat):
    ticket = opened(session, flat)
    said = {"ticket": str(ticket.id), "written_at": NOW}
    answer = TicketUpdate(id="u1", text="Ответ", signature="Ольга", **said)
    for _ in range(2):
        take(
            session,
            system,
            flat.contract,
            "ticket_updates",
            answer,
            TicketUpdate(id="u2", status=TicketStatus.CLOSED, **said),
        )
    thread = ticket_thread(session, flat.anna, ticket.id)
    assert [line.text for line in thread.lines if line.text] == ["Вопрос", "Ответ"]
    assert thread.card.status == "closed"
    assert flat.anna.user in session.exec(select(LiveEvent.user_id).where(LiveEvent.topic == "tickets")).all()
    take(session, system, flat.contract, "ticket_updates", TicketUpdate(id="u3", text="Ещё", **said))
    assert ticket_thread(session, flat.anna, ticket.id).lines[-1].text == "Ещё"


def test_answer_to_a_strangers_ticket_is_turned_down(session, system, flat):
    ticket = opened(session, flat)
    other = make.contract(session, flat.supplier, "another")
    sent.remote(session, system, flat.supplier, other, "c-2")
    update = TicketUpdate(id="u1", ticket=str(ticket.id), text="Чужой", written_at=NOW)
    nobody = TicketUpdate(id="u2", ticket="T-1", text="Никому", written_at=NOW)
    take(session, system, other, "ticket_updates", update, nobody)
    assert {row for _, row, _ in refused(session)} == {"u1", "u2"}
    assert len(ticket_thread(session, flat.anna, ticket.id).lines) == 1


def test_decision_on_a_waiting_reading_is_told(session, system, known):
    known.supplier.reading_first_day, known.supplier.reading_last_day = 1, 31
    take(session, system, known.contract, "readings", sent.reading(4_500_000, 30))
    submit_reading(session, known.anna, known.point.id, ReadingForm("form-0001", {"T1": "4600", "T2": "100"}))
    decision = Decision(key="reading 1", status="rejected", reason="Не похоже", decided_at=NOW)
    take(session, system, known.contract, "decisions", decision, decision.model_copy(update={"key": "reading 7"}))
    (item,) = list_submissions(session, known.anna, known.point.id).items
    assert (item.status, item.reason) == ("rejected", "Не похоже")
    assert refused(session) == {("decisions", "reading 7", "foreign_reading")}
