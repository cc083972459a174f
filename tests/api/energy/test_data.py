"""Files of energy data and of network parameters: for whom they are, in which form (Э-56, Э-60)."""

from __future__ import annotations

import io
from datetime import date

import numpy as np
import pytest
from openpyxl import load_workbook

from energo_cabinet.domain.time.local_day import epoch_day
from energo_cabinet.services.values.network_write import store_series
from tests import cast as make
from tests.api.energy.test_download import as_person, client  # noqa: F401  (fixtures)

DATA = "/data.{}?by=months&points={}&first=2025-12-01&last=2026-11-21"


@pytest.fixture
def flat(session, cast):
    """A day of energy and one of voltages."""
    make.day(session, make.series(session, cast.point), date(2026, 11, 1))
    values = np.full(144, 231_200, np.int64)
    store_series(session, [((cast.point.id, "UA", 10), epoch_day(date(2026, 11, 1)), values)], None)
    session.commit()
    return cast


def test_workbook_and_table_say_the_same(flat, as_person):  # noqa: F811
    anna = as_person(flat.anna)
    table, book = (anna.get(DATA.format(kind, flat.point.id)) for kind in ("csv", "xlsx"))
    assert (table.status_code, book.status_code) == (200, 200)
    rows = list(load_workbook(io.BytesIO(book.content)).active.iter_rows(values_only=True))
    assert rows[0][:2] == ("Начало", "Конец") and rows[0][3] == "Всего, кВт·ч" and rows[12][3] == 4.8
    assert ";4,8;4,8;" in table.content.decode("utf-8-sig").splitlines()[12]
    assert 'filename="data-months-2025-12-01-2026-11-21.xlsx"' in book.headers["content-disposition"]


def test_network_parameters_as_a_file(flat, as_person):  # noqa: F811
    address = f"/points/{flat.point.id}/network.csv?first=2026-11-01&last=2026-11-01"
    lines = as_person(flat.anna).get(address).content.decode("utf-8-sig").splitlines()
    assert lines[:2] == ["Начало интервала;Часовой пояс;U A, В", "2026-11-01 00:00;UTC+0300;231,2"]
    assert len(lines) == 145 and as_person(flat.boris).get(address).status_code == 404


def test_strangers_and_nonsense(flat, as_person, client):  # noqa: F811
    address = DATA.format("xlsx", flat.point.id)
    assert client.get(address).status_code == 401
    boris = as_person(flat.boris)
    assert boris.get(address).status_code == 404
    assert boris.get(DATA.format("xlsx", "1,x")).status_code == 422
