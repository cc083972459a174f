"""What stands around every page: who, which contracts, what is unread (Н-39…Н-41)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from energo_cabinet.errors import NotSignedIn
from energo_cabinet.models import Notification, NotificationKind
from energo_cabinet.services.home.frame import frame
from tests import cast as make


def told(session, who, contract=None):
    known = {"kind": NotificationKind.DEBT, "title": "Долг", "created_at": make.NOW}
    session.add(Notification(user_id=who.user, contract_id=contract and contract.id, **known))
    session.flush()


def test_name_contracts_in_the_order_they_were_linked_and_what_is_unread(session, cast):
    house = make.contract(session, cast.supplier, "40-11825")
    make.link(session, cast.anna, house, "Дача")
    told(session, cast.anna, house), told(session, cast.anna), told(session, cast.boris)
    found = frame(session, cast.anna)
    assert found.profile.full_name == "Соколова Анна Викторовна"
    assert [(card.title, card.number, card.supplier_name) for card in found.contracts] == [
        ("Квартира на Лесной", "7638-294-061", "NeKta"),
        ("Дача", "40-11825", "NeKta"),
    ]
    assert (found.unread.total, list(found.unread.by_link.values())) == (2, [1])
    assert (found.is_staff, found.is_view) == (False, False)


def test_somebody_without_contracts_has_an_empty_sidebar(session, cast):
    found = frame(session, cast.boris)
    assert (found.contracts, found.unread.total) == ([], 0)


def test_staff_see_the_way_to_their_pages_and_a_view_says_so(session, cast):
    assert frame(session, cast.grigory).is_staff
    view = replace(
        cast.grigory, user_id=cast.anna.user, viewer_id=cast.grigory.user, viewing_supplier_id=cast.supplier.id
    )
    found = frame(session, view)
    assert (found.is_view, found.profile.id) == (True, cast.anna.user)


def test_visitors_have_no_frame(session, anonymous):
    with pytest.raises(NotSignedIn):
        frame(session, anonymous)
