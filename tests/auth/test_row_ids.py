"""What is no id of a row is refused at the door of every service, once for all of them."""

from __future__ import annotations

import inspect
from dataclasses import replace

import pytest

import energo_cabinet.services as package
from energo_cabinet.auth.access import SERVICES, Subject
from energo_cabinet.auth.staff import PERMISSIONS, StaffRole
from energo_cabinet.domain.typed import MAX_ID, is_id
from energo_cabinet.errors import NotFound
from energo_cabinet.models import StaffRoleName
from tests.cast import NOW
from tests.walk import import_all

import_all(package)

NO_DATABASE = None
"""A service that asked it would fail otherwise than by NotFound."""
NO_IDS = (0, -1, MAX_ID + 1, 2**63, True, False, "1", "", 1.5, [1])
MEMBER = StaffRole(1, 1, "Громов", None, StaffRoleName.SYSTEM_ADMIN, frozenset().union(*PERMISSIONS.values()))
CUSTOMER = Subject("customer", NOW, user_id=1)
WHO = {"customer": CUSTOMER, "public": Subject("anonymous", NOW), "system": Subject("system", NOW)}


def parameters(name: str) -> list[inspect.Parameter]:
    return list(inspect.signature(SERVICES[name][0]).parameters.values())[2:]


IDS = [(name, p.name) for name in sorted(SERVICES) for p in parameters(name) if p.name.endswith("_id")]


def test_ids_are_found():
    assert ("energy.consumption", "point_id") in IDS and len(IDS) > 150


@pytest.mark.parametrize(("name", "parameter"), IDS)
def test_what_is_no_id_is_not_found(name, parameter):
    service, rule = SERVICES[name]
    who = WHO.get(rule, replace(CUSTOMER, staff=MEMBER))
    shape = {p.name: p for p in parameters(name)}
    may_be_none = shape[parameter].annotation == "int | None"
    for value in NO_IDS if may_be_none else (*NO_IDS, None):
        given = {p: 1 for p, about in shape.items() if about.default is about.empty} | {parameter: value}
        with pytest.raises(NotFound):
            service(NO_DATABASE, who, **given)
        by_place = [given.get(p, shape[p].default) for p in shape]
        with pytest.raises(NotFound):
            service(NO_DATABASE, who, *by_place)


def test_the_greatest_id_is_one():
    assert [is_id(value) for value in (1, MAX_ID, MAX_ID + 1, None, True)] == [True, True, False, False, False]
