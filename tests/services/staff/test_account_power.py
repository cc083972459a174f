"""Disabling, enabling, unlocking, ending, withdrawing: what it does at once, and to whom nobody else's hand reaches."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlmodel import Session, select

from energo_cabinet.auth import rate
from energo_cabinet.auth.login_session import find_session, sha256
from energo_cabinet.errors import CabinetError, Conflict, InvalidInput, NotFound, PermissionDenied, StepUpNeeded
from energo_cabinet.models import AuditEntry, KnownBrowser, LiveEvent, StaffMember, StaffRoleName, User
from energo_cabinet.services.staff import account_power as power
from energo_cabinet.services.supplier.change import needs_second
from energo_cabinet.settings import get_settings
from tests import cast as make
from tests.cast import NOW
from tests.services.phone.phones import phone_of
from tests.services.staff.bad_day import letters_to, member_of, root_of, sessions_of, sign_in, status_of

pytestmark = pytest.mark.usefixtures("surroundings")
WHY = "Ноутбук украден"
ACTS = {
    "disable": lambda session, who, number: power.disable_account(session, who, number, WHY),
    "unlock": power.unlock_account,
    "enable": power.enable_account,
    "end": power.end_sessions,
}


@pytest.fixture
def root(session, cast):
    return root_of(session)


def test_a_disabled_account_is_out_at_once_and_reads_why(session, cast):
    token, device = sign_in(session, cast.anna), phone_of(session, cast.anna)
    power.disable_account(session, cast.grigory, cast.anna.user, f" {WHY} ")
    assert find_session(session, token, NOW) is None and sessions_of(session, cast.anna) == 0
    assert status_of(session, cast.anna) == "disabled" and device
    told = session.exec(select(LiveEvent.topic).where(LiveEvent.user_id == cast.anna.user)).all()
    assert "sessions" in told
    assert WHY in letters_to(session, "anna@example.org")[0]
    entry = session.exec(select(AuditEntry).where(AuditEntry.action == "account.disable")).one()
    assert (entry.whose_id, entry.actor_id) == (cast.anna.user, cast.grigory.user) and WHY in entry.details


def test_enabled_it_is_what_it_was(session, cast):
    power.disable_account(session, cast.grigory, cast.anna.user, WHY)
    power.enable_account(session, cast.grigory, cast.anna.user)
    assert status_of(session, cast.anna) == "active"
    with pytest.raises(Conflict, match="account_is_enabled"):
        power.enable_account(session, cast.grigory, cast.anna.user)


def test_twice_is_once(session, cast):
    power.disable_account(session, cast.grigory, cast.anna.user, WHY)
    with pytest.raises(Conflict, match="account_is_disabled"):
        power.disable_account(session, cast.grigory, cast.anna.user, WHY)


@pytest.mark.parametrize("reason", ["", " ", None, 7, "x" * 301, "a\nb"])
def test_a_reason_is_needed(session, cast, reason):
    with pytest.raises(InvalidInput):
        power.disable_account(session, cast.grigory, cast.anna.user, reason)
    assert status_of(session, cast.anna) == "active"


@pytest.mark.parametrize("act", sorted(ACTS))
def test_another_supplier_s_administrator_reaches_nobody_of_hers(session, cast, act):
    sign_in(session, cast.anna)
    for number in (cast.anna.user, cast.boris.user, cast.grigory.user):
        with pytest.raises(NotFound):
            ACTS[act](session, cast.darya, number)
    assert status_of(session, cast.anna) == "active" and sessions_of(session, cast.anna) == 1


@pytest.mark.parametrize("act", sorted(ACTS))
def test_neither_an_operator_nor_a_view_nor_an_old_session_does_it(session, cast, act):
    operator = member_of(session, cast.supplier, "op@example.org", StaffRoleName.OPERATOR)
    stale = replace(cast.grigory, proved_at=NOW - timedelta(minutes=6))
    seeing = replace(operator, user_id=cast.anna.user, viewer_id=operator.user, viewing_supplier_id=cast.supplier.id)
    denied = [(who, PermissionDenied) for who in (operator, seeing, cast.anna)]
    for who, error in (*denied, (stale, StepUpNeeded)):
        with pytest.raises(error):
            ACTS[act](session, who, cast.anna.user)
    assert status_of(session, cast.anna) == "active"


@pytest.mark.parametrize("act", sorted(ACTS))
def test_staff_of_others_are_beyond_a_supplier_s_hand_though_they_read_its_contract(session, cast, root, act):
    """A supplier's administrator does not shut out root, who lives in one of its flats."""
    for who in (root, cast.darya):
        make.link(session, who, cast.contract)
        with pytest.raises(CabinetError, match="account_above"):
            ACTS[act](session, cast.grigory, who.user)
        assert status_of(session, who) == "active"


def test_an_account_that_reads_others_contracts_too_is_not_one_supplier_s_to_close(session, cast):
    other = make.contract(session, session.get(make.Supplier, cast.darya.member.supplier_id), "1-1")
    make.link(session, cast.anna, other, "Дача")
    sign_in(session, cast.anna)
    with pytest.raises(CabinetError, match="account_shared"):
        power.disable_account(session, cast.grigory, cast.anna.user, WHY)
    power.end_sessions(session, cast.grigory, cast.anna.user)
    assert sessions_of(session, cast.anna) == 0


