"""A registry file: previewed, re-checked, written whole or not at all (issue 5, sections 2 and 4)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from sqlmodel import select

from energo_cabinet.domain.time.period import Period
from energo_cabinet.errors import Conflict, ImportRefused
from energo_cabinet.formats.registry.table import read_registry
from energo_cabinet.models import Meter, MeteringPoint, MeterInstallation, RegistryChange, RegistryImportStatus
from energo_cabinet.services.energy.consumption import consumption
from energo_cabinet.services.registry.file import (
    apply_registry,
    drop_registry,
    preview_registry,
    read_registry_file,
    registry_files,
    registry_rows,
)
from tests import cast as make
from tests.services.registry.scene import at

HEADER = "point;name;address;contract;serial;model;installed_on;replaces;replaced_final_kwh;initial_kwh\n"


def preview(session, cast, *lines: str):
    rows = read_registry((HEADER + "\n".join(lines)).encode())
    return preview_registry(session, cast.grigory, "registry.csv", "x", rows)


def fates(session, cast, file) -> list[str]:
    return [row.fate.value for row in registry_rows(session, cast.grigory, file.id).rows]


def test_nothing_is_written_by_a_preview(session, cast):
    file = preview(session, cast, "П-1;Гараж;;;900;Нева;01.02.2026", "П-2;;;;;;", "ЛС-061-01;;Речная, 3")
    assert fates(session, cast, file) == ["new", "refused", "changed"]
    assert file.counts == {"new": 1, "changed": 1, "same": 0, "refused": 1}
    assert len(session.exec(select(MeteringPoint)).all()) == 1 and session.exec(select(Meter)).all() == []
    (refused,) = registry_rows(session, cast.grigory, file.id, "refused").rows
    assert (refused.line, refused.reasons[0].code) == (3, "name_needed")


def test_applied_rows_are_there_and_refused_ones_are_not(session, cast):
    file = preview(session, cast, "П-1;Гараж;;7638-294-061;900;Нева;01.02.2026", "П-2;;;;;;", "ЛС-061-01;;Речная, 3")
    done = apply_registry(session, cast.grigory, file.id)
    assert (done.status, cast.point.address) == (RegistryImportStatus.APPLIED, "Речная, 3")
    made = session.exec(select(MeteringPoint).where(MeteringPoint.number == "П-1")).one()
    assert (made.contract_id, made.zone_name, made.supplier_id) == (cast.contract.id, "Europe/Moscow", cast.supplier.id)
    stand = session.exec(select(MeterInstallation)).one()
    assert (stand.point_id, stand.installed_on) == (made.id, date(2026, 2, 1))
    assert {change.what for change in session.exec(select(RegistryChange))} == {"import"}


def test_the_same_file_again_changes_nothing(session, cast):
    line = "П-1;Гараж;;7638-294-061;900;Нева;01.02.2026"
    apply_registry(session, cast.grigory, preview(session, cast, line).id)
    assert preview(session, cast, line).counts == {"new": 0, "changed": 0, "same": 1, "refused": 0}


def test_a_registry_that_changed_since_the_preview_is_shown_anew(session, cast):
    file = preview(session, cast, "ЛС-061-01;;Речная, 3", "П-1;Гараж")
    cast.point.address = "Речная, 3"
    session.flush()
    again = apply_registry(session, cast.grigory, file.id)
    assert (again.status, again.others, again.counts["same"]) == (RegistryImportStatus.STALE, 1, 1)
    assert len(session.exec(select(MeteringPoint)).all()) == 1
    (other,) = registry_rows(session, cast.grigory, file.id, "other").rows
    assert (dict(other.named)["point"], other.fate) == ("ЛС-061-01", "same")
    assert apply_registry(session, cast.grigory, file.id).status == RegistryImportStatus.APPLIED


def test_a_file_is_applied_once(session, cast):
    file = preview(session, cast, "П-1;Гараж")
    apply_registry(session, cast.grigory, file.id)
    with pytest.raises(Conflict):
        apply_registry(session, cast.grigory, file.id)
    with pytest.raises(Conflict):
        drop_registry(session, cast.grigory, file.id)
    assert [known.status for known in registry_files(session, cast.grigory)] == ["applied"]


def test_a_replacement_in_a_file_keeps_consumption_continuous(session, cast):
    meter = make.meter(session, cast.point)
    make.readings(session, cast.point, "T1", [(at(1), 1_000_000), (at(1, 11), 167_000)], meter_id=meter.id)
    session.get(Meter, meter.id).model = ""
    session.flush()
    file = preview(session, cast, "ЛС-061-01;;;;900;Нева;15.10.2026;41907352;1142,5;7")
    assert fates(session, cast, file) == ["new"]
    apply_registry(session, cast.grigory, file.id)
    (month,) = consumption(
        session, cast.anna, cast.point.id, "months", Period(date(2026, 10, 1), date(2026, 10, 31))
    ).buckets
    assert month.total_kwh == Decimal("302.5")


def test_duplicates_circles_and_wrong_dates_are_refused_by_row(session, cast):
    file = preview(
        session,
        cast,
        "А;x;;;1;;01.02.2026",
        "Б;x;;;1.0;;01.02.2026",
        "В;x;;;2;;01.02.2026;3;1;1",
        "Г;x;;;3;;01.02.2026;2;1;1",
        "Д;x;;;4;;01.02.2030",
        "Е;x;;;5;;01.02.2026",
    )
    assert fates(session, cast, file) == ["refused"] * 5 + ["new"]
    apply_registry(session, cast.grigory, file.id)
    assert {row.number for row in session.exec(select(MeteringPoint))} == {"ЛС-061-01", "Е"}


def test_points_of_another_supplier_are_not_his_to_change(session, cast):
    rows = read_registry(b"point;name;address\n\xd0\x9b\xd0\xa1-061-01;x;y\n")
    file = preview_registry(session, cast.darya, "r.csv", "x", rows)
    apply_registry(session, cast.darya, file.id)
    assert cast.point.address == "" and file.counts["new"] == 1


def test_what_is_no_table_is_refused_whole():
    with pytest.raises(ImportRefused):
        read_registry_file(b"PK\x03\x04")
