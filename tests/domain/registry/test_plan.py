"""What becomes of a registry file's rows: new, changed, the same, refused and why (F-9, Н-149…Н-151)."""

from __future__ import annotations

from datetime import date

from energo_cabinet.domain.registry.model import RegistryModel, Stand
from energo_cabinet.domain.registry.plan import Fate, RowFate, plan
from energo_cabinet.domain.registry.row import Reason, RegistryRow

TODAY = date(2026, 11, 21)
OLD, NEW = ("111", "Меркурий"), ("222", "")


def row(line: int, point: str = "П1", **cells: str) -> RegistryRow:
    return RegistryRow(line, {"point": point, **cells})


def registry(**more) -> RegistryModel:
    """П1 with the meter 111 since 2020."""
    stands = [Stand("П1", OLD, date(2020, 12, 1), None, id=1)]
    points = {"П1": {"name": "Ввод", "address": "Лесная, 18", "zone_name": "Europe/Moscow"}}
    return RegistryModel(points=points, meters={OLD: {"accuracy_class": "1"}}, stands=stands, **more)


def fates(*rows: RegistryRow, model: RegistryModel | None = None) -> list[RowFate]:
    return plan(rows, model or registry(), TODAY)


def reasons(*rows: RegistryRow, model: RegistryModel | None = None) -> list[list[str]]:
    return [[reason.code for reason in fate.reasons] for fate in fates(*rows, model=model)]


REPLACEMENT = {"installed_on": "2026-11-10", "replaces": "111", "replaced_final_kwh": "5000", "initial_kwh": "0"}


def test_a_row_that_says_what_is_known_changes_nothing():
    (fate,) = fates(row(2, name="Ввод", serial="111", installed_on="2020-12-01", accuracy_class="1"))
    assert (fate.fate, fate.changes) == (Fate.SAME, ())


def test_a_changed_field_is_shown_with_what_it_was():
    (fate,) = fates(row(2, address="Лесная, 20"))
    assert fate.fate == Fate.CHANGED
    assert [(c.field, c.old, c.new) for c in fate.changes] == [("address", "Лесная, 18", "Лесная, 20")]


def test_a_new_point_with_its_meter():
    (fate,) = fates(row(2, "П2", name="Гараж", serial="222", installed_on="2026-01-10"))
    assert fate.fate == Fate.NEW
    assert [c.field for c in fate.changes] == ["point", "name", "meter", "installation"]


def test_a_replacement_closes_the_old_meter_and_notes_both_registers():
    model = registry()
    (fate,) = fates(row(2, serial="222", **REPLACEMENT), model=model)
    assert fate.fate == Fate.NEW and [s.removed_on for s in model.stands] == [date(2026, 11, 10), None]
    assert [(n.meter[0], n.wh, n.is_final) for n in model.noted] == [("111", (5_000_000,), True), ("222", (0,), False)]


def test_a_replacement_without_registers_would_break_consumption():
    given = {name: text for name, text in REPLACEMENT.items() if not name.endswith("kwh")}
    assert reasons(row(2, serial="222", **given)) == [["registers_needed", "registers_needed"]]


def test_a_final_register_below_the_last_reading_is_refused():
    model = registry(last_registers={"П1": {"T0": 6_000_000}})
    assert reasons(row(2, serial="222", **REPLACEMENT), model=model) == [["final_below_last"]]


def test_a_second_meter_on_a_point_needs_to_say_what_it_replaces():
    assert reasons(row(2, serial="222", installed_on="2026-11-10")) == [["point_taken"]]


def test_a_serial_on_two_points_is_refused_on_both():
    rows = [row(n, f"Н{n}", name="x", serial="555", installed_on="2026-01-01") for n in (2, 3)]
    assert reasons(*rows) == [["serial_twice"], ["serial_twice"]]


def test_a_serial_that_stands_elsewhere_is_refused():
    found = fates(row(2, "П2", name="x", serial="111", installed_on="2026-01-01"))
    assert found[0].reasons == (Reason("meter_elsewhere", "serial", {"point": "П1", "day": "01.12.2020"}),)


def test_a_meter_may_move_after_it_was_taken_off():
    rows = [
        row(2, serial="111", installed_on="2020-12-01", removed_on="2026-01-01"),
        row(3, "П2", name="x", serial="111", installed_on="2026-01-01"),
    ]
    assert [fate.fate for fate in fates(*rows)] == [Fate.CHANGED, Fate.NEW]


def test_a_circle_of_replacements_is_refused_whole():
    one = row(2, serial="A", replaces="B", installed_on="2026-01-01")
    two = row(3, serial="B", replaces="A", installed_on="2026-02-01")
    found = fates(one, two, row(4, "П9", name="x"))
    assert [[r.code for r in fate.reasons] for fate in found] == [["circle"], ["circle"], []]
    assert found[0].reasons[0].params == {"chain": "A ← B ← A"}


def test_dates_in_the_wrong_order():
    new = {"name": "x", "serial": "9"}
    rows = [
        row(2, "A", **new, installed_on="2026-02-01", removed_on="2026-01-01"),
        row(3, "B", **{**new, "serial": "8"}, installed_on="2026-02-01", next_verification_on="2025-01-01"),
        row(4, "C", name="x", last_verification_on="2026-02-01", next_verification_on="2025-01-01"),
        row(5, "D", **{**new, "serial": "7"}, installed_on="2027-01-01"),
    ]
    wrong = [["removed_before_installed"], ["verification_before_installation"], ["verification_order"], ["in_future"]]
    assert reasons(*rows) == wrong


def test_rows_that_contradict_each_other_name_the_line():
    found = fates(row(2, "П2", name="Дом"), row(3, "П2", name="Дача", serial="3", installed_on="2026-01-01"))
    assert found[1].reasons == (Reason("differs", "name", {"line": 2, "value": "Дом"}),)
    assert reasons(row(2, address="x"), row(3, address="x")) == [[], ["row_twice"]]


def test_a_row_with_errors_spoils_no_other():
    broken = RegistryRow(2, {"point": "П2"}, (Reason("day_invalid", "installed_on"),))
    assert [fate.fate for fate in fates(broken, row(3, address="y"))] == [Fate.REFUSED, Fate.CHANGED]


def test_unknown_contract_tariff_and_another_model():
    rows = [row(2, contract="1"), row(3, "П2", name="x", tariff="9"), row(4, serial="111", model="Нева")]
    assert reasons(*rows) == [["contract_unknown"], ["tariff_unknown"], ["serial_other_model"]]


def test_registers_have_the_zones_of_the_point():
    model = registry(zones={"П1": ("T1", "T2")})
    assert reasons(row(2, serial="222", **REPLACEMENT), model=model) == [["registers_count", "registers_count"]]


def test_the_zone_of_a_point_with_data_stays():
    assert reasons(row(2, zone_name="Asia/Omsk")) == [["zone_fixed"]]
