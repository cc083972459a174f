"""What the frame of the staff's pages shows, and where a person lands."""

from dataclasses import replace

import pytest

from energo_cabinet import routes
from energo_cabinet.auth.login_session import find_with_member
from energo_cabinet.auth.staff import PERMISSIONS
from energo_cabinet.auth.staff_session import staff_role
from energo_cabinet.errors import PermissionDenied
from energo_cabinet.models import StaffRoleName
from energo_cabinet.services.staff.frame import landing, staff_frame
from energo_cabinet.services.staff.member import list_members
from energo_cabinet.settings import get_settings
from tests.cast import NOW, staff
from tests.services.staff.scene import signed_in


def test_outside_the_demo_nothing_opens_before_the_second_factor(session, cast):
    token = signed_in(session, cast.grigory)
    _, user, member = find_with_member(session, token, NOW)
    role = staff_role(session, user, member, get_settings().model_copy(update={"mode": "production"}))
    assert role.permissions == {"member"}
    frame = staff_frame(session, replace(cast.grigory, staff=role))
    assert frame.needs_second_factor
    with pytest.raises(PermissionDenied):
        list_members(session, replace(cast.grigory, staff=role))


def test_staff_land_at_their_desk_and_customers_in_their_cabinet(session, cast):
    assert [landing(session, who) for who in (cast.grigory, cast.anna)] == [routes.STAFF, routes.START]


def test_the_frame_says_for_whom_and_what_may_be_opened(session, cast):
    root = staff(session, "root@example.org", "Корнев Роман", None, StaffRoleName.SYSTEM_ADMIN)
    ours, installation = staff_frame(session, cast.grigory), staff_frame(session, root)
    assert (ours.supplier, ours.role, ours.needs_second_factor) == ("NeKta", "supplier_admin", False)
    assert ours.permissions == sorted(PERMISSIONS[StaffRoleName.SUPPLIER_ADMIN])
    assert (installation.supplier, installation.role) == ("", "system_admin")
    with pytest.raises(PermissionDenied):
        staff_frame(session, cast.anna)
