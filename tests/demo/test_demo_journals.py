"""What the demo's journals and transformers show."""

from __future__ import annotations

from datetime import timedelta

from sqlmodel import select

from energo_cabinet.auth.access import Subject
from energo_cabinet.demo.places import FLAT, GARAGE, OFFICE
from energo_cabinet.domain.journal.filter import EventFilter
from energo_cabinet.domain.point.verification import Nearness
from energo_cabinet.domain.time.period import Period
from energo_cabinet.models import MeteringPoint
from energo_cabinet.services.journal.point import list_events
from energo_cabinet.services.point.transformer import list_transformers
from tests.conftest import NOW
from tests.demo.test_demo_data import demo_session  # noqa: F401  (fixture)

SYSTEM = Subject("system", NOW)


def point(session, place) -> int:
    return session.exec(select(MeteringPoint.id).where(MeteringPoint.number == place.number)).one()


def month(session, place, fold=True):
    today = NOW.date()
    asked = EventFilter(Period(today - timedelta(days=29), today), fold=fold)
    return list_events(session, SYSTEM, point(session, place), asked)


def test_flat_has_folded_corrections_an_unknown_code_and_an_open_event(demo_session):  # noqa: F811
    rows = month(demo_session, FLAT).rows
    folds = [row.fold for row in rows if row.fold]
    assert sum(fold.repeats for fold in folds) == 29 and sum(fold.doubtful for fold in folds) == 1
    assert any(row.kind is None for row in rows) and any(row.is_open for row in rows)


def test_flat_has_more_than_a_page(demo_session):  # noqa: F811
    today = NOW.date()
    asked = EventFilter(Period(today - timedelta(days=400), today), fold=False)
    page = list_events(demo_session, SYSTEM, point(demo_session, FLAT), asked)
    assert len(page.rows) == 50 and page.older


def test_office_has_a_weak_phase_and_an_opened_meter(demo_session):  # noqa: F811
    rows = month(demo_session, OFFICE[0]).rows
    assert {row.phase for row in rows} >= {0, 1, 3}
    assert {row.severity for row in rows} >= {2, 3}


def test_garage_meter_keeps_utc(demo_session):  # noqa: F811
    rows = month(demo_session, GARAGE).rows
    assert {row.meter_offset_min for row in rows} == {0}
    assert all(row.lasted_s for row in rows if row.code == "spodes.96.11.1.17")


def test_office_has_transformers_of_every_nearness(demo_session):  # noqa: F811
    phases = list_transformers(demo_session, SYSTEM, point(demo_session, OFFICE[1]))
    assert [t.nearness for p in phases for t in p.transformers] == [Nearness.LATER, Nearness.SOON, Nearness.UNKNOWN]
    assert list_transformers(demo_session, SYSTEM, point(demo_session, FLAT)) == []
