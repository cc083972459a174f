"""The queue of imports: claimed once, stored once, stopped, given back, a wall between suppliers (F-9, Н-162)."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlmodel import select

from energo_cabinet.errors import Conflict
from energo_cabinet.formats.options import ReadOptions
from energo_cabinet.formats.reader import read_bytes
from energo_cabinet.models import (
    ImportJob,
    ImportRefusal,
    ImportStatus,
    LiveEvent,
    Meter,
    MeterReading,
    ProfileDay,
)
from energo_cabinet.services.import_bytes import import_folder
from energo_cabinet.services.import_job import TOPIC, add_import, cancel_import, repeat_import
from energo_cabinet.services.import_journal import import_detail, import_refusals, list_imports
from energo_cabinet.services.import_queue import (
    LEASE,
    MOST_ATTEMPTS,
    claim_job,
    fail_job,
    job_progress,
    refuse_job,
    release_jobs,
    stop_job,
    store_job,
    waiting_jobs,
)
from energo_cabinet.services.import_tidy import import_keys_without_row, tidy_imports
from tests import cast as make
from tests.formats.maket_writer import Channel, maket
from tests.imports import kept

OWN = "ЛС-061-01"


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


def points(*numbers: str) -> bytes:
    return maket({number: [Channel()] for number in numbers})


def reasons(session, job):
    rows = session.exec(select(ImportRefusal).where(ImportRefusal.job_id == job.id).order_by(ImportRefusal.id))
    return [(row.code, row.line, row.params) for row in rows]


def test_a_file_is_stored_with_its_outcome_and_everybody_is_told(session, cast, send, work):
    job = work(send(points(OWN)), points(OWN))
    assert (job.status, job.stored, job.points, job.kind, job.sender) == ("done", 48, 1, "80020", "Громов Григорий")
    told = session.exec(select(LiveEvent.user_id).where(LiveEvent.topic == TOPIC)).all()
    assert set(told) == {cast.grigory.user_id}
    assert session.exec(select(LiveEvent.user_id).where(LiveEvent.topic == "measured")).all() == [cast.anna.user]


def test_points_of_another_supplier_are_refused_by_row_like_unknown_ones(session, cast, send, work):
    """The wall: nothing tells a foreign number from one that does not exist."""
    far = make.contract(session, make.supplier(session, "F", "F"), "9")
    make.point(session, far, "ЧУЖАЯ")
    data = points(OWN, "ЧУЖАЯ", "НИЧЬЯ")
    job = work(send(data), data)
    assert (job.status, job.stored, job.refused) == ("partial", 48, 96)
    (first, line, params), (other, *_) = reasons(session, job)
    assert (first, other, params) == ("unknown_point", "unknown_point", {"point": "ЧУЖАЯ", "values": 48})
    assert data.splitlines()[line - 1].decode("windows-1251").startswith('<measuringpoint code="ЧУЖАЯ"')
    assert len(session.exec(select(ProfileDay)).all()) == 1


def test_a_file_of_foreign_points_alone_is_refused(session, send, work):
    job = work(send(points("НИЧЬЯ")), points("НИЧЬЯ"))
    assert (job.status, job.stored, job.refused) == ("refused", 0, 48)


def test_points_are_created_for_the_own_supplier_when_asked(session, send, work):
    job = work(send(points("НОВАЯ"), create="1"), points("НОВАЯ"))
    assert (job.status, job.stored) == ("done", 48)


def test_readings_by_serial_reach_the_point_where_the_meter_stands(session, cast, send, work):
    meter = make.meter(session, cast.point)
    session.add(Meter(supplier_id=cast.supplier.id, serial_number="777"))
    session.add(Meter(supplier_id=cast.darya.member.supplier_id, serial_number="888"))
    lines = ["прибор;дата;показание", "41907352.0;01.11.2026;5", "777;01.11.2026;5", "888;01.11.2026;5"]
    data = "\n".join([*lines, "41907352;01.11.2019;5"]).encode()
    job = work(send(data, "п.csv"), data)
    assert (job.status, job.stored, job.refused) == ("partial", 1, 3)
    row = session.exec(select(MeterReading)).one()
    assert (row.point_id, row.meter_id, row.register_wh) == (cast.point.id, meter.id, 5000)
    assert [code for code, *_ in reasons(session, job)] == [
        "meter_not_installed",
        "unknown_serial",
        "meter_not_installed",
    ]


def test_a_list_of_meters_adds_the_new_ones(session, cast, send, work):
    make.meter(session, cast.point)
    data = "серийный номер\n41907352\n555,0\nнет\n".encode()
    job = work(send(data, "п.csv"), data)
    assert (job.status, job.stored, job.unchanged, job.refused) == ("partial", 1, 1, 1)
    assert session.exec(select(Meter).where(Meter.serial_number == "555")).one().supplier_id == cast.supplier.id


def test_a_job_is_claimed_once_and_again_when_its_process_died(session, system, send):
    job = send(points(OWN))
    assert waiting_jobs(session, system) == 1
    assert claim_job(session, system, "a").id == job.id
    assert (claim_job(session, system, "b"), waiting_jobs(session, system)) == (None, 0)
    later = replace(system, at=system.at + LEASE + timedelta(seconds=1))
    assert claim_job(session, later, "b").id == job.id
    with pytest.raises(Conflict):
        store_job(session, later, job.key, "a", [])
    assert not job_progress(session, later, job.key, "a", 1, 2)
    assert job_progress(session, later, job.key, "b", 1, 2)


def test_what_a_dead_process_held_waits_again_and_is_given_up_at_last(session, system, send):
    job = send(points(OWN))
    claim_job(session, system, "a")
    assert release_jobs(session, system, "a") == 1
    assert claim_job(session, system, "b").attempts == 2
    job.attempts = MOST_ATTEMPTS
    session.flush()
    release_jobs(session, system, "b")
    assert (job.status, reasons(session, job)[0][0]) == (ImportStatus.FAILED, "job_fault")


def test_a_fault_of_ours_is_tried_thrice(session, system, send):
    job = send(points(OWN))
    for attempt in range(3):
        at = replace(system, at=system.at + timedelta(minutes=attempt))
        claim_job(session, at, "a")
        fail_job(session, at, job.key, "a")
    session.refresh(job)
    assert job.status == ImportStatus.FAILED


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


def test_stopped_by_its_worker(session, system, cast, send):
    job = send(points(OWN))
    claim_job(session, system, "a")
    stop_job(session, system, job.key, "a")
    assert job.status == ImportStatus.CANCELLED


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
    from energo_cabinet.formats.content import FormatError

    with pytest.raises(FormatError) as caught:
        read_bytes(data, "f", ReadOptions("Europe/Moscow"))
    return caught.value.notices


def test_the_journal_is_filtered_and_paged(session, cast, send):
    jobs = [send(points(OWN), f"день {n}.xml").id for n in range(5)]
    first = list_imports(session, cast.grigory, limit=2)
    rest = list_imports(session, cast.grigory, before=first.next, limit=10)
    assert [card.id for card in (*first.items, *rest.items)] == jobs[::-1]
    assert (rest.next, rest.open) == (None, 5)
    assert [card.id for card in list_imports(session, cast.grigory, words="ДЕНЬ 3").items] == [jobs[3]]
    assert list_imports(session, cast.grigory, way="folder").items == ()
    assert list_imports(session, cast.darya).items == ()
    assert import_detail(session, cast.grigory, jobs[0]).has_file


def test_bytes_go_days_after_the_job_the_journal_stays(session, system, cast, send, work, installation):
    job = work(send(points(OWN)), points(OWN))
    assert tidy_imports(session, replace(system, at=system.at + timedelta(days=29))) == []
    later = replace(system, at=system.at + timedelta(days=31))
    assert tidy_imports(session, later) == [job.key]
    assert import_keys_without_row(session, replace(system, at=system.at.replace(year=2036))) == [job.key]
    assert import_folder().path(job.key).exists()
    with pytest.raises(Conflict, match="import_file_gone"):
        repeat_import(session, cast.grigory, job.id)
