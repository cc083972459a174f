"""A member of the staff in a customer's place: reads one supplier's contracts, and nothing else happens."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import text
from sqlmodel import Session, SQLModel, select

from energo_cabinet.auth.access import SERVICES, visible_contracts, visible_points
from energo_cabinet.auth.login_session import find_with_member, open_session, seen_through
from energo_cabinet.auth.view import ALLOWED, READABLE, REFUSED, run_in_view
from energo_cabinet.domain.time.period import Period
from energo_cabinet.door import Ask
from energo_cabinet.errors import CabinetError, NotFound, PermissionDenied
from energo_cabinet.models import AuditEntry, LoginSession, Notification, NotificationKind, User
from energo_cabinet.services.contract.contract import list_contracts
from energo_cabinet.services.customers.view_as import begin_view, end_view
from energo_cabinet.services.energy.data import DataQuestion
from energo_cabinet.services.home.frame import frame
from energo_cabinet.services.notice.notification import list_notifications
from energo_cabinet.services.person.access_journal import my_access_journal
from energo_cabinet.services.person.person import change_name
from energo_cabinet.services.sign_in.account import sign_out
from energo_cabinet.services.staff.frame import staff_frame
from energo_cabinet.settings import get_settings
from tests.cast import NOW, contract, link, play, point, supplier
from tests.services.test_strangers import NAMES, given, parameters, required
from tests.stage import stage

LAPSE = timedelta(minutes=31)
ELSEWHERE = ("Чужой поставщик", "ЧУЖОЙ-1", "Дача у озера", "ЧТ-77", "Только для неё")
"""Words of Анна's contract at another supplier, and of what no contract is about."""
ASKED = {"energy.data": DataQuestion("days", Period(date(2026, 11, 1), date(2026, 11, 2)))}
TESTED = [name for name in NAMES if not SERVICES[name][1].startswith("staff:") and SERVICES[name][1] != "system"]


def world(session, contract_hash):
    """Григорий looks through Анна's eyes; she has a contract elsewhere too."""
    cast = play(session, contract_hash)
    there = supplier(session, "OTHER", ELSEWHERE[0])
    other = contract(session, there, number=ELSEWHERE[1])
    link(session, cast.anna, other, title=ELSEWHERE[2])
    point(session, other, number=ELSEWHERE[3])
    for contract_id in (None, other.id):
        told = {"kind": NotificationKind.MESSAGE, "title": ELSEWHERE[4], "created_at": NOW}
        session.add(Notification(user_id=cast.anna.user, contract_id=contract_id, **told))
    session.commit()
    return cast, entered(session, cast)


@pytest.fixture(scope="module")
def built(shared_engine, contract_hash):
    with stage(shared_engine, lambda session: world(session, contract_hash)) as made:
        yield made


@pytest.fixture
def session(built):
    with built.case() as opened:
        yield opened


@pytest.fixture
def cast(built, session):
    return built.world[0].within(session)


@pytest.fixture
def view(built):
    return built.world[1]


def entered(session, cast):
    user = session.get(User, cast.grigory.user_id)
    token = open_session(session, cast.grigory, user, False, get_settings())
    session.flush()
    login = find_with_member(session, token, NOW)[0]
    member = replace(cast.grigory, session_id=login.id)
    begin_view(session, member, cast.anna.user)
    session.commit()
    return seen_through(member, login)


def content(session: Session) -> dict:
    return {table.name: session.execute(table.select()).all() for table in SQLModel.metadata.sorted_tables}


@pytest.mark.parametrize("name", TESTED)
def test_a_service_in_a_view_reads_only_or_is_refused(session, cast, view, name):
    """Nothing changes in any table, and nothing of another supplier shows."""
    arguments = {p.name: ASKED.get(name) or given(name, p, cast) for p in required(name)} if name in READABLE else {}
    session.commit()
    before = content(session)
    result = None
    try:
        result = SERVICES[name][0](session, view, **arguments)
    except PermissionDenied as refusal:
        assert refusal.code == REFUSED and name not in READABLE
    except CabinetError:
        assert name in READABLE
    session.commit()
    if name not in ALLOWED:
        assert content(session) == before
    assert [word for word in ELSEWHERE if word in repr(result)] == []


