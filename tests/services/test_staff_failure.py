"""What was not delivered: masked, of one supplier's people, page by page; the dashboard counts the same."""

from __future__ import annotations

from datetime import timedelta

import pytest

from energo_cabinet.domain.masked import masked_email, masked_phone
from energo_cabinet.models import DeliveryKind, OutboxLetter, SmsMessage, SupplierDelivery
from energo_cabinet.services import staff_failure
from energo_cabinet.services.staff_dashboard import dashboard
from energo_cabinet.services.staff_failure import FAILED_DAYS, failures
from tests import cast as make


def lost_letter(session, email="anna@example.org", minutes=0, days=0, key="", now=make.NOW) -> None:
    at = now - timedelta(days=days, minutes=minutes)
    told = {"message_id": key or f"{email}{minutes}", "subject": "Вход", "last_error": "SMTPDataError [552]"}
    times = {"created_at": at, "next_try_at": at, "failed_at": at}
    session.add(OutboxLetter(to_email=email, text="", html="", attempts=3, **told, **times))
    session.flush()


def lost_sms(session, who, now=make.NOW) -> None:
    at = now - timedelta(hours=1)
    known = {"message_id": f"m{who.user}", "to_phone": "+79000001842", "text": "", "last_error": "expired"}
    session.add(SmsMessage(user_id=who.user, created_at=at, next_try_at=at, failed_at=at, **known))
    session.flush()


def lost_delivery(session, contract, now=make.NOW) -> None:
    at = now - timedelta(hours=2)
    known = {"key": "ticket 1", "payload": {"theme": "Счётчик"}, "last_error": "закрыт"}
    times = {"created_at": at, "next_try_at": at, "failed_at": at}
    session.add(SupplierDelivery(contract_id=contract.id, kind=DeliveryKind.TICKET, **known, **times))
    session.flush()


def everything(session, cast, now=make.NOW) -> None:
    lost_letter(session, now=now), lost_sms(session, cast.anna, now), lost_delivery(session, cast.contract, now)


def test_newest_first_masked_with_the_way_to_the_customer(session, cast):
    everything(session, cast)
    items = failures(session, cast.grigory).items
    assert [(one.kind, one.to, one.about) for one in items] == [
        ("letter", "an•••@example.org", "Вход"),
        ("sms", "+7 ••• •••-18-42", ""),
        ("delivery", "7638-294-061", "Счётчик"),
    ]
    assert {one.contract_id for one in items} == {cast.contract.id} and items[0].attempts == 3


def test_counts_are_those_of_the_dashboard(session, cast):
    everything(session, cast)
    found, counts = dashboard(session, cast.grigory), failures(session, cast.grigory).counts
    assert (found.letters_failed, found.sms_failed, found.deliveries_failed) == (1, 1, 1)
    assert counts == {"letter": 1, "sms": 1, "delivery": 1}


def test_other_suppliers_see_nothing_and_old_ones_are_over(session, cast):
    everything(session, cast), lost_letter(session, days=FAILED_DAYS + 1, key="old")
    lost_letter(session, "somebody@example.org")
    assert failures(session, cast.darya).items == ()
    assert len(failures(session, cast.grigory).items) == 3
    root = make.staff(session, "root@example.org", "Корнев Роман", None, make.StaffRoleName.SYSTEM_ADMIN)
    assert len(failures(session, root).items) == 4


def test_pages_follow_one_another(session, cast, monkeypatch):
    monkeypatch.setattr(staff_failure, "PAGE", 2)
    for minutes in range(5):
        lost_letter(session, minutes=minutes)
    seen, skip = [], 0
    while skip is not None:
        page = failures(session, cast.grigory, "letter", skip)
        seen, skip = seen + [one.id for one in page.items], page.next
    assert len(seen) == len(set(seen)) == 5


@pytest.mark.parametrize(("kind", "count"), [("letter", 1), ("sms", 1), ("delivery", 1), ("evil", 3), ("", 3)])
@pytest.mark.parametrize("skip", [0, -1, 10**9, "x", None])
def test_filter_and_damaged_places(session, cast, kind, count, skip):
    everything(session, cast)
    assert len(failures(session, cast.grigory, kind, skip).items) == count


@pytest.mark.parametrize(("whole", "shown"), [("a@x.ru", "a•••@x.ru"), ("anna@x.ru", "an•••@x.ru"), ("", "•••")])
def test_masked_email(whole, shown):
    assert masked_email(whole) == shown


@pytest.mark.parametrize(("whole", "shown"), [("+79000001842", "+7 ••• •••-18-42"), ("1", "•••"), ("+7900", "•••")])
def test_masked_phone(whole, shown):
    assert masked_phone(whole) == shown
