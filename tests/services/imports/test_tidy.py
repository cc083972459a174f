"""The bytes of imports go after their days, the journal stays."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from energo_cabinet.errors import Conflict
from energo_cabinet.services.imports.bytes import import_folder
from energo_cabinet.services.imports.job import repeat_import
from energo_cabinet.services.imports.tidy import import_keys_without_row, tidy_imports
from tests.services.imports.scene import OWN, points


def test_bytes_go_days_after_the_job_the_journal_stays(session, system, cast, send, work, installation):
    job = work(send(points(OWN)), points(OWN))
    assert tidy_imports(session, replace(system, at=system.at + timedelta(days=29))) == []
    later = replace(system, at=system.at + timedelta(days=31))
    assert tidy_imports(session, later) == [job.key]
    assert import_keys_without_row(session, replace(system, at=system.at.replace(year=2036))) == [job.key]
    assert import_folder().path(job.key).exists()
    with pytest.raises(Conflict, match="import_file_gone"):
        repeat_import(session, cast.grigory, job.id)