@pytest.mark.parametrize("name", sorted(READABLE))
def test_the_list_names_services_there_are(name):
    assert name in SERVICES and SERVICES[name][1] in ("customer", "public")


def test_the_database_itself_refuses_a_write(session, cast, view):
    """Also one that a listed service would try by itself."""

    def write() -> None:
        session.execute(text("UPDATE user_account SET full_name = 'взлом'"))

    def add() -> None:
        session.add(Notification(user_id=cast.anna.user, kind=NotificationKind.DEBT, title="x", created_at=NOW))

    for call in (write, add):
        with pytest.raises(PermissionDenied, match=REFUSED):
            run_in_view(session, "home.frame", call)
    session.execute(text("UPDATE user_account SET full_name = 'снова можно' WHERE id = 0"))


def test_only_the_supplier_s_contracts_show(session, cast, view):
    assert [c.contract_id for c in frame(session, view).contracts] == [cast.contract.id]
    assert session.exec(visible_contracts(view)).all() == [cast.contract]
    assert session.exec(visible_points(view)).all() == [cast.point]
    assert len(frame(session, cast.anna).contracts) == 2


def test_notifications_of_the_supplier_show_and_no_others(session, cast, view):
    told = {"kind": NotificationKind.MESSAGE, "title": "Работы", "created_at": NOW}
    session.add(Notification(user_id=cast.anna.user, contract_id=cast.contract.id, **told))
    session.commit()
    assert [item.title for item in list_notifications(session, view).items] == ["Работы"]
    assert len(list_notifications(session, cast.anna).items) == 3
    assert frame(session, view).unread.total == 1


def test_what_is_asked_together_is_no_way_out(session, cast, view):
    ask = Ask(session, view)
    assert [card.contract_id for card in ask(list_contracts)] == [cast.contract.id]
    assert ask(frame).is_view
    with pytest.raises(PermissionDenied, match=REFUSED):
        ask(change_name, "Взлом")


def test_staff_services_run_as_the_member(session, cast, view):
    assert frame(session, view).person.full_name == "Соколова Анна Викторовна"
    assert staff_frame(session, view).person.id == cast.grigory.user_id
    session.commit()  # a use case is a transaction: PostgreSQL's stays read only to its end
    end_view(session, view)
    entry = session.exec(select(AuditEntry).order_by(AuditEntry.id.desc())).first()
    assert (entry.actor_id, entry.whose_id, entry.action) == (
        cast.grigory.user_id,
        cast.anna.user,
        "customer.end_view",
    )


def test_ending_and_lapsing_bring_the_member_back(session, cast, view):
    login = session.get(LoginSession, view.session_id)
    plain = replace(cast.grigory, session_id=login.id)
    assert seen_through(replace(plain, at=NOW + LAPSE), login).user_id == cast.grigory.user_id
    assert end_view(session, view) == cast.contract.id
    assert seen_through(plain, login) == plain
    assert end_view(session, plain) is None


def test_signing_out_ends_the_member_s_session(session, cast, view):
    sign_out(session, view)
    session.expire_all()
    assert session.get(LoginSession, view.session_id).revoked_at is not None


def test_a_removed_or_moved_member_sees_nothing_more(session, cast, view):
    login = session.get(LoginSession, view.session_id)
    for staff in (None, replace(cast.grigory.member, permissions=frozenset()), cast.darya.member):
        assert seen_through(replace(cast.grigory, session_id=login.id, staff=staff), login).viewer_id is None


def test_only_people_with_a_contract_of_the_supplier_are_shown(session, cast, view):
    member = replace(cast.grigory, session_id=view.session_id)
    for stranger in (cast.boris.user, cast.darya.user, 0, 2**40, "1"):
        with pytest.raises(NotFound):
            begin_view(session, member, stranger)
    with pytest.raises(NotFound):
        begin_view(session, replace(cast.darya, session_id=view.session_id), cast.anna.user)


def test_the_customer_reads_who_has_looked(session, cast, view):
    (line,) = my_access_journal(session, cast.anna).lines
    assert (line.role, line.supplier, line.action) == (cast.grigory.member.role, "NeKta", "customer.begin_view")
    assert my_access_journal(session, cast.boris).lines == ()
    assert parameters("person.access_journal")[0].name == "before"
