"""Imports by the command line: what they bring and what they refuse stands in the journal of the staff (F-9)."""

from __future__ import annotations

import hashlib

import pytest
from sqlmodel import select

from energo_cabinet.errors import CabinetError, PermissionDenied
from energo_cabinet.formats.files.content import Notice
from energo_cabinet.formats.files.options import ReadOptions
from energo_cabinet.formats.process.reader import read_bytes
from energo_cabinet.models import ImportJob, LiveEvent, ProfileDay
from energo_cabinet.services.imports.command import FileStamp, import_by_command, refuse_by_command, stamp_of
from energo_cabinet.services.imports.job import TOPIC
from energo_cabinet.services.imports.journal import import_detail, import_refusals, list_imports
from tests.services.imports.scene import OWN, points

STAMP = FileStamp("День 5.XML", 7, "a" * 64)


def contents(*numbers: str):
    return [read_bytes(points(*numbers), STAMP.name, ReadOptions("Europe/Moscow"))]


def test_what_was_stored_stands_in_the_journal_at_once(session, cast, system):
    report = import_by_command(session, system, "NEKTA", STAMP, contents(OWN))
    (card,) = list_imports(session, cast.grigory).items
    assert (card.way, card.status, card.name, card.sha256) == ("command", "done", "День 5.XML", "a" * 64)
    assert (card.stored, card.points, card.kind) == (report.change.stored, 1, "80020") == (48, 1, "80020")
    assert card.finished_at == card.created_at == system.at
    assert not import_detail(session, cast.grigory, card.id).has_file
    assert [found.id for found in list_imports(session, cast.grigory, words="день").items] == [card.id]


def test_the_staff_of_that_supplier_are_told_and_nobody_elses(session, cast, system):
    import_by_command(session, system, "NEKTA", STAMP, contents(OWN))
    told = session.exec(select(LiveEvent.user_id).where(LiveEvent.topic == TOPIC)).all()
    assert set(told) == {cast.grigory.user} and list_imports(session, cast.darya).items == ()


def test_a_refused_file_leaves_its_reasons_and_nothing_else(session, cast, system):
    refuse_by_command(session, system, "NEKTA", STAMP, [Notice("unknown_point", 7, {"point": "НИЧЬЯ", "values": 48})])
    (card,) = list_imports(session, cast.grigory).items
    assert (card.status, card.refused, card.stored) == ("refused", 1, 0)
    (row,) = import_refusals(session, cast.grigory, card.id).items
    assert (row.code, row.line) == ("unknown_point", 7)
    assert session.exec(select(ProfileDay)).all() == []


def test_a_file_of_unknown_points_is_refused_whole_unless_they_are_to_be_made(session, cast, system):
    with pytest.raises(CabinetError, match="unknown_points"):
        import_by_command(session, system, "NEKTA", STAMP, contents(OWN, "НОВАЯ"))
    assert session.exec(select(ImportJob)).all() == [] == session.exec(select(ProfileDay)).all()
    report = import_by_command(session, system, "NEKTA", STAMP, contents(OWN, "НОВАЯ"), create_points=True)
    assert report.change.stored == 96


def test_no_such_supplier_and_no_such_right(session, cast, system):
    with pytest.raises(CabinetError, match="unknown_supplier"):
        refuse_by_command(session, system, "nobody", STAMP, [])
    for who in (cast.anna, cast.grigory):
        with pytest.raises(PermissionDenied):
            import_by_command(session, who, "NEKTA", STAMP, [])


def test_a_file_is_known_by_its_digest_and_the_end_of_its_path(tmp_path):
    path = tmp_path / "день.csv"
    path.write_bytes(b"x" * 70_000)
    assert stamp_of(path) == FileStamp("день.csv", 70_000, hashlib.sha256(b"x" * 70_000).hexdigest())
