"""Section 1: who works for a supplier, what a role may do, and that the second factor comes first."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlmodel import select

from energo_cabinet.auth.login_session import find_session, touch
from energo_cabinet.auth.staff import PERMISSIONS
from energo_cabinet.auth.staff_session import staff_role
from energo_cabinet.errors import CabinetError, Conflict, InvalidInput, NotFound, PermissionDenied
from energo_cabinet.models import OutboxLetter, StaffMember, StaffRoleName, User
from energo_cabinet.services.staff.frame import landing
from energo_cabinet.services.staff.member import add_member, change_role, enlist, list_members, remove_member
from energo_cabinet.settings import get_settings
from tests.cast import NOW, staff
from tests.services.staff.scene import signed_in


def test_roles_are_what_the_issue_says():
    operator, engineer = PERMISSIONS[StaffRoleName.OPERATOR], PERMISSIONS[StaffRoleName.ENGINEER]
    assert operator >= {"desk", "customers", "notices"} and not operator & {"registry", "imports", "admin", "audit"}
    assert engineer >= {"registry", "imports", "quality"} and not engineer & {"desk", "customers", "notices", "admin"}
    assert "system" not in PERMISSIONS[StaffRoleName.SUPPLIER_ADMIN]
    assert not PERMISSIONS[StaffRoleName.SYSTEM_ADMIN] & {"desk", "customers", "registry", "imports", "notices"}


def test_a_new_member_gets_an_account_and_an_invitation(session, cast):
    card = add_member(session, cast.grigory, "New@Example.org", "Новая Нина", "operator")
    user = session.exec(select(User).where(User.email == "new@example.org")).one()
    letters = session.exec(select(OutboxLetter).where(OutboxLetter.to_email == "new@example.org")).all()
    assert [letter.text.count("/reset?key=") for letter in letters] == [1]
    assert (card.supplier, card.role) == (cast.supplier.name, "operator")
    assert landing(session, replace(cast.grigory, user_id=user.id)) == "/staff"


def test_somebody_with_an_account_is_asked_and_keeps_their_sessions(session, cast):
    """RC-1 1e: nobody becomes staff, or is signed out, by a stranger's word."""
    token = signed_in(session, cast.boris)
    add_member(session, cast.grigory, "boris@example.org", "Борисов", "engineer")
    assert find_session(session, token, NOW) is not None and role_of(session, cast.boris) is None
    told = session.exec(select(OutboxLetter.text).where(OutboxLetter.to_email == "boris@example.org")).one()
    assert cast.supplier.name in told and "reset" not in told
    assert "Чужой" not in repr(list_members(session, cast.grigory))  # their name as a customer is their own
    with pytest.raises(Conflict):
        add_member(session, cast.grigory, "boris@example.org", "Борисов", "operator")


def role_of(session, who):
    """What somebody may do as staff now."""
    session.expire_all()
    member = session.exec(select(StaffMember).where(StaffMember.user_id == who.user)).first()
    return staff_role(session, session.get(User, who.user), member, get_settings())


@pytest.mark.parametrize(("email", "name", "role", "field"), [
    ("no address", "Имя", "operator", "email"),
    ("x@example.org", " ", "operator", "name"),
    ("x@example.org", "Имя", "king", "role"),
])  # fmt: skip
def test_a_wrong_field_is_named(session, cast, email, name, role, field):
    with pytest.raises(InvalidInput) as refused:
        add_member(session, cast.grigory, email, name, role)
    assert list(refused.value.fields) == [field]


def test_nobody_of_a_supplier_makes_an_administrator_of_the_installation(session, cast):
    with pytest.raises(PermissionDenied):
        add_member(session, cast.grigory, "boris@example.org", "Борисов", "system_admin")


def test_a_supplier_admin_adds_to_no_other_supplier(session, cast):
    with pytest.raises(NotFound):
        add_member(session, cast.grigory, "boris@example.org", "Борисов", "operator", cast.darya.member.supplier_id)


def test_each_supplier_sees_its_own_members(session, cast):
    assert [card.name for card in list_members(session, cast.darya)] == ["Дальняя Дарья"]
    root = staff(session, "root@example.org", "Корнев Роман", None, StaffRoleName.SYSTEM_ADMIN)
    assert len(list_members(session, root)) == 3


def test_a_removed_member_is_out_at_once(session, cast):
    operator = staff(session, "op@example.org", "Оператор", cast.supplier, StaffRoleName.OPERATOR)
    token = signed_in(session, operator)
    remove_member(session, cast.grigory, operator.member.member_id)
    assert find_session(session, token, NOW) is None
    user, member = session.get(User, operator.user), session.get(StaffMember, operator.member.member_id)
    assert staff_role(session, user, member, get_settings()) is None


def test_nobody_changes_their_own_rights(session, cast):
    for call in (
        lambda i: remove_member(session, cast.grigory, i),
        lambda i: change_role(session, cast.grigory, i, "engineer"),
    ):
        with pytest.raises(CabinetError, match="staff_oneself"):
            call(cast.grigory.member.member_id)


def test_another_role_means_other_permissions(session, cast):
    operator = staff(session, "op@example.org", "Оператор", cast.supplier, StaffRoleName.OPERATOR)
    change_role(session, cast.grigory, operator.member.member_id, "engineer")
    member = session.get(StaffMember, operator.member.member_id)
    role = staff_role(session, session.get(User, operator.user), member, get_settings())
    assert role.permissions == PERMISSIONS[StaffRoleName.ENGINEER]


def test_a_session_of_staff_is_short_whatever_was_asked(session, cast):
    token = signed_in(session, cast.grigory)
    assert find_session(session, token, NOW + timedelta(minutes=29))
    assert find_session(session, token, NOW + timedelta(minutes=31)) is None
    login, _ = find_session(session, token, NOW)
    touch(session, login, NOW + timedelta(minutes=20), get_settings(), is_staff=True)
    assert find_session(session, token, NOW + timedelta(minutes=49))
    assert login.expires_at == NOW + timedelta(hours=12)


def test_the_command_line_makes_the_first_administrator(session, system):
    card = enlist(session, system, "root@example.org", "Корнев Роман", "system_admin", "")
    assert (card.role, card.supplier) == ("system_admin", "")
