"""Every use case that shows a contract leaves a look behind, so that an incident can be told of (152-ФЗ, ст. 21)."""

from __future__ import annotations

from contextlib import suppress

import pytest

from energo_cabinet.auth.access import AUDITED, SERVICES
from energo_cabinet.auth.looks import gathering
from tests.services.test_strangers import CUSTOMERS, built, cast, given, own_ids, required, session

__all__ = ["built", "cast", "session"]
pytestmark = pytest.mark.parametrize("dialect", ["sqlite"], indirect=True)

SHOWS_A_CONTRACT = {"point_id", "contract_id", "bill_id", "violation_id"}
ABOUT_EITHER = {"group_id"}
"""A service takes a point or a group: the stranger tests give both, which it refuses."""
LISTS = ("contract.list", "point.list", "home.frame", "home.overview", "notification.list", "journal.all_events")


def looked(session, cast, who, name):
    """What a call looks at; None when it was refused."""
    arguments = {p.name: given(name, p, cast) for p in required(name)}
    with gathering() as looks, suppress(Exception):  # some take what only their page knows to give
        SERVICES[name][0](session, who, **arguments)
        return looks
    return None


@pytest.mark.parametrize(
    "name", [n for n in CUSTOMERS if SHOWS_A_CONTRACT & set(own_ids(n)) and not ABOUT_EITHER & set(own_ids(n))]
)
def test_a_reader_of_a_contract_leaves_a_look(session, cast, name):
    looks = looked(session, cast, cast.anna, name)
    if looks is not None:
        assert looks.is_own or cast.contract.id in looks.contracts or cast.point.id in looks.points


@pytest.mark.parametrize("name", LISTS)
def test_a_reader_of_lists_has_looked_at_all_of_theirs(session, cast, name):
    looks = looked(session, cast, cast.anna, name)
    assert looks.is_own or looks.contracts == {cast.contract.id}


@pytest.mark.parametrize("name", sorted(AUDITED))
def test_staff_leave_one_wherever_they_leave_an_entry_in_the_journal(session, cast, name):
    looks = looked(session, cast, cast.grigory, name)
    assert looks is None or looks
