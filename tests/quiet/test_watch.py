"""Section 6: a changed service is served sooner than a first start."""

from __future__ import annotations

import os
import time

import pytest

from tests.e2e.conftest import built as built
from tests.e2e.watched import CODE
from tests.e2e.watched import watched as watched


@pytest.mark.e2e
@pytest.mark.timeout(600)
def test_a_new_server_is_there_sooner_than_the_first(watched):
    path, taken = watched.source(CODE), []
    for number in range(3):
        start = time.monotonic()
        with watched.saved(path, CODE, f'"number_{number}"'):
            taken.append(time.monotonic() - start)
    assert min(taken) < watched.start_s / 2, (taken, watched.start_s, os.getloadavg())
