"""Whom a ticket may be given to: people of the same supplier who answer tickets, and nobody else."""

from __future__ import annotations

import pytest

from energo_cabinet.errors import PermissionDenied
from energo_cabinet.models import StaffMember, StaffRoleName
from energo_cabinet.services.desk.colleagues import desk_colleagues
from tests import cast as make


def names(session, who):
    return [one.name for one in desk_colleagues(session, who)]


def test_those_who_answer_tickets_are_named_in_order(session, cast, olga):
    make.staff(session, "e@example.org", "Инженер Иван", cast.supplier, StaffRoleName.ENGINEER)
    assert names(session, olga) == names(session, cast.grigory) == ["Громов Григорий", "Орлова Ольга Ивановна"]
    assert [one.id for one in desk_colleagues(session, olga)] == [cast.grigory.user, olga.user]


def test_another_supplier_has_its_own(session, cast, olga):
    assert names(session, cast.darya) == ["Дальняя Дарья"]


def test_who_has_left_gets_no_tickets(session, cast, olga):
    session.get(StaffMember, olga.member.member_id).removed_at = make.NOW
    session.flush()
    assert names(session, cast.grigory) == ["Громов Григорий"]


def test_customers_engineers_and_the_installation_have_no_desk(session, cast, system):
    engineer = make.staff(session, "e@example.org", "Инженер", cast.supplier, StaffRoleName.ENGINEER)
    for who in (cast.anna, engineer):
        with pytest.raises(PermissionDenied):
            desk_colleagues(session, who)
    assert desk_colleagues(session, system) == ()
