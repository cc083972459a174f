"""The door notes who looked at whose data: cheaply, at most once a minute, and never in the way of reading."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text
from sqlmodel import Session, select

from energo_cabinet import door
from energo_cabinet.auth.access import Subject
from energo_cabinet.auth.login_session import open_session
from energo_cabinet.auth.looks import Looks
from energo_cabinet.database import IMPATIENCE_MS, get_engine, impatient_connection
from energo_cabinet.door_looks import Notebook
from energo_cabinet.errors import NotFound
from energo_cabinet.models import DataLook, LoginSession, User
from energo_cabinet.services.contract.contract import list_contracts
from energo_cabinet.services.customers.customer import customer_page
from energo_cabinet.services.point.point import point_details
from energo_cabinet.settings import get_settings
from tests.cast import NOW, play


@pytest.fixture
def world(engine, installation, contract_hash, monkeypatch):
    """The cast on the door's database; a notebook of the test's own that tries again at once."""
    monkeypatch.setattr(door, "notebook", Notebook(after_fault_s=0))
    with Session(engine, expire_on_commit=False) as session:
        made = play(session, contract_hash)
        session.commit()
    return made


def caller(engine, who, ip="203.0.113.7", device="Firefox"):
    with Session(engine) as session:
        token = open_session(session, live(who), session.get(User, who.user), False, get_settings())
        session.commit()
    return door.Caller(sid=token, ip=ip, device=device)


def live(who):
    """The door's clock is the wall's."""
    return replace(who, at=datetime.now(UTC))


def rows(engine):
    with Session(engine) as session:
        return session.exec(select(DataLook).order_by(DataLook.id)).all()


def test_a_look_says_who_what_and_from_where(engine, world):
    door.run(caller(engine, world.anna), point_details, world.point.id)
    (row,) = rows(engine)
    assert (row.user_id, row.contract_id, row.supplier_id) == (world.anna.user, world.contract.id, world.supplier.id)
    assert (row.ip, row.device, row.session_id > 0) == ("203.0.113.7", "Firefox", True)
    assert (row.minute.second, row.minute.microsecond) == (0, 0)


def test_once_a_minute_for_the_same_from_the_same_device(engine, world):
    reader, other = caller(engine, world.anna), caller(engine, world.anna, ip="203.0.113.9")
    for who in (reader, reader, other, reader):
        door.run(who, point_details, world.point.id)
        door.run(who, list_contracts)
    found = {(row.session_id, row.ip, row.contract_id, row.minute) for row in rows(engine)}
    assert len(found) == len(rows(engine)) <= 4  # two devices; a minute may have turned between


def test_who_is_refused_has_looked_at_nothing(engine, world):
    with pytest.raises(NotFound):
        door.run(caller(engine, world.boris), point_details, world.point.id)
    door.run(door.Caller(ip="203.0.113.7"), lambda session, subject: None)
    assert rows(engine) == []


def test_staff_who_open_a_card_have_looked_at_the_contract(engine, world):
    door.run(caller(engine, world.grigory), customer_page, world.contract.id)
    assert {(row.user_id, row.contract_id) for row in rows(engine)} == {(world.grigory.user, world.contract.id)}


def test_through_a_customer_s_eyes_it_is_the_member_who_looks(engine, world):
    reader = caller(engine, world.grigory)
    with Session(engine) as session:
        login = session.exec(select(LoginSession)).one()
        login.viewing_user_id, login.viewing_supplier_id = world.anna.user, world.supplier.id
        login.viewing_until = live(world.anna).at + timedelta(minutes=5)
        session.commit()
    door.run(reader, list_contracts)
    assert {(row.user_id, row.contract_id) for row in rows(engine)} == {(world.grigory.user, world.contract.id)}


@contextmanager
def locked(engine):
    """Nobody else can write looks."""
    with engine.connect() as connection:
        if engine.dialect.name == "sqlite":
            connection.exec_driver_sql("BEGIN IMMEDIATE")
        else:
            connection.execute(text("LOCK TABLE data_look IN ACCESS EXCLUSIVE MODE"))
        yield
        connection.rollback()


def test_reading_goes_on_beside_a_lock_and_the_look_is_written_later(engine, world):
    first, second = caller(engine, world.anna), caller(engine, world.anna)
    with locked(engine):
        assert door.run(first, list_contracts)
    assert rows(engine) == []
    door.run(second, list_contracts)
    assert len({row.session_id for row in rows(engine)}) == 2


def test_it_waits_for_no_lock_and_leaves_the_connection_as_it_was(engine, installation):
    asked = text("PRAGMA busy_timeout" if engine.dialect.name == "sqlite" else "SHOW lock_timeout")

    def patience(connection):
        return str(connection.execute(asked).scalar_one()).removesuffix("ms")

    with Session(get_engine()) as session:
        usual = patience(session)
    with impatient_connection() as connection:
        assert patience(connection) == str(IMPATIENCE_MS) != usual
    with Session(get_engine()) as session:
        assert patience(session) == usual


def test_what_could_not_be_written_is_bounded(engine, world, monkeypatch):
    monkeypatch.setattr("energo_cabinet.door_looks.MOST_WAITING", 3)
    book = Notebook(after_fault_s=60)
    with locked(engine):
        for number in range(10):
            book.note(Subject("customer", NOW, user_id=1, session_id=number + 1), Looks(contracts={1}))
    assert len(book._waiting) <= 3
