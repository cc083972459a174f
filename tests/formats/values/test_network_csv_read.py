"""Tables of network parameters, ours and the field's minute file (Э-60)."""

from __future__ import annotations

import numpy as np
import pytest

from energo_cabinet.domain.network.network import decode
from energo_cabinet.domain.values.profile_day import MISSING
from energo_cabinet.formats.files.content import FormatError, from_wire, to_wire
from energo_cabinet.formats.files.options import ReadOptions
from energo_cabinet.formats.process.reader import read_bytes

OPTIONS = ReadOptions(zone_name="Europe/Moscow", point="T")
HEAD = "time;U_A;I_A;P_A;S_A;cos_A;f;angle_AB"


def read(table: str, name: str = "network.csv", options: ReadOptions = OPTIONS):
    return read_bytes(table.encode(), name, options)


def test_ten_minute_lines_make_series():
    content = read(
        f"{HEAD}\n2026-11-20T00:00;231,2;4,81;1,08;1,11;0,97;50,01;119,8\n2026-11-20T00:10;230;;-0.5;;-0,5;;\n"
    )
    (one,) = content.network
    assert (content.format, one.step_min, len(np.frombuffer(one.starts, "<i8"))) == ("network", 10, 2)
    columns = {code: decode(column).tolist() for code, column in one.columns.items()}
    assert columns["UA"] == [231_200, 230_000] and columns["IA"] == [4_810, MISSING]
    assert columns["PA"] == [1_080, -500] and columns["cosA"] == [9_700, -5_000] and columns["angleAB"][0] == 11_980
    assert one.latest == {"UA": 230_000, "PA": -500, "cosA": -5_000}
    assert from_wire(to_wire(content)) == content


def test_a_single_line_is_a_snapshot():
    (one,) = read("point;time;U_A;U_B\nA;2026-11-20T18:42:07+03:00;231.2;229\n", options=ReadOptions("UTC")).network
    assert (one.step_min, one.columns, one.latest) == (0, {}, {"UA": 231_200, "UB": 229_000})
    assert one.latest_at == 1_795_189_327


def test_minute_file_of_the_field():
    """The layout of the UCI household: day and time apart, «?» for what did not come."""
    (one,) = read(
        '"","date","time","global_active_power","global_reactive_power","voltage","global_intensity","sub_metering_1"\n'
        '"1","1/2/2007","00:00:00",0.326,0.128,243.15,1.4,0\n"2","1/2/2007","00:01:00",?,?,?,?,0\n'
        '"3","1/2/2007","00:02:00",0.324,0.132,243.51,1.4,0\n'
    ).network
    assert one.step_min == 1 and decode(one.columns["UA"]).tolist() == [243_150, MISSING, 243_510]
    assert one.latest == {"P": 324, "Q": 132, "UA": 243_510, "IA": 1_400}


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        ("-1;1;1;1;1;50;120", "network_impossible"),
        ("1001;1;1;1;1;50;120", "network_impossible"),
        ("230;1;1;1;1.01;50;120", "network_impossible"),
        ("230;1;1;1;1;5;120", "network_impossible"),
        ("230;1;1;1;1;50;720", "network_impossible"),
        ("230;1;2;1;1;50;120", "network_power"),
        ("двести;1;1;1;1;50;120", "network_number"),
        ("NaN;1;1;1;1;50;120", "network_number"),
        ("1e2;1;1;1;1;50;120", "network_number"),
    ],
)
def test_impossible_values_are_refused_by_line(cells, code):
    with pytest.raises(FormatError) as refusal:
        read(f"{HEAD}\n2026-11-20T00:00;230;1;0.2;0.23;0.9;50;120\n2026-11-20T00:10;{cells}\n")
    assert [(notice.code, notice.line) for notice in refusal.value.notices] == [(code, 3)]


@pytest.mark.parametrize(
    ("stamps", "code"),
    [
        (("2026-11-20T00:00", "2026-11-20T00:15"), "network_step"),
        (("2026-11-20T00:00", "2026-11-20T00:00:30"), "network_step"),
        (("2026-11-20T00:03", "2026-11-20T00:13"), "csv_misaligned"),
        (("2026-11-20T00:00", "вчера"), "csv_stamp"),
        (("2026-11-20T00:00", "2026-11-20T00:10+03:00"), "csv_mixed_stamps"),
    ],
)
def test_times_that_fit_no_grid_are_refused(stamps, code):
    with pytest.raises(FormatError) as refusal:
        read("time;U_A\n" + "".join(f"{stamp};230\n" for stamp in stamps))
    assert refusal.value.notices[0].code == code


def test_the_hour_that_comes_twice_is_two_hours():
    lines = [f"2014-10-26T{hour:02d}:{minute:02d};230" for hour in (0, 1, 1, 2) for minute in range(0, 60, 10)]
    (one,) = read("time;U_A\n" + "\n".join(lines) + "\n").network
    assert np.diff(np.frombuffer(one.starts, "<i8")).tolist() == [600] * 23


def test_named_energy_columns_keep_a_table_of_energy():
    options = ReadOptions("Europe/Moscow", point="T", value_columns={"A+": "voltage"})
    content = read("time,voltage\n2026-11-20T00:00,1\n2026-11-20T00:30,1\n", options=options)
    assert content.format == "csv" and not content.network


def test_norms_with_set_points_of_the_meter():
    (norm,) = read("point;nominal_v;source;meter_low_v;meter_high_v\nA;220;паспорт;209;231\n", options=OPTIONS).norms
    assert norm.facts["nominal_v"] == "220" and norm.facts["meter_min_v"] == "" and norm.facts["source"] == "паспорт"


@pytest.mark.parametrize(("row", "code"), [("A;5;;", "network_impossible"), ("A;220;231;209", "network_set_points")])
def test_impossible_norms_are_refused(row, code):
    with pytest.raises(FormatError) as refusal:
        read(f"point;nominal_v;meter_low_v;meter_high_v\n{row}\n")
    assert refusal.value.notices[0].code == code
