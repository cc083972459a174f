"""Files of «Данные учета энергоресурсов» (Э-56)."""

from __future__ import annotations

import io
from datetime import date
from decimal import Decimal

import pytest
from openpyxl import load_workbook

from energo_cabinet.domain.time.period import Period, typed_period
from energo_cabinet.errors import InvalidInput, NotFound
from energo_cabinet.services.energy.data_export import energy_table
from energo_cabinet.services.table import as_xlsx
from tests import cast as make

DAY = date(2026, 11, 17)
ASKED = {"by": "half_hours", "period": Period(DAY, DAY)}


@pytest.fixture
def values(session, cast):
    make.day(session, make.series(session, cast.point), DAY, [None, *[123] * 47])


def test_half_hours_with_sum_and_completeness(session, cast, values):
    table = energy_table(session, cast.anna, **ASKED)
    assert [c.key for c in table.columns] == [
        "start",
        "utc_offset",
        "data_kwh",
        "data_total_kwh",
        "completeness",
    ]
    assert table.rows[0][2:] == (None, None, 0) and table.rows[1][2:] == (Decimal("0.123"), Decimal("0.123"), 100)


def test_workbook_holds_numbers_and_no_formulas(session, cast, values):
    cast.point.name = "=cmd|'/c calc'!A1"
    table = energy_table(session, cast.anna, **ASKED)
    sheet = load_workbook(io.BytesIO(as_xlsx(table, lambda label: label.zone or label.key))).active
    rows = list(sheet.iter_rows(values_only=True))
    assert rows[0][2].startswith("'=cmd") and (f"{rows[2][0]}", rows[2][2]) == ("2026-11-17 00:30:00", 0.123)
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n", "d"}


def test_foreign_points_and_nonsense(session, cast, values):
    with pytest.raises(NotFound):
        energy_table(session, cast.boris, **ASKED, points=str(cast.point.id))
    for wrong in ({"points": "1,x"}, {"by": "x"}, {"split": "x"}, {"period": typed_period("вчера", "2026-11-17")}):
        with pytest.raises(InvalidInput):
            energy_table(session, cast.anna, **(ASKED | wrong))
