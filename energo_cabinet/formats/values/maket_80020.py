"""Макет 80020 (АТС): interval values of one day; with class 80020* also register readings (REQUIREMENTS 2.7)."""

from __future__ import annotations

import re
from datetime import date, datetime
from hashlib import sha256
from zoneinfo import ZoneInfo

import numpy as np

from energo_cabinet.domain.time.local_day import DAY_MINUTES, epoch_day, slots_of_day
from energo_cabinet.domain.time.period import MEASURED_YEARS
from energo_cabinet.domain.time.slot_place import STEPS, PeriodError, place
from energo_cabinet.domain.typed import file_day, whole_number
from energo_cabinet.domain.values.profile_day import MISSING, QUALITY_NON_COMMERCIAL, DayRow, encode_day
from energo_cabinet.formats.files.content import REPLACE, FileContent, FormatError, PointInFile, SeriesInFile
from energo_cabinet.formats.files.notices import Notices
from energo_cabinet.formats.files.number import NumberError, to_wh
from energo_cabinet.formats.files.safe_xml import parse_xml
from energo_cabinet.formats.values.maket_document import MaketDocument, RawChannel
from energo_cabinet.formats.values.register_80020 import read_registers

CHANNELS = {"01": "A+", "02": "A-", "03": "R+", "04": "R-"}
_GMT_TO = re.compile(rb"GmtTo=([+-]?\d{1,2})\b")
_LARGEST_NUMBER = 2**31 - 1


def read_maket(data: bytes, name: str, zone_name: str) -> FileContent:
    """Parse a document whose times are local to `zone_name`; FormatError with lines and reasons when it is refused."""
    notices = Notices()
    document = MaketDocument(notices)
    parse_xml(data, document)
    kind, number, day = _header(document, notices)
    notices.refuse_if_any()
    _compare_offset(data, day, zone_name, notices)
    reader = _DayReader(day, zone_name, notices)
    series = [found for channel in document.channels if (found := reader.read(channel))]
    registers = read_registers(document.channels, CHANNELS, zone_name, notices)
    _refuse_repeats(document.channels, notices)
    notices.refuse_if_any()
    return FileContent(
        name=name,
        format=kind,
        sha256=sha256(data).hexdigest(),
        number=number,
        zone_name=zone_name,
        mode=REPLACE,
        points=list({p.number: PointInFile(p.number, p.name, p.serial, p.line) for p in document.points}.values()),
        series=series,
        registers=registers,
        warnings=notices.warnings,
    )


def _header(document: MaketDocument, notices: Notices) -> tuple[str, int | None, date]:
    """Class, number and day of the message."""
    kind = document.attributes.get("class", "")
    if kind not in ("80020", "80020*"):
        notices.error("unknown_class", document.message_line, kind=kind)
    if document.attributes.get("version", "2") != "2":
        notices.warn("other_version", 0, version=document.attributes["version"])
    text = document.attributes.get("number", "").strip()
    number = whole_number(text, 10)
    if number is None or number > _LARGEST_NUMBER:
        number = None
        notices.warn("message_number", 0, number=text)
    if document.is_test:
        notices.warn("test_only")
    if not document.points:
        notices.warn("no_points")
    return kind, number, _day(document, notices)


def _day(document: MaketDocument, notices: Notices) -> date:
    text = document.datetime.get("day", "")
    day = (file_day(text) if len(text) == 8 else None) or date.min
    if day.year not in MEASURED_YEARS:
        notices.error("day", document.message_line, day=text)
    return day


def _compare_offset(data: bytes, day: date, zone_name: str, notices: Notices) -> None:
    """АльфаЦЕНТР tells in a comment which offset it wrote the day in."""
    told = _GMT_TO.search(data[:4096])
    offset = datetime(day.year, day.month, day.day, 12, tzinfo=ZoneInfo(zone_name)).utcoffset()
    if told and offset is not None and offset.total_seconds() != int(told[1]) * 3600:
        notices.warn("other_offset", 0, told=int(told[1]), zone=zone_name)


