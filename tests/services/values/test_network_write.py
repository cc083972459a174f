"""Network parameters into the database: whole or not at all, merged, idempotent; owners are told (Э-60)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlmodel import select

from energo_cabinet.domain.network.network import decode
from energo_cabinet.domain.time.local_day import epoch_day
from energo_cabinet.domain.values.profile_day import MISSING, Change
from energo_cabinet.errors import ImportRefused
from energo_cabinet.formats.files.content import FormatError
from energo_cabinet.formats.files.options import ReadOptions
from energo_cabinet.formats.process.reader import read_bytes
from energo_cabinet.models import ImportFile, LiveEvent, NetworkDay, NetworkNorm, NetworkParameters, NetworkSeries
from energo_cabinet.services.imports.file import store_contents
from tests.cast import NOW
from tests.conftest import SHARED

DAY = date(2026, 11, 20)


@pytest.fixture
def store(session, system, cast):
    """Import a table into Анна's point."""

    def run(table: str, zone: str = "Europe/Moscow"):
        content = read_bytes(table.encode(), "n.csv", ReadOptions(zone, point=cast.point.number))
        return store_contents(session, system, "NEKTA", [content])

    return run


def minutes(count: int = 20, volts: int = 230, first: int = 0) -> str:
    lines = [f"{DAY}T{i // 60:02d}:{i % 60:02d};{volts};0,5" for i in range(first, first + count)]
    return "time;U_A;P\n" + "\n".join(lines) + "\n"


def values(session, quantity: str, step: int) -> list[int]:
    series = session.exec(select(NetworkSeries.id).where(NetworkSeries.quantity == quantity)).all()
    rows = session.exec(
        select(NetworkDay.vals)
        .join(NetworkSeries, NetworkSeries.id == NetworkDay.series_id)
        .where(NetworkSeries.step_min == step, NetworkDay.series_id.in_(series), NetworkDay.day == epoch_day(DAY))
    ).one()
    return [v for v in decode(rows).tolist() if v != MISSING]


def test_minutes_come_with_their_averages(session, cast, store):
    report = store(minutes(count=24))
    assert (report.format, report.values, report.change) == ("network", 48, Change(stored=48))
    assert values(session, "UA", 1) == [230_000] * 24 and values(session, "UA", 10) == [230_000] * 2
    latest = session.get(NetworkParameters, cast.point.id)
    assert latest.facts == {"UA": 230_000, "P": 500} and latest.measured_at.isoformat() == "2026-11-19T21:23:00+00:00"


def test_the_same_file_twice_changes_nothing(session, cast, store):
    store(minutes())
    rows = session.exec(select(NetworkDay)).all()
    told = len(session.exec(select(LiveEvent)).all())
    assert store(minutes()).change == Change(unchanged=40)
    assert session.exec(select(NetworkDay)).all() == rows and len(session.exec(select(LiveEvent)).all()) == told
    assert len(session.exec(select(ImportFile)).all()) == 1


def test_later_values_merge_and_correct(session, cast, store):
    store(minutes(count=20))
    assert store(minutes(count=20, volts=240, first=10)).change == Change(stored=20, replaced=10, unchanged=10)
    assert values(session, "UA", 10) == [230_000, 240_000, 240_000]


def test_refused_file_leaves_nothing(session, cast, store):
    with pytest.raises(FormatError):
        store(minutes() + f"{DAY}T00:20;9999;0\n")
    with pytest.raises(ImportRefused) as refusal:
        store(minutes().replace("2026", "2027"))
    assert refusal.value.notices[0].code == "network_ahead"
    for table in (NetworkDay, NetworkSeries, NetworkParameters, ImportFile):
        assert session.exec(select(table)).all() == []


def test_snapshot_tells_the_owners_and_an_older_one_nobody(session, cast, store):
    store("time;U_A\n2026-11-21T11:00;231\n")
    assert {e.user_id for e in session.exec(select(LiveEvent).where(LiveEvent.topic == "network"))} == {cast.anna.user}
    store("time;U_A\n2026-11-21T10:00;200\n")
    latest = session.get(NetworkParameters, cast.point.id)
    assert latest.facts == {"UA": 231_000} and NOW - latest.measured_at == timedelta(hours=1)
    assert len(session.exec(select(LiveEvent).where(LiveEvent.topic == "network")).all()) == 1
    assert session.exec(select(NetworkDay)).all() == []


def test_days_are_local_to_the_point_not_to_the_file(session, cast, store):
    cast.point.zone_name = "Asia/Yekaterinburg"
    store("time;U_A\n2026-11-20T21:50;1\n2026-11-20T22:00;2\n")
    days = [row.day - epoch_day(DAY) for row in session.exec(select(NetworkDay).order_by(NetworkDay.day))]
    assert days == [0, 1]


def test_norms_are_stored_and_replaced(session, cast, store):
    store("nominal_v;source;meter_high_v\n220;договор;242\n")
    assert store("nominal_v;source\n230;паспорт\n").change == Change(replaced=1)
    norm = session.get(NetworkNorm, cast.point.id)
    assert (norm.nominal_v, norm.source, norm.meter_high_v) == (230, "паспорт", None)


def test_two_weeks_by_the_minute(session, cast, system):
    path = SHARED / "data/voltage/uci_feb2007_days1-14.csv"
    if not path.exists():
        pytest.skip("the shared minute file is absent")
    content = read_bytes(path.read_bytes(), path.name, ReadOptions("Europe/Paris", point=cast.point.number))
    report = store_contents(session, system, "NEKTA", [content])
    assert report.change.stored == report.values > 80_000
    assert len(session.exec(select(NetworkDay)).all()) == 4 * 2 * 15  # fourteen days of Paris touch fifteen of Moscow
