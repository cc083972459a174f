"""Every service there is, run by somebody it is not for (DESIGN 7). New services are picked up by themselves.

Борис is another customer, Дарья works for another supplier than Анна's, Григорий for hers.
"""

from __future__ import annotations

import inspect
from contextlib import suppress
from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy.orm import object_session
from sqlmodel import select

import energo_cabinet.services as package
from energo_cabinet.auth.access import SERVICES, Subject
from energo_cabinet.auth.login_session import open_session
from energo_cabinet.auth.staff import PERMISSIONS, StaffRole
from energo_cabinet.domain.journal.filter import EventFilter
from energo_cabinet.domain.time.period import Period
from energo_cabinet.errors import CabinetError, NotFound, NotSignedIn, PermissionDenied
from energo_cabinet.models import (
    ControlTarget,
    DataExport,
    KnownBrowser,
    LimitKind,
    LinkObjection,
    LoginSession,
    Notification,
    NotificationKind,
    PendingChange,
    StaffRoleName,
    User,
    Violation,
)
from energo_cabinet.services.customers.contract import ContractForm
from energo_cabinet.services.imports.bytes import KeptImport
from energo_cabinet.services.ticket.ticket import TicketForm
from energo_cabinet.settings import get_settings
from tests import imports
from tests.cast import NOW, bill, meter, play, staff, tariff
from tests.services.owned import asked, attached, drafted, normed, prepared, previewed, ticket
from tests.services.phone.phones import phone_of, shown_code
from tests.services.sign_in.authenticator import passkey_of
from tests.stage import stage
from tests.walk import import_all

import_all(package)

NAMES = sorted(SERVICES)
IDS = {
    "export_id": lambda cast: exported(cast),
    "login_id": lambda cast: signed_in(cast),
    "point_id": lambda cast: cast.point.id,
    "contract_id": lambda cast: cast.contract.id,
    "link_id": lambda cast: cast.link.id,
    "bill_id": lambda cast: billed(cast),
    "notification_id": lambda cast: told(cast),
    "before_id": lambda cast: told(cast),
    "keep_id": lambda cast: told(cast),
    "ticket_id": lambda cast: ticket(cast),
    "attachment_id": lambda cast: attached(cast),
    "pairing_id": lambda cast: shown_code(object_session(cast.point), cast.anna),
    "group_id": lambda cast: watched(cast, contract_id=cast.contract.id, name="Дом"),
    "violation_id": lambda cast: violated(cast),
    "device_id": lambda cast: phone_of(object_session(cast.point), cast.anna),
    "remote_id": lambda cast: cast.supplier.id,
    "request_id": lambda cast: asked(cast),
    "job_id": lambda cast: imports.job(object_session(cast.point), cast.supplier).id,
    "version_id": lambda cast: imports.version(object_session(cast.point), cast.point).id,
    "token_id": lambda cast: imports.token(object_session(cast.point), cast.supplier).id,
    "member_id": lambda cast: colleague(cast),
    "registry_id": lambda cast: previewed(cast),
    "into_id": lambda cast: 1,
    "assignee_id": lambda cast: cast.grigory.user,
    "template_id": lambda cast: prepared(cast),
    "customer_id": lambda cast: cast.anna.user,
    "broadcast_id": lambda cast: drafted(cast),
    "before_broadcast_id": lambda cast: drafted(cast),
    "tariff_id": lambda cast: tariff(object_session(cast.point), cast.supplier).id,
    "normative_id": lambda cast: normed(cast),
    "change_id": lambda cast: changing(cast),
    "objection_id": lambda cast: objected(cast),
    "passkey_id": lambda cast: passkey_of(object_session(cast.point), cast.anna),
    "account_id": lambda cast: cast.anna.user,
    "browser_id": lambda cast: browser(cast),
}
"""Parameters that name a row of Анна's. A new one is added here, with the row it names."""

PUBLIC_IDS = {"supplier_id"}
"""Ids that are nobody's own."""

