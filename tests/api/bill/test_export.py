"""CSV of bills (Н-43): what is shown, for whom it is, harmless in a spreadsheet."""

from __future__ import annotations

from datetime import date

import pytest
from sqlmodel import select

from energo_cabinet.models import Charge
from tests import cast as make
from tests.api.energy.test_download import as_person, client, table  # noqa: F401  (fixtures)


@pytest.fixture
def billed(session, cast):
    """A bill of October, partly paid, with a name that a spreadsheet would run."""
    bill = make.bill(session, cast.contract, date(2026, 10, 1), "493.00", "-10.50")
    make.payment(session, cast.contract, date(2026, 11, 5), "100")
    session.exec(select(Charge).where(Charge.line == 2)).one().title = '=HYPERLINK("x")'
    session.commit()
    return cast, bill.id


def test_months_as_shown(as_person, billed):  # noqa: F811
    cast, _ = billed
    rows = table(as_person(cast.anna).get(f"/contracts/{cast.contract.id}/bills.csv"))
    assert rows[0][:5] == ["Месяц", "Баланс на начало, ₽", "Начислено, ₽", "Оплачено, ₽", "Баланс на конец, ₽"]
    assert rows[1] == ["2026-11-01", "-482,5", "0", "100", "-382,5", "", "", "", "", ""]
    assert rows[2][:5] == ["2026-10-01", "0", "482,5", "0", "-482,5"]
    assert rows[2][5:] == ["10/2026", "2026-11-03", "2026-11-15", "382,5", "Просрочен"]


def test_lines_of_a_bill_run_no_formula(as_person, billed):  # noqa: F811
    cast, bill_id = billed
    rows = table(as_person(cast.anna).get(f"/bills/{bill_id}.csv"))
    assert [row[0] for row in rows] == ["Начисление", "Строка 1", '\'=HYPERLINK("x")']
    assert rows[2][-1] == "-10,5"


def test_anonymous_and_strangers_get_nothing(as_person, client, billed):  # noqa: F811
    cast, bill_id = billed
    for path in (f"/contracts/{cast.contract.id}/bills.csv", f"/bills/{bill_id}.csv"):
        client.cookies.clear()
        assert client.get(path).status_code == 401
        assert as_person(cast.boris).get(path).status_code == 404
    assert client.get(f"/bills/{2**70}.csv").status_code == 404
