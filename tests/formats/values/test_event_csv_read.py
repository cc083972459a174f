"""Journals as tables: the seed's ten rows (Н-107…Н-112, F-4), coded layouts, refusals."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from energo_cabinet.domain.journal.codes import Mark
from energo_cabinet.formats.files.content import FormatError, from_wire, to_wire
from energo_cabinet.formats.files.options import ReadOptions
from energo_cabinet.formats.process.reader import read_bytes

SEED = (Path(__file__).parent / "seed_journal.csv").read_bytes()
PHASE = "Время включения/выключения фазы 2"
SAMARA = ZoneInfo("Europe/Samara")
OPTIONS = ReadOptions(zone_name="Europe/Samara")
CODED = "point;dictionary;code;time;end;meter_time;meter_end;seconds;raw\n"


def read(table: str | bytes, options: ReadOptions = OPTIONS):
    """The events of a table, newest first."""
    content = read_bytes(table if isinstance(table, bytes) else table.encode(), "journal.csv", options)
    return content, [sent.event for sent in reversed(content.events)]


def shown(seconds: int | None) -> str:
    """As the seed's column «Дата/Время»."""
    return "" if seconds is None else datetime.fromtimestamp(seconds, UTC).astimezone(SAMARA).strftime("%d.%m.%Y %H:%M")


def test_ten_rows_of_the_seed_parse_exactly():
    """Н-107…Н-109: what, when, how long, by how much."""
    _, events = read(SEED)
    assert [(shown(e.started), e.code, e.ended and (e.ended - e.started) // 60, e.shift_s) for e in events] == [
        ("10.02.2023 03:08", "m23x.02", None, 118),
        ("10.02.2023 03:00", "m23x.26", None, None),
        ("09.02.2023 03:06", "m23x.02", None, 117),
        ("08.02.2023 19:20", "m23x.2A", None, None),
        ("08.02.2023 03:04", "m23x.02", None, 117),
        ("08.02.2023 00:50", "m23x.2A", None, None),
        ("07.02.2023 01:20", "m23x.2A", 10, None),
        ("06.02.2023 03:02", "m23x.02", None, 117),
        ("05.02.2023 11:10", "m23x.2A", 20, None),
        ("05.02.2023 08:30", "m23x.26", 20, None),
    ]


def test_only_the_row_of_the_tenth_contradicts_itself():
    """Н-112: before and after differ by −48 minutes, the row states 1 min 58 s."""
    content, events = read(SEED)
    assert [shown(e.started) for e in events if e.doubt] == ["10.02.2023 03:08"]
    assert [(n.code, n.params["count"]) for n in content.warnings] == [("event_doubt", 1)]


def test_meter_clock_is_one_hour_behind_the_shown_time():
    """Н-110: Самара and Москва, found out from the rows; both are kept, also on another date."""
    _, events = read(SEED)
    assert {e.meter_offset_min for e in events} == {180}
    midnight = events[5]
    assert (shown(midnight.started), datetime.fromtimestamp(midnight.meter_started, UTC).isoformat()) == (
        "08.02.2023 00:50",
        "2023-02-07T23:50:00+00:00",
    )


def test_voltage_events_sit_on_ten_minutes():
    """Н-111."""
    _, events = read(SEED)
    assert all(e.started % 600 == 0 for e in events if e.code in ("m23x.26", "m23x.2A"))


def test_payload_is_kept_word_for_word():
    _, events = read(SEED)
    rows = [line.split(";")[2] for line in SEED.decode().splitlines()[1:]]
    assert [e.raw for e in events] == rows


def test_beginning_and_end_of_the_standard_meet():
    content, events = read(
        CODED
        + "A;spodes;96.11.0.7;;;2026-11-20 18:10:00;;;01\nA;spodes;0.0.96.11.0.255:8;;;2026-11-20 19:00:00;;;02\n"
        + "A;spodes;96.11.4.1;;;2026-11-20 20:00:00;;;\n"
    )
    assert [(e.code, e.mark, e.ended and e.ended - e.started, e.raw) for e in events] == [
        ("spodes.96.11.4.1", Mark.START, None, ""),
        ("spodes.96.11.0.7", Mark.START, 3000, "01\n02"),
    ]
    assert content.warnings == []


def test_unknown_code_survives():
    content, (event,) = read(CODED + "A;m23x;77;16.11.2026 11:04;;;;;03 11 A4\n")
    assert (event.code, event.mark, event.raw) == ("m23x.77", Mark.POINT, "03 11 A4")
    assert content.warnings[0].code == "event_unknown"


def test_meter_zone_told_beside():
    options = ReadOptions(zone_name="Europe/Samara", meter_zone="Asia/Yekaterinburg")
    _, (event,) = read(CODED + "A;m23x;2A;;;2026-11-20 18:10:00;2026-11-20 18:30:00;1200;\n", options)
    assert (event.meter_offset_min, shown(event.started), event.doubt) == (300, "20.11.2026 17:10", "")


@pytest.mark.parametrize(
    ("row", "mark", "minutes"),
    [
        (f"{PHASE} (выключение) 2026-11-17 08:10:00 (включение) 2026-11-17 08:22:00", "span", 12),
        (f"{PHASE} (включение) 2026-11-17 08:10:00 (выключение) 2026-11-17 08:22:00", "span", None),
        ("Время включения/выключения прибора (включение) 2026-11-17 08:22:00", "end", None),
        ("Время вскрытия/закрытия прибора (вскрытие) 2026-11-17 08:22:00", "span", None),
        ("Время коррекции тарифного расписания 2026-11-15 00:00:00", "point", None),
        ("Новое событие прошивки (начало) 2026-11-17 08:22:00", "point", None),
    ],
)  # fmt: skip
def test_what_lasts_is_the_time_without_supply(row, mark, minutes):
    _, (event,) = read(f"point;time;event\nA;17.11.2026 09:22;{row}\n")
    assert (event.mark, event.ended and (event.ended - event.started) // 60) == (mark, minutes)


def test_events_travel_from_the_parsing_process_unchanged():
    content, _ = read(SEED)
    assert from_wire(to_wire(content)) == content


@pytest.mark.parametrize(
    ("table", "code"),
    [
        ("point;time;event\nA;вчера;Время коррекции часов прибора\n", "event_time"),
        (CODED + "A;m23x;2A;;;;;;\n", "event_time"),
        (CODED + "A;m23x;2A;2026-11-20T18:10+03:00;;;;;\n", "event_time"),
        (CODED + "A;m23x;2A0;20.11.2026 18:10;;;;;\n", "event_code"),
        (CODED + "A;spodes;1;20.11.2026 18:10;;;;;\n", "event_code"),
        (CODED + ";m23x;2A;20.11.2026 18:10;;;;;\n", "point_number"),
        ("dictionary;code;time\nm23x;2A;20.11.2026 18:10\n", "csv_no_point"),
    ],
)
def test_refused_with_line_and_reason(table, code):
    with pytest.raises(FormatError) as refusal:
        read(table)
    assert refusal.value.notices[0].code == code