GIVEN = {"by": "days", "supplier": 1, "title": "Моё", "login": "x", "password": "x", "key": "1~m23x.02"}
GIVEN["asked"] = EventFilter(Period(date(2026, 11, 1), date(2026, 11, 1)))
GIVEN["period"] = GIVEN["asked"].period
GIVEN |= {"fields": {}, "rating": 5, "text": "Моё", "form": TicketForm("other", "x", "x", "x@example.org")}
GIVEN |= {"version": 1, "status": "in_work", "category": "other", "source": "x", "is_working": True}
GIVEN |= {"day": date(2026, 11, 1), "last": date(2026, 11, 1), "days": {}, "values": {}, "after": {}, "members": []}
GIVEN |= {"comment": "Моё", "typed": "NEKTA", "value": "anna@example.org", "first": "2026-11-01T00:00"}
GIVEN |= {"seen": "x", "phase": 1, "kind": "current", "rows": [], "name": "Моё", "sha256": "x"}
GIVEN |= {"query": "соколова", "issue": 0, "reason": "Моё", "wanted": ContractForm("1", "x", "x", "flat")}
GIVEN |= {"email": "x@example.org", "phone": "", "let_in": True, "confirm": True}
GIVEN |= {"kept": KeptImport("a" * 40, "a.xml", 1, "0" * 64), "options": {}, "picture": b""}
"""Values of other parameters, by name."""
GIVEN |= {"email": "new@example.org", "name": "Моё", "role": "operator", "code": "MINE", "zone_name": "Europe/Moscow"}


@pytest.fixture(scope="module")
def built(shared_engine, contract_hash):
    """The cast, once for all services."""
    with stage(shared_engine, lambda session: play(session, contract_hash)) as made:
        yield made


@pytest.fixture
def session(built):
    with built.case() as opened:
        yield opened


@pytest.fixture
def cast(built, session):
    return built.world.within(session)


def changing(cast):
    """A change that waits at Анна's supplier."""
    session = object_session(cast.point)
    known = {"asked_by": cast.grigory.user, "asked_name": "Громов", "asked_at": NOW, "expires_at": NOW + timedelta(1)}
    row = PendingChange(supplier_id=cast.supplier.id, kind="payee", about="x", details={}, **known)
    session.add(row)
    session.flush()
    return row.id


def objected(cast):
    """Somebody objects to Анна."""
    session = object_session(cast.point)
    about = {"link_id": cast.link.id, "supplier_id": cast.supplier.id, "contract_id": cast.contract.id}
    row = LinkObjection(**about, key_sha256="o" * 64, created_at=NOW, expires_at=NOW, fate="objected")
    session.add(row)
    session.flush()
    return row.id


def browser(cast) -> int:
    """A browser in which Анна has signed in before."""
    session = object_session(cast.point)
    row = KnownBrowser(user_id=cast.anna.user, token_sha256="b" * 64, created_at=NOW, last_used_at=NOW)
    session.add(row)
    session.flush()
    return row.id


def exported(cast) -> int:
    """A finished export of Анна's."""
    session = object_session(cast.point)
    row = DataExport(user_id=cast.anna.user, asked_at=NOW, ready_at=NOW, expires_at=NOW + timedelta(days=1))
    session.add(row)
    session.flush()
    return row.id


def signed_in(cast) -> int:
    """A login session of Анна's."""
    session = object_session(cast.point)
    open_session(session, cast.anna, session.get(User, cast.anna.user), False, get_settings())
    session.flush()
    return session.exec(select(LoginSession.id)).first()


def told(cast) -> int:
    """A notification of Анна's."""
    row = Notification(user_id=cast.anna.user, kind=NotificationKind.DEBT, title="Долг", created_at=NOW)
    session = object_session(cast.point)
    session.add(row)
    session.flush()
    return row.id


def billed(cast) -> int:
    """A bill of Анна's."""
    return bill(object_session(cast.point), cast.contract, date(2026, 10, 1), "100").id


def watched(cast, **fields) -> int:
    """A group of Анна's, or her point, with limits."""
    row = ControlTarget(**fields)
    session = object_session(cast.point)
    session.add(row)
    session.flush()
    return row.id


def violated(cast) -> int:
    """A violation at Анна's point."""
    target, numbers = watched(cast, point_id=cast.point.id), {"started_s": 0, "ended_s": 3600, "worst_s": 0}
    sizes = {"direction": 1, "intervals": 1, "value": 2, "bound": 1, "excess_wh": 1, "evaluated_at": NOW}
    row = Violation(target_id=target, kind=LimitKind.HOUR, day=20_000, **numbers, **sizes)
    session = object_session(cast.point)
    session.add(row)
    session.flush()
    return row.id


