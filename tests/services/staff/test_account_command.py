"""`user` and `staff` of the command line: what root is left with when nobody is left who could confirm."""

from __future__ import annotations

import pytest
from sqlmodel import select

from energo_cabinet.auth.second_factor import active_factor
from energo_cabinet.errors import CabinetError
from energo_cabinet.models import AuditEntry, StaffMember, User
from energo_cabinet.services.staff import account_command as command
from energo_cabinet.services.staff.factor_reset import carry_out_resets
from tests.services.staff.bad_day import letters_to, root_of, sessions_of, sign_in, status_of, with_factor

pytestmark = pytest.mark.usefixtures("surroundings")
ANNA = "anna@example.org"


def actions(session):
    return [entry.action for entry in session.exec(select(AuditEntry).order_by(AuditEntry.id))]


def test_disable_and_enable(session, cast, system):
    sign_in(session, cast.anna)
    assert command.disable_by_command(session, system, " ANNA@example.org ", "Кража") == ANNA
    assert (status_of(session, cast.anna), sessions_of(session, cast.anna)) == ("disabled", 0)
    assert [line.email for line in command.list_accounts(session, system, "")] == [ANNA]
    command.enable_by_command(session, system, ANNA)
    assert status_of(session, cast.anna) == "active"
    assert actions(session)[-2:] == ["account.disable_by_command", "account.enable_by_command"]


def test_sessions_and_tries(session, cast, system):
    sign_in(session, cast.anna)
    session.get(User, cast.anna.user).failed_sign_ins = 100
    session.flush()
    command.end_sessions_by_command(session, system, ANNA)
    command.unlock_by_command(session, system, ANNA)
    session.expire_all()
    assert sessions_of(session, cast.anna) == 0 and session.get(User, cast.anna.user).failed_sign_ins == 0


def test_the_only_administrator_s_lost_factor_goes_now_or_after_the_time(session, cast, system):
    root, second = with_factor(session, root_of(session)), with_factor(session, cast.grigory)
    command.reset_factor_by_command(session, system, "root@example.org", True)
    command.reset_factor_by_command(session, system, "grigory@example.org", False)
    carry_out_resets(session, system)
    assert active_factor(session, root.user) is None and active_factor(session, second.user) is not None
    assert any("/stop-reset?key=" in words for words in letters_to(session, "grigory@example.org"))
    with pytest.raises(CabinetError, match="no_second_factor"):
        command.reset_factor_by_command(session, system, "root@example.org", False)


def test_staff_are_listed_and_removed_without_a_second_word(session, cast, system):
    root, second = root_of(session), root_of(session, "second@example.org")
    assert [line.email for line in command.list_staff(session, system, "NEKTA")] == ["grigory@example.org"]
    command.remove_by_command(session, system, "second@example.org")
    session.expire_all()
    assert session.get(StaffMember, second.member.member_id).removed_at is not None
    assert "second@example.org" in letters_to(session, "root@example.org")[0] and root
    with pytest.raises(CabinetError, match="unknown_member"):
        command.remove_by_command(session, system, ANNA)


def test_the_last_administrator_and_an_unknown_address_are_refused(session, cast, system):
    root_of(session)
    with pytest.raises(CabinetError, match="last_administrator"):
        command.disable_by_command(session, system, "root@example.org", "x")
    with pytest.raises(CabinetError, match="unknown_account"):
        command.disable_by_command(session, system, "nobody@example.org", "x")
