"""The page «Сводка» without a browser."""

from __future__ import annotations

import asyncio

import pytest

from energo_cabinet.auth import rate
from energo_cabinet.state.staff.dashboard import StaffDashboardState, refresh_dashboard
from tests.services.desk.scene import opened
from tests.state.tab import signed_in

pytestmark = pytest.mark.usefixtures("installation")


def test_numbers_charts_and_a_new_ticket_live(session, cast):
    rate.forget_all()
    tab = signed_in(session, cast.grigory)
    tab.look_at("/staff")
    state = tab.run(StaffDashboardState, "load")
    assert (state.status, state.numbers[0].value, len(state.week_rows)) == ("ready", "0", 12)
    opened(session, cast)
    session.commit()
    asyncio.run(refresh_dashboard(tab.root))
    assert (state.numbers[0].value, state.numbers[0].href) == ("1", "/staff/tickets")
    assert state.age_rows[-1].words == "больше месяца" and state.ages.summary.startswith("Открытые обращения")


def test_customer_gets_nothing(session, cast):
    tab = signed_in(session, cast.anna)
    tab.look_at("/staff")
    assert tab.run(StaffDashboardState, "load").numbers == []
