"""«Учетные данные»: what is registered for the caller, and for nobody else (Э-55)."""

from __future__ import annotations

from energo_cabinet.models import User
from energo_cabinet.services.contract.registered import POINTS_SHOWN, registered
from tests import cast as make


def test_who_and_with_which_contracts_and_points(session, cast):
    user = session.get(User, cast.anna.user)
    user.phone, user.address = "+79120001842", "г. Северогорск"
    cast.point.address, cast.contract.address = "Лесная, 18", "Лесная, 18, кв. 42"
    session.flush()
    found = registered(session, cast.anna)
    assert (found.full_name, found.email, found.phone) == (user.full_name, "anna@example.org", "+79120001842")
    (flat,) = found.contracts
    assert (flat.title, flat.number, flat.supplier_name) == ("Квартира на Лесной", "7638-294-061", "NeKta")
    assert (flat.customer_name, flat.address, flat.link_id) == ("Соколова А. В.", "Лесная, 18, кв. 42", cast.link.id)
    assert [(p.id, p.number, p.address) for p in flat.points] == [(cast.point.id, "ЛС-061-01", "Лесная, 18")]


def test_a_contract_without_points_and_a_company_with_many(session, cast):
    """The tile lists a few and says how many there are."""
    house = make.contract(session, cast.supplier, "40-1")
    make.link(session, cast.anna, house, "Дача")
    for number in range(POINTS_SHOWN + 2):
        make.point(session, cast.contract, f"Н-{number:02}")
    flat, dacha = registered(session, cast.anna).contracts
    assert (flat.point_count, len(flat.points)) == (POINTS_SHOWN + 3, POINTS_SHOWN)
    assert [p.number for p in flat.points] == sorted(p.number for p in flat.points)
    assert (dacha.title, dacha.point_count, dacha.points) == ("Дача", 0, ())


def test_what_has_left_the_cabinet_and_what_is_others_is_not_shown(session, cast):
    other = make.contract(session, cast.supplier, "ЧУЖОЙ-1")
    make.link(session, cast.boris, other, "Чужая дача")
    make.point(session, other, "ЧТ-1")
    cast.link.unlinked_at = make.NOW
    session.flush()
    found = registered(session, cast.anna)
    assert found.contracts == () and "ЧТ-1" not in repr(found)
    (his,) = registered(session, cast.boris).contracts
    assert [p.number for p in his.points] == ["ЧТ-1"]


def test_two_people_on_one_contract_see_their_own_title(session, cast):
    make.link(session, cast.boris, cast.contract, "У Анны")
    shown = [registered(session, who).contracts[0].title for who in (cast.anna, cast.boris)]
    assert shown == ["Квартира на Лесной", "У Анны"]
