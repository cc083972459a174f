"""What a page shows at once is read in one pass through the door (ARCHITECTURE.md, decision 26)."""

from __future__ import annotations

from datetime import date

import pytest

from energo_cabinet.services.broadcast.broadcast import save_broadcast
from energo_cabinet.state.broadcast.staff_broadcast import BroadcastState
from energo_cabinet.state.broadcast.staff_form import BroadcastFormState
from energo_cabinet.state.control.deviations import DeviationsState
from energo_cabinet.state.control.limits import LimitsState
from energo_cabinet.state.control.plan_fact import PlanFactState
from energo_cabinet.state.frame.session import SessionState
from energo_cabinet.state.imports.staff_machines import StaffMachinesState
from energo_cabinet.state.quality.staff_quality import QualityState
from tests import cast as make
from tests.services.broadcast.scene import NEWS
from tests.state.tab import signed_in

pytestmark = pytest.mark.usefixtures("installation")

OF_STAFF = {
    QualityState: "/staff/quality",
    StaffMachinesState: "/staff/imports/machines",
    BroadcastFormState: "/staff/notices/new?draft=1",
    BroadcastState: "/staff/notices/1",
}
OF_CUSTOMERS = {PlanFactState: "/plan-fact", LimitsState: "/deviations/limits", DeviationsState: "/deviations"}


@pytest.mark.parametrize("state", OF_STAFF)
def test_a_page_of_staff_passes_once(session, cast, passes, state):
    save_broadcast(session, cast.grigory, NEWS)
    tab = signed_in(session, cast.grigory)
    tab.look_at(OF_STAFF[state])
    passes.clear()
    assert tab.run(state, "load").status == "ready"
    assert len(passes) == 1


@pytest.mark.parametrize("state", OF_CUSTOMERS)
def test_a_page_of_a_customer_passes_once(session, cast, passes, state):
    """The contract is known; a target of another one moves the frame there, which reads itself."""
    make.day(session, make.series(session, cast.point), date(2026, 11, 20), 200)
    tab = signed_in(session, cast.anna)
    tab.look_at(OF_CUSTOMERS[state])
    tab.run(SessionState, "load")
    passes.clear()
    assert tab.run(state, "load").status in ("ready", "no_plan", "empty")
    assert len(passes) == 1
