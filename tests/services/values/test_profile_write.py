"""Day rows in bulk: chunks, partitions, repeated keys, and no query per row."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from sqlalchemy import event, text
from sqlmodel import Session, func, select

from energo_cabinet.domain.time.local_day import epoch_day
from energo_cabinet.domain.values.profile_day import Change, encode_day
from energo_cabinet.models import ProfileDay, ProfileDayVersion
from energo_cabinet.services.values import profile_write
from energo_cabinet.services.values.profile_write import store_days
from tests.cast import NOW

FIRST = epoch_day(date(2024, 1, 1))


def days(series: int, count: int, value: int = 1, first: int = FIRST):
    return [(series, encode_day(first + n, 30, np.full(48, value))) for n in range(count)]


def test_many_chunks_over_many_months(session, monkeypatch):
    monkeypatch.setattr(profile_write, "CHUNK", 100)
    rows = [row for series in range(1, 4) for row in days(series, 200)]
    assert store_days(session, rows, 1, NOW) == Change(stored=3 * 200 * 48)
    assert store_days(session, rows[::-1], 2, NOW) == Change(unchanged=3 * 200 * 48)
    assert session.exec(select(func.count()).select_from(ProfileDay)).one() == 600


def test_half_new_half_known(session):
    store_days(session, days(1, 10), 1, NOW)
    assert store_days(session, days(1, 20, 2), 2, NOW) == Change(stored=480, replaced=480)
    assert {v.file_id for v in session.exec(select(ProfileDayVersion))} == {1}
    assert session.exec(select(func.sum(ProfileDay.total))).one() == 20 * 96


def test_a_day_that_comes_twice_counts_as_it_comes(session):
    assert store_days(session, days(1, 1) + days(1, 1, 2), 1, NOW) == Change(stored=48, replaced=48)
    assert session.exec(select(ProfileDay)).one().total == 96


def test_empty_days_are_not_stored(session):
    gap = encode_day(FIRST, 30, np.full(48, -(2**31)))
    assert store_days(session, [(1, gap)], 1, NOW) == Change()
    assert session.exec(select(ProfileDay)).all() == []


def test_quality_and_file_survive(session):
    row = encode_day(FIRST, 30, np.full(48, 5), np.full(48, 3, np.uint8))
    store_days(session, [(1, row)], None, NOW)
    found = session.exec(select(ProfileDay)).one()
    assert (found.vals, found.q, found.file_id) == (row.vals, row.q, None)


def test_statements_do_not_grow_with_rows(session):
    """Comparison is by sets."""
    sent: list[str] = []
    event.listen(session.get_bind(), "before_cursor_execute", lambda *a: sent.append(a[2]))
    store_days(session, days(1, 28), 1, NOW)
    few = len(sent)
    store_days(session, [row for n in range(2, 60) for row in days(n, 28)], 1, NOW)
    assert len(sent) - few <= few


def test_partitions_are_monthly_and_prune(engine, session):
    """STORAGE: RANGE partitions on day by month on PostgreSQL; one table on SQLite."""
    store_days(session, days(1, 60), 1, NOW)
    session.commit()
    if engine.dialect.name == "sqlite":
        return
    plan = "EXPLAIN SELECT sum(total) FROM profile_day WHERE series_id = 1 AND day BETWEEN :a AND :b"
    with engine.connect() as connection:
        lines = connection.execute(text(plan), {"a": FIRST, "b": FIRST + 30}).scalars().all()
    assert "profile_day_p202401" in "".join(lines)
    assert "profile_day_p202402" not in "".join(lines)


@pytest.mark.parametrize("dialect", [pytest.param("postgres", marks=pytest.mark.postgres)], scope="module")
def test_a_day_that_somebody_else_stores_meanwhile_does_not_cost_the_rest(engine, session):
    """Between the look at what is there and the write; SQLite has one writer, so it cannot happen there."""
    store_days(session, days(2, 3), 1, NOW)
    session.commit()  # with it the partitions, which others would wait for
    store_days(session, days(3, 3), 1, NOW)

    looks = iter(["the first"])

    @event.listens_for(engine, "after_cursor_execute")
    def somebody_stores(_connection, _cursor, statement, *_rest):
        if "FROM profile_day WHERE" in statement and next(looks, None):
            with Session(engine) as other:
                store_days(other, days(1, 2, 5), 2, NOW)
                other.commit()

    assert store_days(session, days(1, 3), 3, NOW).stored == 3 * 48
    session.commit()
    totals = session.exec(select(ProfileDay.series_id, ProfileDay.total).order_by(ProfileDay.series_id)).all()
    assert totals == [(1, 48)] * 3 + [(2, 48)] * 3 + [(3, 48)] * 3
