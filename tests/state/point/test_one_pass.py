"""What a tab of a metering point shows is read in one pass through the door (ARCHITECTURE.md, decision 26)."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from energo_cabinet.domain.time.local_day import epoch_day
from energo_cabinet.models import MeterEvent, Transformer, TransformerKind
from energo_cabinet.services.values.network_write import store_series
from energo_cabinet.state.energy.consumption import ConsumptionState
from energo_cabinet.state.energy.load_profile import LoadProfileState
from energo_cabinet.state.journal.events import EventsState
from energo_cabinet.state.network.network import NetworkState
from energo_cabinet.state.point.point import PointState
from energo_cabinet.state.point.transformers import TransformersState
from energo_cabinet.state.reading.submission import SubmissionState
from tests import cast as make

DAY = date(2026, 10, 31)
TABS = {
    PointState: ("", "ready"),
    ConsumptionState: ("/readings", "ready"),
    LoadProfileState: ("/load-profile", "ready"),
    EventsState: ("/events", "ready"),
    NetworkState: ("/network", "ready"),
    TransformersState: ("/transformers", "ready"),
    SubmissionState: ("/submit", "open closed"),
}


@pytest.fixture
def filled(session, cast):
    """Something for every tab to show."""
    make.meter(session, cast.point, is_smart=False)
    make.day(session, make.series(session, cast.point), DAY, 200)
    store_series(session, [((cast.point.id, "UA", 10), epoch_day(DAY), np.full(144, 225_000, np.int64))], None)
    session.add(
        MeterEvent(point_id=cast.point.id, code="2001", mark="point", started_s=1_793_430_000, severity=1, area="power")
    )
    session.add(Transformer(point_id=cast.point.id, phase=1, kind=TransformerKind.CURRENT, serial_number="1"))
    session.flush()


@pytest.mark.parametrize("state", TABS)
def test_a_tab_passes_the_door_once(visitor_of, cast, filled, passes, state):
    """Also where the frame shows no contract yet, and so reads the point's."""
    visitor, (tab, statuses) = visitor_of(cast.anna), TABS[state]
    passes.clear()
    shown = visitor.open(state, f"/points/{cast.point.id}{tab}")
    assert shown.status in statuses.split()
    assert len(passes) == 1


@pytest.mark.parametrize("state", [ConsumptionState, LoadProfileState, EventsState, NetworkState])
def test_what_is_wrong_with_the_address_leaves_the_head(visitor_of, cast, filled, passes, state):
    visitor = visitor_of(cast.anna)
    passes.clear()
    shown = visitor.open(state, f"/points/{cast.point.id}{TABS[state][0]}?first=2026-10-20&last=2026-10-01")
    assert (shown.status, shown.head.title, len(passes)) == ("invalid", cast.point.name, 1)


def test_a_stranger_passes_once_and_learns_nothing(visitor_of, cast, filled, passes):
    visitor = visitor_of(cast.boris)
    passes.clear()
    shown = visitor.open(LoadProfileState, f"/points/{cast.point.id}/load-profile")
    assert (shown.status, shown.head.title, len(passes)) == ("missing", "", 1)
