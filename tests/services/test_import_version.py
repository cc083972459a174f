"""Earlier versions of a day side by side (F-9)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from energo_cabinet.errors import NotFound
from energo_cabinet.formats.reader import read_bytes
from energo_cabinet.models import ImportJob
from energo_cabinet.services.import_job import add_import
from energo_cabinet.services.import_queue import claim_job, store_job
from energo_cabinet.services.import_version import day_versions, replaced_days
from tests.formats.maket_writer import Channel, maket
from tests.imports import kept


@pytest.fixture
def sent(session, cast, system, installation):
    """Three files of one day with one number: the values 1, then a correction, then another; their jobs."""

    def send(hour: int, data: bytes) -> ImportJob:
        job_id = add_import(session, cast.grigory, kept(data, f"{hour}.xml"), {})
        at = replace(system, at=system.at + timedelta(hours=hour))
        claimed = claim_job(session, at, "a")
        store_job(session, at, claimed.key, "a", [read_bytes(data, f"{hour}.xml", claimed.options)])
        return session.get_one(ImportJob, job_id)

    changes = ([1] * 48, [1] * 46 + [2, 3], [9] * 24)
    return [send(hour, maket({"ЛС-061-01": [Channel(values=values)]}, number=7)) for hour, values in enumerate(changes)]


def test_a_job_lists_the_days_it_replaced_with_sums(session, cast, sent):
    assert replaced_days(session, cast.grigory, sent[0].id).items == ()
    (day,) = replaced_days(session, cast.grigory, sent[1].id).items
    assert (day.point, day.channel, day.day, day.before_wh, day.after_wh) == (
        "ЛС-061-01",
        "A+",
        date(2024, 6, 12),
        48_000,
        51_000,
    )
    assert sent[1].replaced == 2


def test_versions_stand_side_by_side_with_their_files(session, cast, sent):
    (day,) = replaced_days(session, cast.grigory, sent[2].id).items
    found = day_versions(session, cast.grigory, day.id)
    assert [(v.file_name, v.number, v.total_wh, v.until is None) for v in found.versions] == [
        ("0.xml", 7, 48_000, False),
        ("1.xml", 7, 51_000, False),
        ("2.xml", 7, 216_000, True),
    ]
    assert (found.step_min, len(found.slots)) == (30, 48)
    assert [slot.values for slot in found.slots[-2:]] == [(1000, 2000, 9000), (1000, 3000, None)]
    assert f"{found.slots[1].start:%d.%m %H:%M %z}" == "12.06 00:30 +0300"


def test_another_suppliers_versions_are_not_there(session, cast, sent):
    (day,) = replaced_days(session, cast.grigory, sent[1].id).items
    for wanted in (day.id, 10**6, 2**40, 0):
        with pytest.raises(NotFound):
            day_versions(session, cast.darya, wanted)
