"""What a visitor of the demo finds: contracts of two people, believable values, one contract free to be added."""

from __future__ import annotations

import shutil
from datetime import timedelta

import pytest
from sqlmodel import Session, select

from energo_cabinet.auth.access import Subject
from energo_cabinet.auth.passwords import verify_password
from energo_cabinet.database import make_engine
from energo_cabinet.demo import data
from energo_cabinet.demo.places import ANNA, BORIS, FLAT, PASSWORD
from energo_cabinet.demo.values.values import loads
from energo_cabinet.domain.values.profile_day import decode_values
from energo_cabinet.models import Contract, MeterReading, ProfileDay, User
from energo_cabinet.services.contract.contract import link_contract, list_contracts, list_suppliers
from tests.conftest import NOW


@pytest.fixture(scope="module")
def demo_session(sqlite_template, tmp_path_factory):
    """The demo's own SQLite database, loaded once for this module."""
    path = shutil.copy(sqlite_template, tmp_path_factory.mktemp("demo") / "cabinet.db")
    with Session(make_engine(f"sqlite:///{path}"), expire_on_commit=False) as session:
        assert data.load(session, NOW)
        yield session


def _person(session, email):
    user = session.exec(select(User).where(User.email == email)).one()
    return Subject("customer", NOW, user_id=user.id)


def test_two_people_see_their_contracts(demo_session):
    titles = {
        email: [c.title for c in list_contracts(demo_session, _person(demo_session, email))] for email in (ANNA, BORIS)
    }
    assert set(titles[ANNA]) == {"Квартира на Лесной", "Дача в Луговом", "Офис на Заводской"}
    assert titles[BORIS] == ["Офис на Заводской", "Дом у озера"]


def test_printed_logins_work(demo_session):
    user = demo_session.exec(select(User).where(User.email == ANNA)).one()
    assert verify_password(PASSWORD, user.password_hash)
    anna = _person(demo_session, ANNA)
    supplier = next(s for s in list_suppliers(demo_session, anna) if s.code == data.FREE.supplier)
    card = link_contract(demo_session, anna, supplier.id, "Гараж", data.FREE.login, data.FREE.password)
    assert card.number == data.FREE.number


def test_second_load_changes_nothing(demo_session):
    before = len(demo_session.exec(select(Contract)).all())
    assert not data.load(demo_session, NOW + timedelta(days=1))
    assert len(demo_session.exec(select(Contract)).all()) == before > 5


def test_zone_registers_add_up_to_the_total(demo_session):
    newest = demo_session.exec(
        select(MeterReading).where(MeterReading.point_id == 1).order_by(MeterReading.read_at.desc())
    )
    dials = {r.zone: r.register_wh for r in newest.all()[:3]}
    assert dials["T0"] == dials["T1"] + dials["T2"]


def test_flat_has_thirteen_months_and_a_gap_of_six_hours(demo_session):
    days = demo_session.exec(select(ProfileDay).where(ProfileDay.series_id == 1).order_by(ProfileDay.day)).all()
    assert len(days) > 390
    assert [day.n for day in days if day.n < 48] == [36]
    assert all(day.total == decode_values(day.vals)[decode_values(day.vals) >= 0].sum() for day in days[-20:])


def test_a_day_is_the_same_whenever_the_demo_was_loaded():
    today = NOW.date()
    earlier, later = (dict(loads(FLAT, day)["A+"]) for day in (today, today + timedelta(days=40)))
    shared = earlier.keys() & later.keys()
    assert len(shared) > 300
    assert all((earlier[day] == later[day]).all() for day in shared)