def colleague(cast) -> int:
    """Somebody else of the staff of Анна's supplier."""
    return staff(object_session(cast.point), "colleague@example.org", "Коллега", cast.supplier).member.member_id


def parameters(name: str) -> list[inspect.Parameter]:
    return list(inspect.signature(SERVICES[name][0]).parameters.values())[2:]


def own_ids(name: str) -> list[str]:
    return [p.name for p in parameters(name) if p.name.endswith("_id") and p.name not in PUBLIC_IDS]


def given(name: str, parameter: inspect.Parameter, cast) -> object:
    if parameter.name in IDS:
        return IDS[parameter.name](cast)
    known = parameter.name in GIVEN
    assert known, f"{name} takes {parameter.name!r}: say in tests/services/test_strangers.py what to give it"
    return GIVEN[parameter.name]


def required(name: str) -> list[inspect.Parameter]:
    return [p for p in parameters(name) if p.default is p.empty or p.name in own_ids(name)]


CUSTOMERS = [name for name in NAMES if SERVICES[name][1] == "customer"]
STAFF = [name for name in NAMES if SERVICES[name][1].startswith("staff:")]
ANNAS = ("Соколова", "7638-294-061", "anna@example.org", "Квартира 42", "ЛС-061-01", "41907352", "Моё обращение")
"""Words that only her own supplier's staff may read."""


def test_the_walk_finds_the_services():
    assert {"contract.rename", "energy.consumption", "energy.load_profile"} <= set(NAMES)
    assert STAFF


@pytest.mark.parametrize("who", ["boris", "grigory"])
@pytest.mark.parametrize("name", [name for name in CUSTOMERS if own_ids(name)])
def test_stranger_gets_not_found(session, cast, name, who):
    """Борис names a row of Анна's (IDOR); so does somebody of her supplier's staff, where only she may."""
    arguments = {p.name: given(name, p, cast) for p in required(name)}
    with pytest.raises(NotFound):
        SERVICES[name][0](session, getattr(cast, who), **arguments)


@pytest.mark.parametrize("name", [name for name in STAFF if own_ids(name)])
def test_staff_of_another_supplier_get_not_found(session, cast, name):
    """Дарья names a row of Анна's supplier (the wall)."""
    arguments = {p.name: given(name, p, cast) for p in required(name)}
    with pytest.raises(NotFound):
        SERVICES[name][0](session, cast.darya, **arguments)


@pytest.mark.parametrize("name", [name for name in STAFF if not own_ids(name)])
def test_staff_of_another_supplier_read_nothing_of_hers(session, cast, name):
    """Дарья's lists, searches and counts hold none of Анна's words."""
    ticket(cast), asked(cast), billed(cast), prepared(cast), meter(session, cast.point)
    arguments = {p.name: given(name, p, cast) for p in required(name)}
    result = None
    with suppress(CabinetError):
        result = SERVICES[name][0](session, cast.darya, **arguments)
    assert [word for word in ANNAS if word in repr(result)] == []


NO_DATABASE = None
"""Whoever is refused at the door is refused before the database is asked, so these need none."""
CUSTOMER = Subject("customer", NOW, user_id=1)
MEMBER = StaffRole(1, 1, "Громов", 1, StaffRoleName.SUPPLIER_ADMIN, PERMISSIONS[StaffRoleName.SUPPLIER_ADMIN])


@pytest.mark.parametrize("name", STAFF)
def test_staff_services_are_closed_without_the_permission(name):
    """To customers, and to members whose role lacks it."""
    bare = replace(CUSTOMER, staff=replace(MEMBER, permissions=frozenset()))
    for who in (CUSTOMER, bare):
        with pytest.raises(PermissionDenied):
            SERVICES[name][0](NO_DATABASE, who)


@pytest.mark.parametrize("name", [name for name in NAMES if SERVICES[name][1] != "public"])
def test_anonymous_is_refused_before_anything_is_looked_at(anonymous, name):
    with pytest.raises(PermissionDenied if SERVICES[name][1] == "system" else NotSignedIn):
        SERVICES[name][0](NO_DATABASE, anonymous)


@pytest.mark.parametrize("name", [name for name in NAMES if SERVICES[name][1] == "system"])
def test_nobody_may_run_what_the_system_runs(name):
    for who in (CUSTOMER, replace(CUSTOMER, staff=MEMBER)):
        with pytest.raises(PermissionDenied):
            SERVICES[name][0](NO_DATABASE, who)
