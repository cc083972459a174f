"""The alarm of the demo waits for somebody to accept it, on whatever day the demo is tried."""

import shutil
from datetime import UTC, datetime

import pytest
from sqlmodel import Session, select

from energo_cabinet.database import make_engine
from energo_cabinet.demo import data, plans
from energo_cabinet.models import ControlTarget, Violation


@pytest.mark.parametrize("now", [datetime(2026, 11, 22, 18, tzinfo=UTC), datetime(2026, 11, 24, 5, tzinfo=UTC)])
def test_the_surge_is_open(sqlite_template, tmp_path, now):
    shutil.copy(sqlite_template, tmp_path / "demo.db")
    with Session(make_engine(f"sqlite:///{tmp_path / 'demo.db'}")) as session:
        data.load(session, now)
        group = session.exec(select(ControlTarget).where(ControlTarget.name == plans.GROUP)).one()
        rows = session.exec(select(Violation)).all()
        assert any(row.target_id == group.id and row.acknowledged_at is None for row in rows)
        assert any(row.acknowledged_at is not None for row in rows)
