"""Account ↔ contract ↔ reading ↔ bill ↔ payment ↔ another reader: any order of steps ends where the model says.

Through the door with real databases. Hypothesis chooses the steps and shortens what fails; the seed is the run's.
"""

from __future__ import annotations

from math import ceil

import pytest
from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.soak import draw
from tests.soak.draw import number
from tests.soak.machine import Machine
from tests.soak.town import towns

pytestmark = [pytest.mark.soak, pytest.mark.timeout(2400)]
AT_ONCE = 50
"""Steps of an example."""
PARTS = 2
"""So that both processors have one."""


def play(towns, steps, part=""):
    """So many steps on fresh towns; how many they were."""
    Machine.towns, Machine.steps = towns, 0
    run_state_machine_as_test(
        seed(f"{draw.seed()} {part}")(Machine),
        settings=settings(
            max_examples=ceil(steps / AT_ONCE * 1.1),
            stateful_step_count=AT_ONCE,
            database=None,
            deadline=None,
            phases=[Phase.generate, Phase.shrink],
            suppress_health_check=list(HealthCheck),
        ),
    )
    return Machine.steps


@pytest.mark.parametrize("part", range(PARTS))
def test_any_order_of_steps_ends_where_the_model_says(tmp_path, figure, part):
    steps = ceil(number("steps of the model") / PARTS)
    with towns(tmp_path) as made:
        done = play(made, steps, part)
    figure(f"{done} steps on SQLite, 0 differ from the model")
    assert done >= steps


@pytest.mark.postgres
def test_on_postgresql_it_is_the_same(tmp_path, postgres_url, figure):
    with towns(tmp_path, postgres_url) as made:
        done = play(made, number("steps of the model on PostgreSQL"))
    figure(f"{done} steps on PostgreSQL, 0 differ from the model")
    assert done >= number("steps of the model on PostgreSQL")
