"""The queue of imports: claimed once, stored once, stopped, given back, a wall between suppliers (F-9, Н-162)."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlmodel import select

from energo_cabinet.errors import Conflict
from energo_cabinet.models import ImportRefusal, ImportStatus, LiveEvent, Meter, MeterReading, ProfileDay
from energo_cabinet.services.imports.job import TOPIC
from energo_cabinet.services.imports.queue import (
    LEASE,
    MOST_ATTEMPTS,
    claim_job,
    fail_job,
    job_progress,
    release_jobs,
    stop_job,
    store_job,
    waiting_jobs,
)
from tests import cast as make
from tests.services.imports.scene import OWN, points


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


def test_stopped_by_its_worker(session, system, cast, send):
    job = send(points(OWN))
    claim_job(session, system, "a")
    stop_job(session, system, job.key, "a")
    assert job.status == ImportStatus.CANCELLED
