"""A second start builds nothing (DESIGN section 1)."""

from __future__ import annotations

import time

import pytest

from energo_cabinet.serving import front_end
from tests.e2e.cabinet import running_cabinet
from tests.e2e.conftest import built as built


@pytest.mark.e2e
@pytest.mark.timeout(600)
def test_second_start_builds_nothing_and_answers_in_15_s(built, tmp_path):
    before, start = front_end.STAMP.stat().st_mtime_ns, time.monotonic()
    with running_cabinet(tmp_path, "--empty", PYTHONDONTWRITEBYTECODE="1") as cabinet:
        assert time.monotonic() - start < 15
        assert "nothing to build" in cabinet.log.read_text()
    assert front_end.STAMP.stat().st_mtime_ns == before
