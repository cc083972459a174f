"""Transformers of a point by phase (Н-114…Н-127)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from energo_cabinet.domain.point.verification import Nearness
from energo_cabinet.errors import NotFound
from energo_cabinet.formats.files.options import ReadOptions
from energo_cabinet.formats.process.reader import read_bytes
from energo_cabinet.models import Transformer, TransformerKind
from energo_cabinet.services.imports.file import store_contents
from energo_cabinet.services.point.transformer import list_transformers
from tests.conftest import NOW

TODAY = NOW.date()
TABLE = (
    "point;phase;kind;model;serial_number;registry_number;place;commissioned_on;last_verification_on;"
    "next_verification_on;nominal_voltage;nominal_frequency_hz;primary_current_a;secondary_current_a;accuracy_class;"
    "comment\nЛС-061-01;2;voltage;НОМ-10;77;;;;;;10 кВ;50;;;0,5;\n"
    "ЛС-061-01;1;current;Т-0,66;0481;28139-12;ГРЩ;2019-11-20;2019-10-01;2027-10-01;0,66 кВ;50;200;5;0,5S;цел\n"
    "ЛС-061-01;2;current;Т-0,66;0482;;;;;;;;200;5;0,5S;\n"
)


def load(session, system, table: str = TABLE):
    """Import a table."""
    return store_contents(session, system, "NEKTA", [read_bytes(table.encode(), "t.csv", ReadOptions("Europe/Moscow"))])


def test_every_field_by_phase_current_first(session, cast, system):
    load(session, system)
    first, second = list_transformers(session, cast.anna, cast.point.id)
    (one,) = first.transformers
    assert (first.phase, one.serial_number, one.registry_number, one.place) == (1, "0481", "28139-12", "ГРЩ")
    assert (one.commissioned_on, one.last_verification_on) == (date(2019, 11, 20), date(2019, 10, 1))
    assert (one.nominal_voltage, one.nominal_frequency_hz, one.primary_current_a) == ("0,66 кВ", 50, 200)
    assert (one.secondary_current_a, one.accuracy_class, one.comment) == (5, "0,5S", "цел")
    assert [t.kind for t in second.transformers] == [TransformerKind.CURRENT, TransformerKind.VOLTAGE]


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        (None, Nearness.UNKNOWN),
        (-1, Nearness.OVERDUE),
        (0, Nearness.URGENT),
        (30, Nearness.URGENT),
        (31, Nearness.SOON),
        (180, Nearness.SOON),
        (181, Nearness.LATER),
    ],
)
def test_next_verification_by_nearness(session, cast, days, expected):
    due = None if days is None else TODAY + timedelta(days=days)
    session.add(Transformer(point_id=cast.point.id, phase=1, kind=TransformerKind.CURRENT, next_verification_on=due))
    session.flush()
    (found,) = list_transformers(session, cast.anna, cast.point.id)[0].transformers
    assert (found.nearness, found.days_left) == (expected, days)


def test_table_sent_again_replaces(session, cast, system):
    load(session, system)
    change = load(session, system, TABLE.replace("0482", "0483")).change
    assert (change.stored, change.replaced, change.unchanged) == (0, 1, 2)


def test_point_without_transformers_has_an_empty_list(session, cast):
    assert list_transformers(session, cast.anna, cast.point.id) == []


def test_stranger_finds_nothing(session, cast, system):
    load(session, system)
    with pytest.raises(NotFound):
        list_transformers(session, cast.boris, cast.point.id)
