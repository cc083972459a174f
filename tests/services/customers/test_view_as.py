"""«Показать как видит абонент» begun and ended: whose eyes, until when, and who reads of it (152-ФЗ, ст. 14)."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from energo_cabinet.errors import Conflict, NotFound, PermissionDenied
from energo_cabinet.models import LoginSession, StaffRoleName, User
from energo_cabinet.services.customers.view_as import begin_view, end_view
from energo_cabinet.services.person.access_journal import my_access_journal
from energo_cabinet.settings import get_settings
from tests import cast as make
from tests.services.person.scene import at_desk


@pytest.fixture
def grigory(session, cast):
    """Григорий in his browser."""
    return at_desk(session, cast.grigory)


def test_a_view_has_a_name_an_end_and_a_page_to_come_back_to(session, cast, grigory):
    view = begin_view(session, grigory, cast.anna.user)
    assert (view.name, view.contract_id) == (session.get(User, cast.anna.user).full_name, cast.contract.id)
    assert view.until - make.NOW == timedelta(minutes=get_settings().view_minutes)
    login = session.get(LoginSession, grigory.session_id)
    assert (login.viewing_user_id, login.viewing_supplier_id, login.viewing_until) == (
        *(cast.anna.user, cast.supplier.id, view.until),
    )


def test_begin_and_end_stand_in_the_customers_own_journal(session, cast, grigory):
    begin_view(session, grigory, cast.anna.user)
    assert end_view(session, grigory) == cast.contract.id
    told = [line.action for line in my_access_journal(session, cast.anna).lines]
    assert told == ["customer.end_view", "customer.begin_view"]
    assert my_access_journal(session, cast.boris).lines == ()


def test_ending_twice_or_without_a_view_harms_nothing(session, cast, grigory):
    begin_view(session, grigory, cast.anna.user)
    assert [end_view(session, grigory), end_view(session, grigory)] == [cast.contract.id, None]
    login = session.get(LoginSession, grigory.session_id)
    assert (login.viewing_user_id, login.viewing_supplier_id, login.viewing_until) == (None, None, None)
    assert end_view(session, cast.grigory) is None


def test_the_newest_view_takes_the_place_of_the_older(session, cast, grigory):
    make.link(session, cast.boris, cast.contract)
    begin_view(session, grigory, cast.anna.user)
    begin_view(session, grigory, cast.boris.user)
    assert session.get(LoginSession, grigory.session_id).viewing_user_id == cast.boris.user


def test_a_customer_who_has_left_is_not_shown(session, cast, grigory):
    cast.link.unlinked_at = make.NOW
    session.flush()
    with pytest.raises(NotFound):
        begin_view(session, grigory, cast.anna.user)
    assert session.get(LoginSession, grigory.session_id).viewing_user_id is None


def test_who_may_not_see_customers_may_not_see_through_their_eyes(session, cast, grigory):
    engineer = make.staff(session, "e@example.org", "Инженер", cast.supplier, StaffRoleName.ENGINEER)
    for who in (engineer, cast.anna, replace(cast.grigory, staff=None)):
        with pytest.raises(PermissionDenied):
            begin_view(session, who, cast.anna.user)
    with pytest.raises(Conflict, match="view_needs_session"):
        begin_view(session, cast.grigory, cast.anna.user)
