"""Register readings of the 80020* variant."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from energo_cabinet.formats.files.content import FormatError
from energo_cabinet.formats.values.maket_80020 import read_maket
from tests.formats.maket_writer import maket, register_xml

SERIAL = "48475720537682"


def read(*readings, code=""):
    return read_maket(maket(body=register_xml(SERIAL, readings, code), kind="80020*"), "f", "Europe/Moscow")


def test_desc_alone_tells_the_register_and_the_serial_stands_for_an_empty_code():
    content = read(("0", "202408130000", "9618.762"), ("9", "202408130000", "9000"), ("10", "202408130000", "618.762"))
    assert [(r.point, r.channel, r.zone, r.register_wh) for r in content.registers] == [
        (SERIAL, "A+", "T0", 9_618_762),
        (SERIAL, "A+", "T1", 9_000_000),
        (SERIAL, "A+", "T2", 618_762),
    ]
    assert datetime.fromtimestamp(content.registers[0].read_at, UTC) == datetime(2024, 8, 12, 21, tzinfo=UTC)


def test_a_code_wins_over_the_serial():
    assert read(("0", "202408130000", "1"), code="77").registers[0].point == "77"


def test_never_read_registers_are_left_out_with_a_warning():
    content = read(("0", "202408130000", "1"), ("10", "189912300200", "0"))
    assert ([r.zone for r in content.registers], [n.code for n in content.warnings]) == (["T0"], ["zero_date"])


def test_an_unknown_register_is_left_out_with_a_warning():
    content = read(("0", "202408130000", "1"), ("55", "202408130000", "0"))
    assert [n.code for n in content.warnings] == ["unknown_register"]


@pytest.mark.parametrize(
    ("reading", "code"),
    [
        (("0", "202413130000", "1"), "register_stamp"),
        (("0", "999908130000", "1"), "register_stamp"),
        (("0", "202408130000", "-1"), "negative"),
        (("0", "202408130000", "9" * 14), "too_large"),
    ],
)
def test_wrong_readings_are_refused(reading, code):
    with pytest.raises(FormatError) as caught:
        read(reading)
    assert caught.value.notices[0].code == code


def test_two_values_of_one_register_at_one_time_are_refused():
    with pytest.raises(FormatError) as caught:
        read(("0", "202408130000", "1"), ("0", "202408130000", "2"))
    assert caught.value.notices[0].code == "repeated_reading"
