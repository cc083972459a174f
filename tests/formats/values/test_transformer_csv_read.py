"""Lists of transformers (Н-114…Н-126)."""

from __future__ import annotations

import pytest

from energo_cabinet.formats.files.content import FormatError, from_wire, to_wire
from energo_cabinet.formats.files.options import ReadOptions
from energo_cabinet.formats.process.reader import read_bytes

OPTIONS = ReadOptions(zone_name="Europe/Moscow")


def read(table: str):
    return read_bytes(table.encode(), "transformers.csv", OPTIONS)


def test_every_field_is_read():
    content = read(
        "point;phase;kind;model;serial_number;nominal_frequency_hz;primary_current_a;next_verification_on;comment\n"
        "A;1;current;Т-0,66;0481;50;200;01.06.2027;новый\nA;B;ТН;НОМ-10;;;;;\n"
    )
    first, second = content.transformers
    assert (first.phase, first.kind, first.facts["primary_current_a"]) == (1, "current", "200")
    assert (first.facts["next_verification_on"], first.facts["comment"]) == ("2027-06-01", "новый")
    assert (second.phase, second.kind, second.facts["next_verification_on"]) == (2, "voltage", "")
    assert from_wire(to_wire(content)) == content


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("A;4;current;", "transformer_place"),
        ("A;1;сила;", "transformer_place"),
        ("A;1;current;вчера", "transformer_value"),
        (";1;current;", "point_number"),
    ],
)
def test_refused_with_reason(row, code):
    with pytest.raises(FormatError) as refusal:
        read(f"point;phase;kind;next_verification_on\n{row}\n")
    assert refusal.value.notices[0].code == code
