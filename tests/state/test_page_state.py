"""What a page does when reading it is refused or breaks."""

from __future__ import annotations

import asyncio

import pytest

from energo_cabinet import routes
from energo_cabinet.errors import NotFound, NotSignedIn, PermissionDenied
from energo_cabinet.state.contract.registered import AccountState
from energo_cabinet.state.control.plan_fact import PlanFactState
from energo_cabinet.state.customers.staff_customer import StaffCustomerState
from energo_cabinet.state.customers.staff_customers import StaffCustomersState
from energo_cabinet.state.desk.thread import DeskTicketState
from energo_cabinet.state.exchange.staff_suppliers import SuppliersState
from energo_cabinet.state.network.networks import NetworksState
from energo_cabinet.state.reading.submission import SubmissionState
from energo_cabinet.state.ticket.ticket import TicketState
from tests.state.tab import Tab


async def _breaking(error: Exception) -> None:
    raise error


def opened(kind, error: Exception):
    """The state of a page whose reading ended like this, and what its handler would return."""
    state = Tab().state(kind)
    return state, asyncio.run(state._load(_breaking(error)))


def test_who_is_not_signed_in_goes_to_the_sign_in_page():
    state, event = opened(AccountState, NotSignedIn())
    assert (state.status, routes.LOGIN in str(event)) == ("loading", True)


def test_what_breaks_is_logged_and_shown(caplog):
    state, event = opened(AccountState, ZeroDivisionError())
    assert (state.status, event) == ("failed", None)
    assert "AccountState failed to load" in caplog.text


@pytest.mark.parametrize(
    ("kind", "error", "status", "is_logged"),
    [
        (SubmissionState, NotFound(), "missing", False),
        (SubmissionState, PermissionDenied(), "failed", True),
        (NetworksState, NotFound(), "failed", False),
        (PlanFactState, NotFound(), "missing", False),
        (TicketState, NotFound(), "missing", False),
        (StaffCustomerState, NotFound(), "missing", False),
        (StaffCustomerState, PermissionDenied(), "failed", True),
        (DeskTicketState, PermissionDenied(), "missing", False),
        (SuppliersState, PermissionDenied(), "failed", True),
        (StaffCustomersState, PermissionDenied(), "failed", False),
        (PlanFactState, PermissionDenied(), "invalid", False),
    ],
)
def test_a_refusal_is_shown_as_the_page_shows_it(caplog, kind, error, status, is_logged):
    state, event = opened(kind, error)
    assert (state.status, event, "failed to load" in caplog.text) == (status, None, is_logged)


def test_an_error_of_showing_is_none_of_reading():
    state = Tab().state(AccountState)
    with pytest.raises(ZeroDivisionError):
        asyncio.run(state._load(asyncio.sleep(0, 1), lambda found: 1 // (found - 1)))
    assert state.status == "loading"
