"""Files sent by the staff and worked off in the test."""

from __future__ import annotations

import pytest

from energo_cabinet.formats.process.reader import read_bytes
from energo_cabinet.models import ImportJob
from energo_cabinet.services.imports.job import add_import
from energo_cabinet.services.imports.queue import claim_job, store_job
from tests.imports import kept


@pytest.fixture
def send(session, cast, installation):
    """Григорий sends a file; the job."""

    def send(data: bytes, name: str = "f.xml", who=None, **options) -> ImportJob:
        job_id = add_import(session, who or cast.grigory, kept(data, name), options)
        return session.get_one(ImportJob, job_id)

    return send


@pytest.fixture
def work(session, system):
    """Work a job off as "me": parsed here, stored by the service."""

    def work(job: ImportJob, data: bytes, owner: str = "me") -> ImportJob:
        claimed = claim_job(session, system, owner)
        store_job(session, system, job.key, owner, [read_bytes(data, job.name, claimed.options)])
        session.refresh(job)
        return job

    return work
