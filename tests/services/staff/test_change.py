"""Where a supplier has two administrators, money and power move by two votes (RC-1 1d)."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlmodel import select

from energo_cabinet.errors import CabinetError, Conflict, NotFound, StepUpNeeded
from energo_cabinet.models import OutboxLetter, StaffMember, StaffRoleName, User
from energo_cabinet.services.staff.change import decide_change, list_changes
from energo_cabinet.services.staff.invitation import answer_invitation
from energo_cabinet.services.staff.member import add_member, change_role, remove_member
from energo_cabinet.services.supplier.settings import save_payee
from tests.cast import staff
from tests.services.staff.test_member import role_of
from tests.services.supplier.test_settings import PAYEE


@pytest.fixture
def second(session, cast):
    return staff(session, "second@example.org", "Вторая Вера", cast.supplier)


@pytest.fixture
def operator(session, cast):
    return staff(session, "op@example.org", "Оператор", cast.supplier, StaffRoleName.OPERATOR)


def account(session, cast):
    session.refresh(cast.supplier)
    return cast.supplier.payee_account


def letters(session, to):
    return session.exec(select(OutboxLetter.subject).where(OutboxLetter.to_email == to)).all()


def only(session, who):
    (change,) = list_changes(session, who)
    return change.id


def test_an_administrator_alone_decides_alone(session, cast):
    assert save_payee(session, cast.grigory, PAYEE)
    assert account(session, cast) == PAYEE["payee_account"]


def test_where_customers_pay_to_waits_for_the_second(session, cast, second):
    assert not save_payee(session, cast.grigory, PAYEE)
    assert account(session, cast) == "" and "Нужно Ваше подтверждение" in letters(session, "second@example.org")[0]
    with pytest.raises(CabinetError, match="change_is_own"):
        decide_change(session, cast.grigory, only(session, cast.grigory), True)
    decide_change(session, second, only(session, second), True)
    assert account(session, cast) == PAYEE["payee_account"] and list_changes(session, second) == []
    assert letters(session, "grigory@example.org")


@pytest.mark.parametrize("by", ["second", "grigory"])
def test_refused_or_taken_back_it_never_was(session, cast, second, by):
    save_payee(session, cast.grigory, PAYEE)
    who = second if by == "second" else cast.grigory
    change = only(session, who)
    decide_change(session, who, change, False)
    with pytest.raises(NotFound):
        decide_change(session, second, change, True)
    assert account(session, cast) == ""


def test_a_change_runs_out(session, cast, second):
    save_payee(session, cast.grigory, PAYEE)
    change = only(session, second)
    late = second.at + timedelta(days=8)
    with pytest.raises(NotFound):
        decide_change(session, replace(second, at=late, proved_at=late), change, True)


def test_no_administrator_makes_a_second_of_their_own(session, cast, second):
    """Else one vote would count twice: a puppet added, or an operator raised, confirms."""
    assert add_member(session, cast.grigory, "boris@example.org", "Борисов", "supplier_admin") is None
    assert session.exec(select(StaffMember).where(StaffMember.user_id == cast.boris.user)).first() is None
    decide_change(session, second, only(session, second), True)
    assert role_of(session, cast.boris) is None  # and Boris has to accept
    answer_invitation(session, cast.boris, True)
    assert role_of(session, cast.boris).role == "supplier_admin"


def test_no_administrator_gets_rid_of_the_second_alone(session, cast, second):
    assert not remove_member(session, cast.grigory, second.member.member_id)
    assert role_of(session, second) is not None


def test_a_role_waits_and_an_operator_is_added_and_removed_at_once(session, cast, second, operator):
    assert not change_role(session, cast.grigory, operator.member.member_id, "supplier_admin")
    assert role_of(session, operator).role == "operator"
    decide_change(session, second, only(session, second), True)
    assert role_of(session, operator).role == "supplier_admin"
    assert add_member(session, cast.grigory, "new@example.org", "Новая", "operator")
    third = session.exec(select(User.id).where(User.email == "new@example.org")).one()
    row = session.exec(select(StaffMember).where(StaffMember.user_id == third)).one()
    assert remove_member(session, cast.grigory, row.id)


def test_a_change_about_who_is_gone_is_past(session, cast, second, operator):
    change_role(session, cast.grigory, operator.member.member_id, "engineer")
    session.get(StaffMember, operator.member.member_id).removed_at = cast.grigory.at
    with pytest.raises(Conflict, match="change_is_past"):
        decide_change(session, second, only(session, second), True)


def test_another_supplier_s_administrator_confirms_nothing(session, cast, second):
    save_payee(session, cast.grigory, PAYEE)
    assert list_changes(session, cast.darya) == []
    with pytest.raises(NotFound):
        decide_change(session, cast.darya, only(session, second), True)


def test_confirming_needs_proof_too(session, cast, second):
    save_payee(session, cast.grigory, PAYEE)
    stale = replace(second, proved_at=second.at - timedelta(minutes=6))
    with pytest.raises(StepUpNeeded):
        decide_change(session, stale, only(session, second), True)
