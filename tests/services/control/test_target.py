"""Groups of points: of one contract and zone, compared as their sum (F-7)."""

from __future__ import annotations

from decimal import Decimal

import pytest
from sqlmodel import select

from energo_cabinet.domain.values.profile_day import MISSING
from energo_cabinet.errors import InvalidInput
from energo_cabinet.models import PlanDay
from energo_cabinet.services.control.target import delete_group, list_targets, save_group
from tests import cast as make
from tests.services.control.scene import TODAY, compared, typed


def test_a_group_compares_the_sum_of_its_points(session, cast):
    second = make.point(session, cast.contract, "ЛС-061-02", current_ratio=Decimal(40))
    make.day(session, make.series(session, cast.point), TODAY, 100)
    make.day(session, make.series(session, second, is_primary=False), TODAY, [10] * 47 + [None])
    group = save_group(session, cast.anna, cast.contract.id, "Весь дом", [cast.point.id, second.id])
    typed(session, cast, value="1", group_id=group)
    found = compared(session, cast, group_id=group)
    assert set(found.data.fact.tolist()) == {1000, MISSING} and found.data.totals.compared == 23
    assert next(card.name for card in list_targets(session, cast.anna, cast.contract.id)) == "Весь дом"
    delete_group(session, cast.anna, group)
    assert session.exec(select(PlanDay)).all() == []


def test_a_point_that_leaves_the_contract_leaves_the_group(session, cast):
    """Another customer's data never come in through an old group."""
    second, other = make.point(session, cast.contract, "2"), make.contract(session, cast.supplier, "9")
    make.day(session, make.series(session, second), TODAY, 100)
    group = save_group(session, cast.anna, cast.contract.id, "Дом", [cast.point.id, second.id])
    second.contract_id = other.id
    session.flush()
    assert (compared(session, cast, group_id=group).data.fact == MISSING).all()


def test_groups_are_of_points_of_one_contract_and_zone(session, cast):
    alien = make.point(session, make.contract(session, cast.supplier, "9"), "9")
    far = make.point(session, cast.contract, "3", zone_name="Asia/Omsk")
    for members in ([], [cast.point.id], [cast.point.id, alien.id], [cast.point.id, far.id], ["x", 1]):
        with pytest.raises(InvalidInput) as refused:
            save_group(session, cast.anna, cast.contract.id, "Дом", members)
        assert set(refused.value.fields) == {"members"}
