"""A lost second factor: it goes after the waiting time, and whoever it concerns may stop it before."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlmodel import select

from energo_cabinet.auth.second_factor import active_factor
from energo_cabinet.errors import CabinetError, Conflict, NotFound, PermissionDenied, StepUpNeeded
from energo_cabinet.models import AuditEntry, Passkey, StaffMember, StaffRoleName, User
from energo_cabinet.services.staff import factor_reset as reset
from energo_cabinet.services.staff.account_power import disable_account
from tests import cast as make
from tests.cast import NOW
from tests.services.sign_in.authenticator import passkey_of
from tests.services.staff.bad_day import at, letters_to, member_of, root_of, sessions_of, sign_in, with_factor

pytestmark = pytest.mark.usefixtures("surroundings")
LATER = NOW + timedelta(hours=24)


@pytest.fixture
def anna(session, cast):
    return with_factor(session, cast.anna)


@pytest.fixture
def asked(session, cast, anna):
    reset.ask_factor_reset(session, cast.grigory, anna.user)
    return re.search(r"key=(\S+)", letters_to(session, "anna@example.org")[0])[1]


def carry_out(session, system, moment=LATER):
    session.expire_all()
    return reset.carry_out_resets(session, replace(system, at=moment))


def has_factor(session, who):
    session.expire_all()
    return active_factor(session, who.user) is not None


def test_it_goes_after_the_waiting_time_and_not_before(session, anna, asked, system):
    sign_in(session, anna)
    assert carry_out(session, system, LATER - timedelta(seconds=1)) == 0 and has_factor(session, anna)
    assert carry_out(session, system) == 1 and not has_factor(session, anna)
    assert sessions_of(session, anna) == 0
    assert len(letters_to(session, "anna@example.org")) == 2
    assert carry_out(session, system) == 0
    assert session.exec(select(AuditEntry).where(AuditEntry.action == "account.carry_out_resets")).one()


def test_the_person_stops_it_by_the_letter(session, anonymous, anna, asked, system, cast):
    assert reset.look_at_reset(session, anonymous, asked).is_open
    reset.stop_by_letter(session, anonymous, asked)
    assert carry_out(session, system) == 0 and has_factor(session, anna)
    assert not reset.look_at_reset(session, anonymous, asked).is_open
    with pytest.raises(CabinetError, match="invalid_code"):
        reset.stop_by_letter(session, anonymous, asked)
    assert "anna@example.org" in letters_to(session, "grigory@example.org")[0]


def test_another_administrator_is_told_and_stops_it(session, cast, anna, system):
    second = member_of(session, cast.supplier, "second@example.org")
    reset.ask_factor_reset(session, cast.grigory, anna.user)
    assert "/staff/accounts" in letters_to(session, "second@example.org")[0]
    reset.stop_factor_reset(session, second, anna.user)
    assert carry_out(session, system) == 0 and has_factor(session, anna)


@pytest.mark.parametrize("gone", ["removed", "disabled", "demoted"])
def test_who_administers_no_more_has_asked_for_nothing(session, cast, anna, asked, system, gone):
    """A stolen administrator's account is closed within the waiting time: what it has begun ends with it."""
    member = session.get(StaffMember, cast.grigory.member.member_id)
    if gone == "removed":
        member.removed_at = NOW
    elif gone == "demoted":
        member.role = StaffRoleName.OPERATOR
    else:
        disable_account(session, root_of(session), cast.grigory.user, "Кража")
    session.flush()
    assert carry_out(session, system) == 0 and has_factor(session, anna)


def test_a_factor_that_was_set_up_since_stays(session, anna, asked, system):
    active_factor(session, anna.user).confirmed_at = NOW + timedelta(hours=1)
    session.flush()
    assert carry_out(session, system) == 0 and has_factor(session, anna)


def test_passkeys_go_with_the_factor(session, cast, anna, asked, system):
    passkey_of(session, cast.anna)
    assert carry_out(session, system) == 1
    assert session.exec(select(Passkey).where(Passkey.user_id == anna.user)).all() == []


def test_disabling_the_account_drops_it(session, cast, anna, asked, system):
    disable_account(session, cast.grigory, anna.user, "Кража")
    assert carry_out(session, system) == 0 and has_factor(session, anna)


def test_once_at_a_time_and_only_what_is_on(session, cast, anna, asked):
    with pytest.raises(Conflict, match="factor_reset_waits"):
        reset.ask_factor_reset(session, cast.grigory, anna.user)
    make.link(session, cast.boris, cast.contract)
    with pytest.raises(CabinetError, match="no_second_factor"):
        reset.ask_factor_reset(session, cast.grigory, cast.boris.user)


def test_strangers_neither_ask_nor_stop(session, cast, anna, asked):
    operator = member_of(session, cast.supplier, "op@example.org", StaffRoleName.OPERATOR)
    for call in (reset.ask_factor_reset, reset.stop_factor_reset):
        for who, error in ((cast.darya, NotFound), (operator, PermissionDenied), (anna, PermissionDenied)):
            with pytest.raises(error):
                call(session, who, anna.user)
    with pytest.raises(StepUpNeeded):
        reset.ask_factor_reset(session, replace(cast.grigory, proved_at=None), anna.user)


@pytest.mark.parametrize("key", ["", "x", "x" * 101, None, 7])
def test_a_key_that_is_none_stops_nothing(session, anonymous, asked, key):
    for call in (reset.look_at_reset, reset.stop_by_letter):
        with pytest.raises(CabinetError, match="invalid_code"):
            call(session, anonymous, key)


def test_an_operator_of_root_s_own_supplier_is_no_way_up(session, cast):
    """Root reads a contract of the supplier: its administrator cannot take root's second factor."""
    root = with_factor(session, root_of(session))
    make.link(session, root, cast.contract)
    with pytest.raises(CabinetError, match="account_above"):
        reset.ask_factor_reset(session, at(cast.grigory, NOW), root.user)
    assert session.get(User, root.user)
