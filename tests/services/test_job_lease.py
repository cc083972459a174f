"""One worker of many holds a job, whatever the order in which they ask."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import select

from energo_cabinet.errors import PermissionDenied
from energo_cabinet.models import JobLease
from energo_cabinet.services.job_lease import hold_lease, release_lease
from tests.cast import NOW

SECONDS = 30


def at(system, seconds):
    return replace(system, at=NOW + timedelta(seconds=seconds))


def holds(session, system, owner, seconds, name="outbox"):
    return hold_lease(session, at(system, seconds), name, owner, SECONDS)


def test_a_lease_is_prolonged_by_its_owner_and_taken_over_when_it_has_run_out(session, system):
    assert [holds(session, system, owner, second) for owner, second in (("a", 0), ("b", 29), ("a", 29))] == [
        *(True, False, True),
    ]
    assert [holds(session, system, owner, second) for owner, second in (("b", 58), ("b", 60), ("a", 61))] == [
        *(False, True, False),
    ]


def test_what_is_given_back_is_free_at_once_and_only_its_owner_gives_it_back(session, system):
    holds(session, system, "a", 0)
    release_lease(session, at(system, 1), "outbox", "b")
    assert not holds(session, system, "b", 2)
    release_lease(session, at(system, 3), "outbox", "a")
    assert holds(session, system, "b", 4)


def test_jobs_do_not_stand_in_each_others_way(session, system):
    assert holds(session, system, "a", 0) and holds(session, system, "b", 0, "imports")


def test_a_held_lease_is_written_twice_in_its_time_and_no_oftener(session, system):
    """A job asks every second; the database need not hear of it."""
    written = set()
    for second in range(SECONDS):
        assert holds(session, system, "a", second)
        session.expire_all()
        written.add(session.exec(select(JobLease.held_until)).one())
    assert len(written) <= 3


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.tuples(st.sampled_from("abc"), st.sampled_from(["hold", "hold", "release"]), st.integers(0, 25)), max_size=12
    )
)
def test_two_never_hold_it_at_the_same_moment(session, system, asked):
    """The law: who is told yes may count on half the time without asking again."""
    second, promised = 0, {}
    with session.begin_nested() as tried:
        for owner, what, pause in asked:
            second += pause
            if what == "release":
                release_lease(session, at(system, second), "outbox", owner)
                promised.pop(owner, None)
            elif holds(session, system, owner, second):
                others = [until for other, until in promised.items() if other != owner]
                assert all(until <= second for until in others)
                promised[owner] = second + SECONDS / 2
            session.expire_all()
        tried.rollback()


def test_only_the_system_holds_leases(session, cast):
    with pytest.raises(PermissionDenied):
        hold_lease(session, cast.anna, "outbox", "anna", SECONDS)
