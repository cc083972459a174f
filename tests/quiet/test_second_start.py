"""A second start builds nothing and answers about as soon as the application is imported (DESIGN section 1: 15 s)."""

from __future__ import annotations

import subprocess
import sys
import time

import pytest

from energo_cabinet.serving import front_end
from tests.e2e.cabinet import ROOT, environment, running_cabinet
from tests.e2e.conftest import built as built

IMPORT = [sys.executable, "-c", "import energo_cabinet.energo_cabinet"]
TIMES = 3
"""Of the time the import takes, which was 4.4 s where the start took 5.1; a build takes ten times as long."""


@pytest.mark.e2e
@pytest.mark.timeout(600)
def test_second_start_builds_nothing_and_answers_when_the_application_is_there(built, tmp_path):
    before, imports, starts = front_end.STAMP.stat().st_mtime_ns, [], []
    for turn in range(2):
        folder, start = tmp_path / str(turn), time.monotonic()
        env = environment(folder, 3000, PYTHONDONTWRITEBYTECODE="1", REFLEX_SKIP_COMPILE="1")
        subprocess.run(IMPORT, env=env, cwd=ROOT, check=True)
        imported = time.monotonic()
        with running_cabinet(folder, "--empty", PYTHONDONTWRITEBYTECODE="1") as cabinet:
            starts.append(time.monotonic() - imported)
            assert "nothing to build" in cabinet.log.read_text()
        imports.append(imported - start)
    assert min(starts) < TIMES * min(imports), (starts, imports)
    assert front_end.STAMP.stat().st_mtime_ns == before
