"""Макет 80020 as the field writes it (REQUIREMENTS 2.7): what is read, what is refused and where."""

from __future__ import annotations

import pytest

from energo_cabinet.domain.values.profile_day import (
    MISSING,
    QUALITY_MISSING,
    QUALITY_NON_COMMERCIAL,
    QUALITY_VALID,
    decode_values,
)
from energo_cabinet.formats.files.content import FileContent, FormatError
from energo_cabinet.formats.values.maket_80020 import read_maket
from energo_cabinet.models import ReadingQuality
from tests.formats.maket_writer import Channel, maket, plain_periods, point_xml
from tests.formats.told import told

ZONE = "Europe/Moscow"


def read(data: bytes, zone: str = ZONE) -> FileContent:
    return read_maket(data, "file.xml", zone)


def values(content: FileContent, index: int = 0) -> list[int]:
    return decode_values(content.series[index].rows[0].vals).tolist()


def refusal(data: bytes, zone: str = ZONE) -> tuple[str, int]:
    """Code and line of the first reason."""
    with pytest.raises(FormatError) as caught:
        read(data, zone)
    assert all(told(caught.value.notices))
    return caught.value.notices[0].code, caught.value.notices[0].line


def test_kwh_become_wh_of_known_and_unknown_channels():
    codes = ["01", "02", "03", "04", "11"]
    content = read(maket({"5": [Channel(code, [n + 1] * 48) for n, code in enumerate(codes)]}))
    assert [s.channel for s in content.series] == ["A+", "A-", "R+", "R-", "11"]
    assert [s.rows[0].total for s in content.series] == [48_000 * (n + 1) for n in range(5)]


@pytest.mark.parametrize(("count", "step"), [(24, 60), (48, 30), (96, 15)])
def test_the_step_follows_from_the_periods(count, step):
    row = read(maket({"5": [Channel(values=range(count))]})).series[0].rows[0]
    assert (row.step_min, row.n, row.total) == (step, count, sum(range(count)) * 1000)


def test_decimals_and_leading_zeros_are_exact():
    content = read(maket({"5": [Channel(values=["0.1", "01", "0,045", "1.0005"] + [0] * 44)]}))
    assert values(content)[:4] == [100, 1000, 45, 1000]


def test_windows_1251_without_a_declaration():
    data = maket({"5": [Channel(desc="акт. приём")]}, head="")
    assert read(data).series[0].description == "акт. приём"


def test_utf8_names_keep_their_quotes():
    content = read(maket({"5": [Channel()]}, encoding="utf-8"))
    assert content.points[0].name == "Ввод <5>"


def test_children_and_attributes_come_in_any_order():
    data = maket().decode("cp1251")
    head, area = data[data.index("<datetime>") : data.index("<area")], data[data.index("<area") :]
    swapped = data[: data.index("<datetime>")] + area.replace("</message>", head + "</message>")
    swapped = swapped.replace('start="0000" end="0030"', 'end="0030" start="0000"')
    assert read(swapped.encode("cp1251")).series == read(maket()).series


def test_periods_in_any_order_land_in_their_slots():
    periods = plain_periods(48)[::-1]
    assert values(read(maket({"5": [Channel(values=range(48), periods=periods)]})))[0] == 47_000


def test_status_1_is_non_commercial_and_empty_is_a_gap():
    marks = {0: ' status="1"', 1: ' status="1"', 2: ' status="0"'}
    row = read(maket({"5": [Channel(values=[5, "", 7] + [1] * 45, marks=marks)]})).series[0].rows[0]
    assert decode_values(row.vals)[:3].tolist() == [5000, MISSING, 7000]
    assert list(row.q[:3]) == [QUALITY_NON_COMMERCIAL, QUALITY_MISSING, QUALITY_VALID]


def test_quality_bytes_are_those_of_the_model():
    assert (QUALITY_VALID, QUALITY_NON_COMMERCIAL, QUALITY_MISSING) == (
        ReadingQuality.VALID,
        ReadingQuality.NON_COMMERCIAL,
        ReadingQuality.MISSING,
    )


