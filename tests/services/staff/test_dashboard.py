"""«Сводка»: numbers of one supplier, on both databases."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from energo_cabinet.auth import rate
from energo_cabinet.models import (
    ImportJob,
    ImportStatus,
    LinkRequest,
    LinkRequestStatus,
    LoginSession,
    OutboxLetter,
    SmsMessage,
    User,
)
from energo_cabinet.services.desk.writing import set_status
from energo_cabinet.services.staff.dashboard import AGES, WEEKS, dashboard
from tests import cast as make
from tests.services.desk.scene import opened, version

LATER = make.NOW + timedelta(days=1)


@pytest.fixture(autouse=True)
def _fresh_limits():
    rate.forget_all()


def test_open_tickets_by_age_and_overdue(session, cast):
    for days in (0, 2, 5, 10, 20, 40):
        closed = opened(session, cast, days=days)
        opened(session, cast, days=days)
        set_status(session, cast.grigory, closed, version(session, closed), "closed")
    found = dashboard(session, cast.grigory)
    assert (found.open_tickets, found.overdue, found.ages) == (6, 2, (1,) * (len(AGES) + 1))
    assert (dashboard(session, cast.darya).open_tickets, dashboard(session, cast.darya).overdue) == (0, 0)


def test_requests_imports_failures_and_sign_ins(session, cast):
    asked = {"contract_number": "1", "customer_name": "x", "created_at": make.NOW}
    session.add(
        LinkRequest(user_id=cast.boris.user, supplier_id=cast.supplier.id, status=LinkRequestStatus.WAITING, **asked)
    )
    for n, status in enumerate((ImportStatus.DONE, ImportStatus.REFUSED)):
        known = {"way": "upload", "name": "x", "size": 1, "sha256": "x", "status": status, "created_at": make.NOW}
        session.add(ImportJob(key=f"{n}" * 40, supplier_id=cast.supplier.id, **known))
    for email in ("anna@example.org", "somebody@example.org"):
        known = {"message_id": email, "subject": "x", "text": "x", "html": "x", "next_try_at": make.NOW}
        session.add(OutboxLetter(to_email=email, created_at=make.NOW, failed_at=make.NOW, **known))
    lost = {"to_phone": "1", "text": "", "next_try_at": make.NOW, "created_at": make.NOW, "failed_at": make.NOW}
    session.add(SmsMessage(message_id="m", user_id=cast.anna.user, **lost))
    until = {"last_seen_at": make.NOW, "idle_until": LATER, "expires_at": LATER}
    session.add(LoginSession(token_sha256="x", user_id=cast.anna.user, created_at=make.NOW, **until))
    session.flush()
    found, far = dashboard(session, cast.grigory), dashboard(session, cast.darya)
    assert (found.requests, found.imports, found.imports_refused, found.sign_ins) == (1, 2, 1, 1)
    assert (found.letters_failed, found.sms_failed, found.deliveries_failed) == (1, 1, 0)
    assert (far.requests, far.imports, far.letters_failed, far.sms_failed, far.sign_ins) == (0,) * 5


def test_registered_users_by_week_of_the_supplier(session, cast):
    session.get_one(User, cast.anna.user).created_at = make.NOW - timedelta(days=8)
    session.flush()
    found = dashboard(session, cast.grigory)
    assert (len(found.weeks), found.weeks[-1][0]) == (WEEKS, date(2026, 11, 16))
    assert [count for _, count in found.weeks] == [0] * (WEEKS - 2) + [1, 0]
    assert sum(count for _, count in dashboard(session, cast.darya).weeks) == 0


def test_administrator_of_the_installation_counts_everybody(session, cast):
    opened(session, cast)
    root = make.staff(session, "root@example.org", "Корнев Роман", None, make.StaffRoleName.SYSTEM_ADMIN)
    found = dashboard(session, replace(root, at=make.NOW))
    assert found.open_tickets == 1 and sum(count for _, count in found.weeks) == 5
