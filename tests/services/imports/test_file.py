"""Import into the database (F-9): all or nothing, idempotent, earlier versions kept. SECURITY test 22."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from threading import Barrier

import pytest
from sqlalchemy import text
from sqlmodel import Session, select

from energo_cabinet.auth.access import Subject
from energo_cabinet.database import session_scope
from energo_cabinet.domain.values.profile_day import Change, decode_values
from energo_cabinet.errors import CabinetError, PermissionDenied
from energo_cabinet.formats.files.options import ReadOptions
from energo_cabinet.formats.process.reader import read_bytes
from energo_cabinet.models import (
    ImportFile,
    MeteringPoint,
    MeterReading,
    MeterReadingVersion,
    ProfileDay,
    ProfileDayVersion,
    ProfileSeries,
)
from energo_cabinet.services.imports.file import store_contents
from energo_cabinet.services.supplier.supplier import add_supplier
from tests.cast import NOW
from tests.formats.maket_writer import Channel, large_maket, maket, register_xml

ALL_TABLES = (
    ImportFile,
    MeteringPoint,
    MeterReading,
    MeterReadingVersion,
    ProfileDay,
    ProfileDayVersion,
    ProfileSeries,
)


@pytest.fixture
def stored(session: Session, system: Subject):
    """Store a file of the supplier E; later calls come an hour later each."""
    add_supplier(session, system, "E", "Энергосбыт", "Europe/Moscow")
    calls = iter(range(100))

    def store(data: bytes, create_points: bool = True, **options):
        content = read_bytes(data, "f.xml", ReadOptions(**{"zone_name": "Europe/Moscow", "point": "T", **options}))
        later = replace(system, at=NOW + timedelta(hours=next(calls)))
        return store_contents(session, later, "E", [content], create_points=create_points)

    return store


def snapshot(session: Session) -> dict[str, list]:
    """Every row of every table that an import writes."""
    session.expire_all()
    return {t.__name__: sorted(map(repr, session.exec(select(t)).all())) for t in ALL_TABLES}


def one(code: str = "5", value: object = 1, **channel) -> dict[str, list[Channel]]:
    return {code: [Channel(values=[value] * 48, **channel)]}


def test_a_file_is_stored_with_its_points_series_and_days(stored, session):
    report = stored(maket({"5": [Channel(), Channel("03", [2] * 48)], "6": [Channel("11")]}))
    assert (report.points, report.channels, report.days, report.values) == (2, 3, 1, 144)
    assert report.total_wh == {"11": 48_000, "A+": 48_000, "R+": 96_000}
    days = session.exec(
        select(ProfileSeries.channel, ProfileDay.total, ProfileDay.file_id).join(
            ProfileDay, ProfileDay.series_id == ProfileSeries.id
        )
    ).all()
    assert sorted(days) == [("11", 48_000, 1), ("A+", 48_000, 1), ("R+", 96_000, 1)]


@pytest.mark.parametrize("kind", ["80020", "80020*", "csv"])
def test_the_same_file_three_times_changes_nothing(stored, session, kind):
    """SECURITY test 22."""
    data = {
        "80020": maket(one()),
        "80020*": maket(body=register_xml("77", [("0", "202408130000", "5.5")]), kind="80020*"),
        "csv": b"time;A+\n2024-06-12T00:00;1\n2024-06-12T00:30;\n2024-06-12T01:00;3\n2024-06-12T01:30;3\n",
    }[kind]
    first = stored(data)
    before = snapshot(session)
    again = [stored(data), stored(data)]
    assert first.change == Change(stored=first.values)
    assert [report.change for report in again] == [Change(unchanged=first.values)] * 2
    assert snapshot(session) == before


def test_other_values_replace_and_the_earlier_version_is_kept(stored, session):
    """F-9: who, when and from which file and number."""
    stored(maket(one(), number=808))
    report = stored(maket({"5": [Channel(values=[1] * 40 + [9] * 8)]}, number=815))
    assert report.change == Change(replaced=8, unchanged=40)
    version = session.exec(select(ProfileDayVersion)).one()
    numbers = {file.id: file.message_number for file in session.exec(select(ImportFile))}
    assert (numbers[version.file_id], numbers[version.replaced_by_file_id]) == (808, 815)
    assert (version.total, version.replaced_at) == (48_000, NOW + timedelta(hours=1))
    assert session.exec(select(ProfileDay)).one().total == 112_000


def test_the_same_number_with_other_values_later_arrival_wins(stored, session):
    """REQUIREMENTS 2.7."""
    for value in (1, 2, 1):
        report = stored(maket(one(value=value), number=7))
    assert report.change == Change(replaced=48)
    assert session.exec(select(ProfileDay)).one().total == 48_000
    assert [v.total for v in session.exec(select(ProfileDayVersion).order_by(ProfileDayVersion.id))] == [48_000, 96_000]
    assert len(session.exec(select(ImportFile)).all()) == 3


def test_a_maket_replaces_the_day_a_table_only_its_values(stored, session):
    stored(maket(one()))
    table = b"time;A+\n2024-06-12T00:00;5\n2024-06-12T00:30;1\n2024-06-12T01:00;\n"
    assert stored(table, point="5").change == Change(replaced=1, unchanged=1)
    assert session.exec(select(ProfileDay)).one().n == 48
    report = stored(maket({"5": [Channel(values=[1, ""] + [1] * 46, marks={1: ' status="1"'})]}))
    assert report.change == Change(replaced=1, unchanged=46, removed=1)
    assert [(notice.code, notice.params["count"]) for notice in report.warnings] == [("values_removed", 1)]


def test_a_status_that_changes_is_a_replacement(stored):
    stored(maket(one()))
    report = stored(maket({"5": [Channel(marks={4: ' status="1"'})]}))
    assert report.change == Change(replaced=1, unchanged=47)


def test_hours_instead_of_half_hours_replace_the_day(stored, session):
    stored(maket(one()))
    assert stored(maket({"5": [Channel(values=[2] * 24)]})).change == Change(replaced=24)
    assert (session.exec(select(ProfileDay)).one().step_min, len(session.exec(select(ProfileDayVersion)).all())) == (
        60,
        1,
    )


def test_unknown_points_are_refused_by_name_and_nothing_is_stored(stored, session):
    before = snapshot(session)
    with pytest.raises(CabinetError) as caught, session.begin_nested():
        stored(maket({"5": [Channel()], "6": [Channel()]}), create_points=False)
    assert (caught.value.code, caught.value.params["points"]) == ("unknown_points", "5, 6")
    assert snapshot(session) == before


def test_readings_are_replaced_and_kept(stored, session):
    def file(value, number=1):
        return maket(
            body=register_xml("77", [("0", "202408130000", value), ("9", "202408130000", "1")]),
            kind="80020*",
            number=number,
        )

    stored(file("5.5"))
    report = stored(file("6.5", 2))
    assert (report.change, report.total_wh) == (Change(replaced=1, unchanged=1), {})
    version = session.exec(select(MeterReadingVersion)).one()
    assert (version.register_wh, version.zone, version.replaced_by_file_id) == (5500, "T0", 2)
    assert {r.zone: r.register_wh for r in session.exec(select(MeterReading))} == {"T0": 6500, "T1": 1000}


def test_a_point_of_another_zone_gets_its_own_days(stored, session):
    """A Moscow day is 46 half-hours of one day in Samara and two of the next; two files fill it."""
    stored(maket(one(), day="20240612"), create_points=True)
    session.exec(select(MeteringPoint)).one().zone_name = "Europe/Samara"
    session.exec(select(ProfileDay)).one()
    session.connection().execute(text("DELETE FROM profile_day"))
    stored(maket(one(value=1), day="20240612"))
    stored(maket(one(value=2), day="20240613"))
    days = session.exec(select(ProfileDay).order_by(ProfileDay.day)).all()
    assert [day.n for day in days] == [46, 48, 46 - 44]
    assert decode_values(days[1].vals)[:3].tolist() == [1000, 1000, 2000]


def test_a_created_point_lives_in_the_files_zone(stored, session):
    stored(maket(one()), zone_name="Asia/Vladivostok")
    assert session.exec(select(MeteringPoint)).one().zone_name == "Asia/Vladivostok"


def test_points_of_two_suppliers_with_one_number_stay_apart(stored, session, system):
    add_supplier(session, system, "F", "Другой", "Europe/Moscow")
    stored(maket(one()))
    content = read_bytes(maket(one(value=3)), "g.xml", ReadOptions("Europe/Moscow"))
    assert store_contents(session, system, "F", [content], create_points=True).change == Change(stored=48)


def test_only_the_system_imports(session, anonymous):
    with pytest.raises(PermissionDenied):
        store_contents(session, anonymous, "E", [])


def test_an_unknown_supplier_is_told(session, system):
    with pytest.raises(CabinetError, match="unknown_supplier"):
        store_contents(session, system, "nobody", [])


def test_two_imports_of_one_file_at_once_store_it_once(engine, system):
    with session_scope(engine) as session:
        add_supplier(session, system, "E", "Энергосбыт", "Europe/Moscow")
    content = read_bytes(large_maket(), "f.xml", ReadOptions("Europe/Moscow"))
    together = Barrier(4)

    def store(_: int) -> Change:
        together.wait()
        with session_scope(engine) as session:
            return store_contents(session, system, "E", [content], create_points=True).change

    with ThreadPoolExecutor(4) as threads:
        changes = sorted(threads.map(store, range(4)))
    assert changes == [Change(unchanged=3744)] * 3 + [Change(stored=3744)]
