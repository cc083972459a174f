"""Normatives: validity without overlaps, a source always, files with a fate for every row (issue 5, section 2)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from energo_cabinet.auth.staff import PERMISSIONS
from energo_cabinet.errors import Conflict, InvalidInput, PermissionDenied
from energo_cabinet.formats.registry.table import read_registry
from energo_cabinet.models import RegistryImportStatus, StaffRoleName
from energo_cabinet.services.point.normative import (
    add_normative,
    list_normatives,
    normatives_on,
    remove_normative,
    save_normative,
)
from energo_cabinet.services.registry.file import apply_registry, preview_registry, registry_rows
from energo_cabinet.services.tariff.book import tariff_card
from tests import cast as make

TYPED = {
    "normative": "Электроэнергия, 1 человек",
    "value": "50",
    "unit": "кВт·ч на человека в месяц",
    "valid_from": "2025-01-01",
    "valid_to": "",
    "source": "Постановление № 7",
}
PRICES = [("T1", date(2025, 1, 1), "4.93"), ("T2", date(2025, 1, 1), "2.96")]
PRICE_FILE = (
    "Код тарифа;Зона;Действует с;Цена, ₽/кВт·ч\n"
    "2Z;T1;01.01.2027;5,40\n2Z;ночь;01.01.2027;3,20\n2Z;T1;01.01.2025;4,93\n"
    "2Z;T2;01.01.2025;2,99\n2Z;T3;01.01.2027;4\nНЕТ;T1;01.01.2027;4\n2Z;T1;01.02.2027;0\n2Z;T1;01.01.2020;3\n"
)
NORM_FILE = (
    "Норматив;Значение;Единица;Действует с;Действует по;Основание\n"
    "Электроэнергия, 1 человек;52;;01.01.2027;;Постановление № 9\n"
    "Лифт;7,5;кВт·ч на человека в месяц;01.01.2026;31.12.2026;\n"
    "Лифт;8;кВт·ч на человека в месяц;01.01.2027;31.12.2026;Постановление № 9\n"
)


def preview(session, who, text: str):
    return preview_registry(session, who, "цены.csv", "x", read_registry(text.encode()))


def test_an_open_normative_ends_where_the_next_begins(session, cast):
    add_normative(session, cast.grigory, TYPED)
    add_normative(session, cast.grigory, TYPED | {"value": "52,5", "valid_from": "2027-01-01"})
    later, now = list_normatives(session, cast.grigory).lines
    assert (now.when, now.valid_to, later.when, later.value) == ("now", date(2026, 12, 31), "later", Decimal("52.5"))
    assert [row.value for row in normatives_on(session, cast.supplier.id, date(2026, 12, 31))] == [Decimal(50)]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"source": ""}, "source"),
        ({"value": "0"}, "value"),
        ({"valid_to": "2024-12-31"}, "valid_to"),
        ({"valid_from": "2024-01-01"}, "valid_from"),
        ({"unit": ""}, "unit"),
    ],
)
def test_what_is_wrong_stands_beside_its_field(session, cast, change, field):
    add_normative(session, cast.grigory, TYPED)
    with pytest.raises(InvalidInput) as told:
        add_normative(session, cast.grigory, TYPED | change)
    assert set(told.value.fields) == {field}


def test_a_normative_is_changed_and_taken_out(session, cast):
    key = add_normative(session, cast.grigory, TYPED)
    (line,) = list_normatives(session, cast.grigory).lines
    save_normative(session, cast.grigory, key, line.facts | {"value": "51"}, line.seen)
    with pytest.raises(Conflict):
        save_normative(session, cast.grigory, key, line.facts | {"value": "53"}, line.seen)
    remove_normative(session, cast.grigory, key)
    assert list_normatives(session, cast.grigory).lines == ()


def test_every_row_of_a_price_file_has_its_fate_and_nothing_is_written_before(session, cast):
    tariff = make.tariff(session, cast.supplier, prices=PRICES)
    file = preview(session, cast.grigory, PRICE_FILE)
    rows = registry_rows(session, cast.grigory, file.id).rows
    assert [row.fate.value for row in rows] == ["new", "new", "same", "changed", *["refused"] * 4]
    codes = [row.reasons[0].code for row in rows[4:]]
    assert codes == ["price_zone_unknown", "tariff_unknown", "price_invalid", "price_zones_missing"]
    assert rows[3].changes[0] == ("price", "2.96", "2.99") and rows[3].changes[1][0] == "recounts"
    assert len(tariff_card(session, cast.grigory, tariff.id).history) == 1
    assert apply_registry(session, cast.grigory, file.id).status == RegistryImportStatus.APPLIED
    first, later = tariff_card(session, cast.grigory, tariff.id).history
    assert dict(first.prices)["T2"] == Decimal("2.99") and dict(later.prices) == {
        "T1": Decimal("5.4"),
        "T2": Decimal("3.2"),
    }


def test_prices_that_changed_since_the_preview_are_shown_anew(session, cast):
    make.tariff(session, cast.supplier, prices=PRICES[:1])
    file = preview(session, cast.grigory, "тариф;зона;действует с;цена\n2Z;T1;01.01.2025;5\n2Z;T2;01.01.2025;3\n")
    other = preview(session, cast.grigory, "тариф;зона;действует с;цена\n2Z;T1;01.01.2025;5\n2Z;T2;01.01.2025;3\n")
    apply_registry(session, cast.grigory, other.id)
    assert apply_registry(session, cast.grigory, file.id).status == RegistryImportStatus.STALE


def test_rows_that_contradict_each_other_are_both_refused(session, cast):
    make.tariff(session, cast.supplier, prices=PRICES)
    file = preview(session, cast.grigory, "тариф;зона;действует с;цена\n2Z;T1;01.01.2027;5\n2Z;T1;01.01.2027;6\n")
    assert file.counts["refused"] == 2


def test_a_file_of_normatives_closes_and_refuses(session, cast):
    add_normative(session, cast.grigory, TYPED)
    file = preview(session, cast.grigory, NORM_FILE)
    rows = registry_rows(session, cast.grigory, file.id).rows
    assert [(row.fate.value, [r.code for r in row.reasons]) for row in rows] == [
        ("refused", ["cell_needed"]),
        ("refused", ["cell_needed"]),
        ("refused", ["validity_order"]),
    ]
    again = preview(session, cast.grigory, NORM_FILE.replace("52;;", "52;кВт·ч;").replace("7;31.12.2026", "7;"))
    apply_registry(session, cast.grigory, again.id)
    lines = list_normatives(session, cast.grigory).lines
    assert [(one.name, one.valid_from.year, one.valid_to) for one in lines if one.name != "Лифт"] == [
        ("Электроэнергия, 1 человек", 2027, None),
        ("Электроэнергия, 1 человек", 2025, date(2026, 12, 31)),
    ]


def test_an_engineer_may_not_load_prices(session, cast):
    make.tariff(session, cast.supplier, prices=PRICES)
    role = StaffRoleName.ENGINEER
    engineer = replace(cast.grigory, staff=replace(cast.grigory.member, role=role, permissions=PERMISSIONS[role]))
    with pytest.raises(PermissionDenied):
        preview(session, engineer, PRICE_FILE)
    file = preview(session, cast.grigory, PRICE_FILE)
    with pytest.raises(PermissionDenied):
        apply_registry(session, engineer, file.id)
