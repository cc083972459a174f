"""Imports in the hands of the staff: cancelled, sent again (F-9, Н-162)."""

from __future__ import annotations

import pytest
from sqlmodel import select

from energo_cabinet.errors import Conflict
from energo_cabinet.formats.files.options import ReadOptions
from energo_cabinet.formats.process.reader import read_bytes
from energo_cabinet.models import ImportJob, ImportStatus, ProfileDay
from energo_cabinet.services.imports.job import cancel_import, repeat_import
from energo_cabinet.services.imports.journal import import_refusals
from energo_cabinet.services.imports.queue import claim_job, job_progress, refuse_job, store_job
from tests.services.imports.scene import OWN, points


def test_cancelled_while_it_waits_or_runs_nothing_is_stored(session, system, cast, send, work):
    waiting, running = send(points(OWN)), None
    cancel_import(session, cast.grigory, waiting.id)
    running = send(points(OWN))
    claim_job(session, system, "a")
    cancel_import(session, cast.grigory, running.id)
    assert not job_progress(session, system, running.key, "a", 1, 2)
    store_job(session, system, running.key, "a", [read_bytes(points(OWN), "f", ReadOptions("Europe/Moscow"))])
    session.refresh(waiting), session.refresh(running)
    assert [waiting.status, running.status] == ["cancelled", "cancelled"]
    assert session.exec(select(ProfileDay)).all() == []
    with pytest.raises(Conflict, match="import_over"):
        cancel_import(session, cast.grigory, running.id)


def test_a_refused_file_says_where_and_can_be_sent_again(session, system, cast, send):
    job = send(b"<x/>")
    claim_job(session, system, "a")
    notices = [read_error(b"<message class='1'/>")[0]]
    refuse_job(session, system, job.key, "a", notices)
    assert import_refusals(session, cast.grigory, job.id).items[0].code == notices[0].code
    again = repeat_import(session, cast.grigory, job.id)
    assert session.get_one(ImportJob, again).status == ImportStatus.WAITING
    with pytest.raises(Conflict, match="import_running"):
        repeat_import(session, cast.grigory, again)


def read_error(data: bytes):
    from energo_cabinet.formats.files.content import FormatError

    with pytest.raises(FormatError) as caught:
        read_bytes(data, "f", ReadOptions("Europe/Moscow"))
    return caught.value.notices
