"""Register readings of the 80020* variant: one value with its own timestamp, the register told by `desc` alone."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from energo_cabinet.domain.time.period import MEASURED_YEARS
from energo_cabinet.domain.values.profile_day import QUALITY_NON_COMMERCIAL, QUALITY_VALID
from energo_cabinet.formats.files.content import RegisterInFile
from energo_cabinet.formats.files.notices import Notices
from energo_cabinet.formats.files.number import NumberError, to_wh
from energo_cabinet.formats.values.maket_document import RawChannel

ZONES = {"0": "T0", "9": "T1", "10": "T2", "11": "T3", "12": "T4"}
"""`desc` → tariff zone; T0 is the total of all zones."""

LARGEST_REGISTER_WH = 2**53


def read_registers(
    channels: list[RawChannel], codes: Mapping[str, str], zone_name: str, notices: Notices
) -> list[RegisterInFile]:
    """The register readings among `channels`, times local to `zone_name`; faults go to `notices`."""
    found: dict[tuple[str, str, str, int], RegisterInFile] = {}
    for channel in channels:
        for index, stamp in enumerate(channel.stamps):
            if not stamp:
                if any(channel.stamps):
                    notices.error("register_stamp", channel.lines[index], stamp="")
                continue
            reading = _reading(channel, index, codes, zone_name, notices)
            if reading is None:
                continue
            key = (reading.point, reading.channel, reading.zone, reading.read_at)
            if key in found and found[key] != reading:
                notices.error("repeated_reading", channel.lines[index], point=reading.point)
            found[key] = reading
    return list(found.values())


def _reading(
    channel: RawChannel, index: int, codes: Mapping[str, str], zone_name: str, notices: Notices
) -> RegisterInFile | None:
    line, text, status = channel.lines[index], channel.values[index], channel.statuses[index] or "0"
    register = ZONES.get(channel.description)
    if register is None:
        notices.warn("unknown_register", line, register=channel.description)
        return None
    at = _instant(channel.stamps[index], zone_name, line, notices)
    if at is None:
        return None
    if not text:
        notices.warn("empty_value", line)
        return None
    try:
        wh = to_wh(text, largest=LARGEST_REGISTER_WH)
    except NumberError as error:
        notices.error(error.code, line, value=text)
        return None
    quality = QUALITY_NON_COMMERCIAL if status == "1" else QUALITY_VALID
    return RegisterInFile(channel.point, codes.get(channel.code, channel.code), register, at, wh, quality)


def _instant(text: str, zone_name: str, line: int, notices: Notices) -> int | None:
    """Epoch seconds of YYYYMMDDhhmm[ss]; None for the date 1899-12-30 by which writers mean "never read"."""
    pattern = {12: "%Y%m%d%H%M", 14: "%Y%m%d%H%M%S"}.get(len(text), "")
    try:
        at = datetime.strptime(text, pattern).replace(tzinfo=ZoneInfo(zone_name))
    except ValueError:
        notices.error("register_stamp", line, stamp=text)
        return None
    if (at.year, at.month, at.day) == (1899, 12, 30):
        notices.warn("zero_date", line)
        return None
    if at.year not in MEASURED_YEARS:
        notices.error("register_stamp", line, stamp=text)
        return None
    return int(at.timestamp())