def test_a_missing_period_is_a_gap_not_a_zero():
    row = read(maket({"5": [Channel(values=[1] * 47, periods=plain_periods(48)[:47])]})).series[0].rows[0]
    assert (row.n, decode_values(row.vals)[47]) == (47, MISSING)


@pytest.mark.parametrize("tag", ["measuringpoint", "accountpoint", "deliverypoint"])
def test_all_kinds_of_points_are_read(tag):
    assert read(maket(body=point_xml("77", [Channel()], tag))).points[0].number == "77"


def test_groups_hold_periods_directly():
    period = '<period start="0000" end="0100"><value status="0">230952</value></period>'
    body = f'<deliverygroup name="ТЭЦ" code="G1">{period}</deliverygroup>'
    body += f'<peretok name="А - Б" codefrom="PA" codeto="PB">{period}</peretok>'
    content = read(maket(body=body))
    assert [(s.point, s.channel, s.rows[0].total) for s in content.series] == [
        ("G1", "A+", 230_952_000),
        ("PA-PB", "A+", 230_952_000),
    ]


def test_a_file_without_points_is_accepted_with_a_warning():
    content = read(maket({}))
    assert (content.series, [n.code for n in content.warnings]) == ([], ["no_points"])


def test_the_writer_told_another_offset():
    head = '<?xml version="1.0" encoding="windows-1251"?><!--App=АльфаЦЕНТР;GmtFrom=5;GmtTo=3-->\n'
    assert read(maket(head=head)).warnings == []
    assert [n.code for n in read(maket(head=head), "Asia/Yekaterinburg").warnings] == ["other_offset"]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ((b"<period ", b"<period1 "), "xml_syntax"),
        ((b'class="80020"', b'class="80040"'), "unknown_class"),
        ((b"20240612", b"20241312"), "day"),
        ((b"20240612", b"99991231"), "day"),
        ((b"<value>1</value>", b"<value>-1</value>"), "negative"),
        ((b"<value>1</value>", b"<value>1e5</value>"), "not_a_number"),
        ((b"<value>1</value>", b"<value>2147484</value>"), "too_large"),
        ((b"<value>1</value>", "<value>٣</value>".encode()), "not_a_number"),
        ((b"<value>", b'<value status="9">'), "status"),
        ((b'end="0030"', b'end="0045"'), "period_length"),
        ((b'start="0030" end="0100"', b'start="0000" end="0030"'), "duplicate_period"),
        ((b'start="0030"', b'start="0x30"'), "period_time"),
        ((b'code="500000000000001"', b'code=""'), "point_number"),
    ],
)
def test_what_is_wrong_is_refused(change, code):
    data = maket(encoding="utf-8").replace(*change, 1)
    assert refusal(data)[0] == code


def test_a_misspelt_period_is_refused_with_its_line():
    """Silently ignored it would be lost energy."""
    data = maket().replace(b'<period start="0100" end="0130"><value>1</value></period>', b"<period1></period1>")
    line = data[: data.index(b"<period1")].count(b"\n") + 1
    assert refusal(data) == ("unknown_element", line)


@pytest.mark.parametrize(
    ("document", "code"),
    [
        (b'<feed xmlns="http://www.w3.org/2005/Atom"><message/></feed>', "green_button"),
        (b'<espi:UsagePoint xmlns:espi="http://naesb.org/espi"/>', "green_button"),
        (b"<html><body><message/></body></html>", "not_maket"),
    ],
)
def test_another_xml_is_named_as_such(document, code):
    assert refusal(b'<?xml version="1.0"?>\n' + document) == (code, 2)


def test_the_same_channel_twice_is_refused():
    assert refusal(maket({"5": [Channel(), Channel()]}))[0] == "repeated_channel"


def test_reasons_are_counted_out_not_endless():
    with pytest.raises(FormatError) as caught:
        read(maket({"5": [Channel(values=["x"] * 48)]}))
    assert len(caught.value.notices) == 20