@pytest.mark.parametrize("act", sorted(ACTS))
def test_nobody_acts_on_themselves(session, cast, root, act):
    for who in (cast.grigory, root):
        with pytest.raises(CabinetError, match="staff_oneself"):
            ACTS[act](session, who, who.user)


def test_what_root_has_disabled_a_supplier_does_not_enable(session, cast, root):
    power.disable_account(session, root, cast.anna.user, WHY)
    with pytest.raises(CabinetError, match="account_held_above"):
        power.enable_account(session, cast.grigory, cast.anna.user)
    power.enable_account(session, root, cast.anna.user)
    assert status_of(session, cast.anna) == "active"


def test_the_last_administrator_of_the_installation_stays(session, cast, root, system):
    with pytest.raises(CabinetError, match="last_administrator"):
        power.disable(session, system, session.get(User, root.user), None, "x", WHY)
    second = root_of(session, "second@example.org")
    power.disable_account(session, root, second.user, WHY)
    assert status_of(session, second) == "disabled"
    with pytest.raises(CabinetError, match="last_administrator"):
        power.disable(session, system, session.get(User, root.user), None, "x", WHY)


def test_two_roots_who_disable_each_other_at_once_leave_one(engine, installation):
    with Session(engine) as session:
        pair = [root_of(session), root_of(session, "second@example.org")]
        session.commit()

    def one(who, other):
        with Session(engine) as session, suppress(CabinetError):
            power.disable_account(session, who, other.user, WHY)
            session.commit()

    with ThreadPoolExecutor(2) as threads:
        list(threads.map(one, pair, pair[::-1]))
    with Session(engine) as session:
        assert sorted(status_of(session, who) for who in pair) == ["active", "disabled"]


def test_disabling_the_second_administrator_wins_no_second_vote(session, cast):
    """Else one administrator would disable the other, and then redirect the money alone (RC-1 1d)."""
    second = member_of(session, cast.supplier, "second@example.org")
    power.disable_account(session, cast.grigory, second.user, WHY)
    assert needs_second(session, cast.grigory, cast.supplier.id)


def test_the_other_administrators_are_told(session, cast):
    member_of(session, cast.supplier, "second@example.org")
    power.disable_account(session, cast.grigory, cast.anna.user, WHY)
    told = letters_to(session, "second@example.org")
    assert len(told) == 1 and "anna@example.org" in told[0] and "/staff/accounts" in told[0]
    assert letters_to(session, "grigory@example.org") == []


def test_unlocking_opens_it_to_a_stranger_with_the_password(session, cast):
    user, limit = session.get(User, cast.anna.user), get_settings().limit_login_account
    user.failed_sign_ins = 100
    session.add(KnownBrowser(user_id=user.id, token_sha256=sha256("b"), created_at=NOW, last_used_at=NOW))
    session.flush()
    keys = ("sign-in", f"{user.email}|{sha256('b')}")
    for _ in range(5):
        rate.take(limit, *keys)
    power.unlock_account(session, cast.grigory, user.id)
    session.refresh(user)
    rate.take(limit, *keys)
    assert user.failed_sign_ins == 0


def test_one_session_phone_and_browser_are_withdrawn_by_themselves(session, cast):
    kept, ended = sign_in(session, cast.anna), sign_in(session, cast.anna)
    browser = KnownBrowser(user_id=cast.anna.user, token_sha256="b" * 64, created_at=NOW, last_used_at=NOW)
    session.add(browser)
    session.flush()
    login = find_session(session, ended, NOW)[0].id
    power.end_session(session, cast.grigory, cast.anna.user, login)
    power.withdraw_phone(session, cast.grigory, cast.anna.user, phone_of(session, cast.anna))
    power.forget_browser(session, cast.grigory, cast.anna.user, browser.id)
    session.expire_all()
    assert find_session(session, ended, NOW) is None and find_session(session, kept, NOW)
    assert session.exec(select(KnownBrowser)).all() == []
    assert "Телефон" in letters_to(session, "anna@example.org")[0]


def test_one_person_s_session_is_not_ended_as_another_s(session, cast):
    make.link(session, cast.boris, cast.contract)
    login = find_session(session, sign_in(session, cast.anna), NOW)[0].id
    for call in (power.end_session, power.withdraw_phone, power.forget_browser):
        with pytest.raises(NotFound):
            call(session, cast.grigory, cast.boris.user, login)
    assert sessions_of(session, cast.anna) == 1


def test_an_invitation_by_a_stranger_puts_nobody_above(session, cast):
    """Дарья invites Анна: until she accepts, her own supplier's administrator still reaches her."""
    known = {"role": StaffRoleName.OPERATOR, "added_at": NOW, "supplier_id": cast.darya.member.supplier_id}
    session.add(StaffMember(user_id=cast.anna.user, **known))
    session.flush()
    power.disable_account(session, cast.grigory, cast.anna.user, WHY)
    assert status_of(session, cast.anna) == "disabled"
