"""What the frame of the staff's pages shows, and where a person lands."""

from dataclasses import replace

import pytest

from energo_cabinet.auth.login_session import find_with_member
from energo_cabinet.auth.staff_session import staff_role
from energo_cabinet.errors import PermissionDenied
from energo_cabinet.services.staff.frame import staff_frame
from energo_cabinet.services.staff.member import list_members
from energo_cabinet.settings import get_settings
from tests.cast import NOW
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
