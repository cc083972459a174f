"""A meter whose days arrive and are evaluated."""

from __future__ import annotations

from dataclasses import replace

import pytest

from energo_cabinet.domain.time.local_day import epoch_day
from energo_cabinet.domain.values.profile_day import encode_day
from energo_cabinet.services.control.limit_evaluation import evaluate_due
from energo_cabinet.services.values.profile_write import store_days
from tests import cast as make
from tests.cast import NOW


@pytest.fixture
def meter(session, cast, system):
    """Анна's point: `arrives(day, values)` stores a day and lets the job run."""
    series = make.series(session, cast.point)

    def arrives(on, values, at=NOW, step=30, of=series):
        store_days(session, [(of.id, encode_day(epoch_day(on), step, values))], None, at)
        return evaluate_due(session, replace(system, at=at))

    return arrives