def _refuse_repeats(channels: list[RawChannel], notices: Notices) -> None:
    seen: set[tuple[str, str]] = set()
    for channel in channels:
        key = (channel.point, channel.code)
        if channel.starts and not any(channel.stamps):
            if key in seen:
                notices.error("repeated_channel", channel.line, channel=channel.code, point=channel.point)
            seen.add(key)


class _DayReader:
    """Channels of one day to rows; the places of periods are found once for all channels written alike."""

    def __init__(self, day: date, zone_name: str, notices: Notices) -> None:
        self.day, self.zone_name, self.notices = day, zone_name, notices
        self._shape: tuple[list[str], list[str], list[str]] | None = None
        self._places: tuple[int, list[int | None]] = (0, [])

    def read(self, channel: RawChannel) -> SeriesInFile | None:
        """The day of a channel; None when it has registers, no periods or errors (noted)."""
        if any(channel.stamps):
            return None
        if not channel.starts:
            if channel.point:
                self.notices.warn("no_periods", channel.line, channel=channel.code, point=channel.point)
            return None
        row = self._row(channel)
        code = CHANNELS.get(channel.code, channel.code)
        return SeriesInFile(channel.point, code, channel.description, [row]) if row else None

    def _row(self, channel: RawChannel) -> DayRow | None:
        shape = (channel.starts, channel.ends, channel.summers)
        if shape != self._shape:
            try:
                self._places = self._find_places(channel)
            except PeriodError as error:
                at = error.index
                period = f"{channel.starts[at]}–{channel.ends[at]}"
                self.notices.error(error.code, channel.lines[at], period=period, zone=self.zone_name)
                return None
            self._shape = shape
        step, places = self._places
        values = np.full(slots_of_day(self.day, self.zone_name, step), MISSING, np.int64)
        quality = np.zeros(len(values), np.uint8)
        for index, slot in enumerate(places):
            value = self._value(channel, index)
            if slot is None:
                self._left_out(channel, index, value)
            elif value is not None:
                values[slot] = value
                quality[slot] = QUALITY_NON_COMMERCIAL if channel.statuses[index] == "1" else 0
        return encode_day(epoch_day(self.day), step, values, quality)

    def _find_places(self, channel: RawChannel) -> tuple[int, list[int | None]]:
        starts = [_minute(text, index) for index, text in enumerate(channel.starts)]
        ends = [_minute(text, index) for index, text in enumerate(channel.ends)]
        step = (ends[0] - starts[0]) % DAY_MINUTES
        if step not in STEPS:
            raise PeriodError("period_length", 0)
        summer = [text == "1" for text in channel.summers]
        return step, place(self.day, self.zone_name, step, starts, ends, summer)

    def _value(self, channel: RawChannel, index: int) -> int | None:
        text, status = channel.values[index], channel.statuses[index]
        if status not in ("0", "1"):
            if status or text:
                self.notices.error("status", channel.lines[index], status=status)
            else:
                self.notices.warn("empty_value", channel.lines[index])
            return None
        if not text:
            if status == "0":
                self.notices.warn("empty_value", channel.lines[index])
            return None
        if len(text) < 7 and text.isascii() and text.isdigit():  # `whole_number` at each of millions is felt
            return int(text) * 1000
        try:
            return to_wh(text)
        except NumberError as error:
            self.notices.error(error.code, channel.lines[index], value=text)
            return None

    def _left_out(self, channel: RawChannel, index: int, value: int | None) -> None:
        """A spring file of 24 periods has a zero in the hour that was not; energy there is a contradiction."""
        period, line = f"{channel.starts[index]}–{channel.ends[index]}", channel.lines[index]
        if value:
            self.notices.error("hour_left_out", line, period=period, zone=self.zone_name)
        else:
            self.notices.warn("hour_left_out_zero", line, period=period, zone=self.zone_name)


def _minute(text: str, index: int) -> int:
    number = whole_number(text, 4)
    if number is None or len(text) != 4:
        raise PeriodError("period_time", index)
    hours, minutes = divmod(number, 100)
    if minutes > 59 or hours > 24 or (hours == 24 and minutes):
        raise PeriodError("period_time", index)
    return hours * 60 + minutes


__all__ = ["CHANNELS", "FormatError", "read_maket"]
