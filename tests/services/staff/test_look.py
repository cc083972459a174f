"""The duty of 24 and 72 hours: whose data an account, an address or a device looked at between two moments."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlmodel import select

from energo_cabinet.auth.looks import Looker, gathering, rows_of, store_rows
from energo_cabinet.errors import InvalidInput, PermissionDenied, StepUpNeeded
from energo_cabinet.models import DataLook, StaffRoleName
from energo_cabinet.services.bill.bill import list_bills
from energo_cabinet.services.customers.customer import customer_page
from energo_cabinet.services.staff.look import forget_looks, look_report, look_table
from tests import cast as make
from tests.cast import NOW
from tests.services.staff.bad_day import letters_to, member_of, root_of

pytestmark = pytest.mark.usefixtures("surroundings")
DAY = ("2026-11-21T00:00", "2026-11-22T00:00")
FROM = {"ip": "203.0.113.7", "device": "Firefox", "session_id": 5}


def looks_of(session, who, service, *args):
    """Ask as the door does, and keep what was looked at."""
    with gathering() as looks:
        service(session, who, *args)
    known = {
        "ip": who.ip,
        "device": who.device,
        "device_id": 0,
        "supplier_id": who.staff.supplier_id or 0 if who.staff else 0,
    }
    looker = Looker(who.at, who.user, session_id=who.session_id or 0, **known)
    rows = rows_of(session.connection(), looker, looks)
    if rows:
        store_rows(session.connection(), rows)


@pytest.fixture
def looked(session, cast):
    """Анна reads her bills, Григорий opens her card, Борис finds nothing."""
    looks_of(session, replace(cast.anna, **FROM), list_bills, cast.contract.id)
    looks_of(session, replace(cast.grigory, ip="203.0.113.8", session_id=6), customer_page, cast.contract.id)


def numbers(session, who, by, value, span=DAY):
    return [row.number for row in look_report(session, who, by, value, *span).rows if row.kind == "contract"]


@pytest.mark.parametrize(
    ("by", "value"),
    [
        ("account", "anna@example.org"),
        ("account", " GRIGORY@example.org "),
        ("address", "203.0.113.7"),
        ("session", "5"),
        ("session", "6"),
    ],
)
def test_by_account_address_and_device(session, cast, looked, by, value):
    row = look_report(session, cast.grigory, by, value, *DAY).rows[0]
    assert (row.kind, row.number, row.whose, row.supplier) == ("contract", "7638-294-061", "Соколова А. В.", "NeKta")
    assert row.first.astimezone(UTC) == NOW and row.by and row.ips


@pytest.mark.parametrize(
    ("by", "value"),
    [("account", "boris@example.org"), ("account", "nobody@example.org"), ("address", "203.0.113.9"), ("phone", "5")],
)
def test_who_looked_at_nothing_is_clean(session, cast, looked, by, value):
    assert look_report(session, cast.grigory, by, value, *DAY).rows == ()


def test_only_between_the_moments(session, cast, looked):
    ask = (session, cast.grigory, "account", "anna@example.org")
    assert numbers(*ask, ("2026-11-21T12:00", "2026-11-21T12:01")) == ["7638-294-061"]
    assert numbers(*ask, ("2026-11-21T12:01", "2026-11-22T00:00")) == []
    assert numbers(*ask, ("2026-11-20T00:00", "2026-11-21T11:59")) == []


def test_another_supplier_s_administrator_reads_nothing_of_it_and_root_all(session, cast, looked):
    for by, value in (("account", "anna@example.org"), ("address", "203.0.113.7"), ("session", "5")):
        assert look_report(session, cast.darya, by, value, *DAY).rows == ()
        assert numbers(session, root_of(session, f"{by}@example.org"), by, value) == ["7638-294-061"]


def test_the_audit_journal_tells_of_times_without_looks(session, cast):
    customer_page(session, replace(cast.grigory, ip="203.0.113.8"), cast.contract.id)
    assert session.exec(select(DataLook)).all() == []
    assert numbers(session, cast.grigory, "account", "grigory@example.org") == ["7638-294-061"]
    assert numbers(session, cast.grigory, "address", "203.0.113.8") == ["7638-294-061"]


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        (("king", "x", *DAY), "by"),
        ((None, None, *DAY), "by"),
        (("account", "anna", *DAY), "value"),
        (("address", "300.1.1.1", *DAY), "value"),
        (("session", "0", *DAY), "value"),
        (("phone", "9" * 30, *DAY), "value"),
        (("session", "5", "yesterday", DAY[1]), "first"),
        (("session", "5", DAY[0], None), "last"),
        (("session", "5", *DAY[::-1]), "last"),
    ],
)
def test_a_wrong_question_is_named(session, cast, asked, field):
    with pytest.raises(InvalidInput) as refused:
        look_report(session, cast.grigory, *asked)
    assert list(refused.value.fields) == [field]


def test_strangers_ask_nothing(session, cast, looked):
    operator = member_of(session, cast.supplier, "op@example.org", StaffRoleName.OPERATOR)
    stale = replace(cast.grigory, proved_at=None)
    for who, error in ((operator, PermissionDenied), (cast.anna, PermissionDenied), (stale, StepUpNeeded)):
        with pytest.raises(error):
            look_report(session, who, "account", "anna@example.org", *DAY)


def test_the_other_administrators_know_that_somebody_asked(session, cast, looked):
    member_of(session, cast.supplier, "second@example.org")
    look_report(session, cast.grigory, "account", "anna@example.org", *DAY)
    assert "anna@example.org" in letters_to(session, "second@example.org")[0]


def test_a_spreadsheet_has_a_line_for_each(session, cast, looked):
    table = look_table(look_report(session, cast.grigory, "account", "anna@example.org", *DAY))
    assert table.name == "looks-20261121-0000-20261122-0000"
    assert [row[1:5] for row in table.rows] == [("7638-294-061", "Соколова А. В.", "NeKta", "anna@example.org")]


def test_looks_are_kept_as_long_as_the_setting_says(session, cast, looked, system):
    assert forget_looks(session, replace(system, at=NOW + timedelta(days=180))) == 0
    assert forget_looks(session, replace(system, at=NOW + timedelta(days=180, minutes=2))) > 0
    assert session.exec(select(DataLook)).all() == []


def test_moments_are_those_of_the_installation(session, cast, looked):
    report = look_report(session, cast.grigory, "session", "5", *DAY)
    assert report.first == datetime(2026, 11, 21, tzinfo=ZoneInfo("Europe/Moscow")) and make.NOW
