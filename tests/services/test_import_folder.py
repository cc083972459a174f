"""The watched folder: files at rest are taken, answered where their sender looks, once each across a crash."""

from __future__ import annotations

import os

import pytest
from sqlmodel import select

from energo_cabinet.models import ImportJob
from energo_cabinet.services.import_folder import answer_folders, forget_looks, look_into_folder
from tests.formats.maket_writer import Channel, maket
from tests.imports import work_off

GOOD, BAD = maket({"ЛС-061-01": [Channel()]}), maket({"НЕТ": [Channel()]})


@pytest.fixture
def folder(session, cast, installation, tmp_path):
    """The first supplier's folder."""
    forget_looks()
    made = tmp_path / "in" / "NEKTA"
    made.mkdir(parents=True)
    installation.set(import_folder=made.parent)
    return made


def names(folder):
    return sorted(path.name for path in folder.iterdir() if not path.is_dir()) if folder.exists() else []


def look(session, system):
    taken = look_into_folder(session, system)
    session.commit()
    return taken


def test_a_file_is_taken_when_it_has_stopped_growing(session, system, folder):
    path = folder / "день.xml"
    path.write_bytes(GOOD[:100])
    assert look(session, system) == 0
    path.write_bytes(GOOD)
    (folder / "б.xml.part").write_bytes(GOOD)
    (folder / ".скрытый").write_bytes(GOOD)
    (folder / "ссылка").symlink_to(path)
    assert [look(session, system) for _ in range(3)] == [0, 1, 0]
    job = session.exec(select(ImportJob)).one()
    assert (job.name, job.way, job.sender, job.size) == ("день.xml", "folder", "NEKTA", len(GOOD))
    assert names(folder) == [".скрытый", "б.xml.part", "ссылка"]


def test_the_sender_finds_the_answer(session, system, folder):
    for name, data in (("хороший.xml", GOOD), ("плохой.xml", BAD), ("битый.xml", b"<message")):
        (folder / name).write_bytes(data)
    look(session, system), look(session, system)
    assert work_off() == 3
    session.expire_all()
    assert (answer_folders(session, system), answer_folders(session, system)) == (3, 0)
    assert names(folder / "processed") == ["хороший.xml"]
    assert names(folder / "refused") == ["битый.xml", "битый.xml.txt", "плохой.xml", "плохой.xml.txt"]
    assert "строка" in (folder / "refused" / "плохой.xml.txt").read_text("utf-8")
    assert names(folder / "processing") == []


def test_a_crash_between_taking_and_queueing_loses_nothing(session, system, folder):
    """The file lies in `processing` and no job knows it: the next look queues it, once."""
    (folder / "a.xml").write_bytes(GOOD)
    look(session, system)
    look_into_folder(session, system)
    session.rollback()
    assert (look(session, system), look(session, system)) == (1, 0)
    assert len(session.exec(select(ImportJob)).all()) == 1


def test_names_do_not_collide_and_an_empty_file_is_refused(session, system, folder):
    for round_ in range(2):
        path = folder / "a.xml"
        path.write_bytes(GOOD)
        os.utime(path, (round_, round_))
        look(session, system), look(session, system)
        work_off()
        session.expire_all()
        answer_folders(session, system)
        session.commit()
    assert names(folder / "processed") == ["a (2).xml", "a.xml"]
    (folder / "пусто.csv").touch()
    look(session, system), look(session, system)
    assert names(folder / "refused") == ["пусто.csv", "пусто.csv.txt"]
