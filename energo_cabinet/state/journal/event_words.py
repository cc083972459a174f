"""Events in the user's words: spans, marks, names, clocks."""

from __future__ import annotations

from datetime import datetime

from energo_cabinet.domain.journal.codes import Mark, number_of
from energo_cabinet.domain.journal.records import UNNAMED
from energo_cabinet.formatting import counted, day
from energo_cabinet.i18n import text
from energo_cabinet.services.journal.row import EventRow

_MARKS = {
    "voltage": ("out", "back"),
    "power": ("off", "on"),
    "case_open": ("opened", "closed"),
}


def name_of(row: EventRow, language: str) -> str:
    """The event's name; an unknown one says so."""
    if row.kind is not None:
        return row.kind.words[language].name
    if row.code == UNNAMED:
        return text("events.unnamed", language, name=row.raw.partition("(")[0].strip()[:120])
    return text("events.unknown", language, number=number_of(row.code))


def lasted_words(seconds: int, language: str) -> str:
    """«10 минут», «1 минута 57 с», «3 ч 10 мин», «2 сут 3 ч»."""
    minutes, rest = divmod(seconds, 60)
    if minutes == 0:
        return text("events.seconds_short", language, n=rest)
    if minutes < 60:
        whole = counted(minutes, "events.minutes", language)
        return text("events.and_seconds", language, whole=whole, seconds=rest) if rest else whole
    hours, minutes = divmod(minutes, 60)
    if hours < 48:
        key = "events.hours_minutes" if minutes else "events.hours_only"
        return text(key, language, hours=hours, minutes=minutes)
    return text("events.days_hours", language, days=hours // 24, hours=hours % 24)


def signed_words(seconds: int, language: str) -> str:
    """A correction with its direction."""
    return ("−" if seconds < 0 else "+") + lasted_words(abs(seconds), language)


def note_of(row: EventRow, language: str) -> str:
    """The line under the name: both ends, or what was sent."""
    if row.mark == Mark.CLOCK and row.meter_at and row.meter_ended_at:
        return text(
            "events.before_after",
            language,
            before=f"{row.meter_at:%d.%m.%Y %H:%M:%S}",
            after=f"{row.meter_ended_at:%d.%m.%Y %H:%M:%S}",
            stated=signed_words(row.shift_s or 0, language),
        )
    if row.mark in (Mark.SPAN, Mark.START, Mark.END):
        return _ends(row, language)
    if row.kind is None:
        return text("events.raw", language, raw=row.raw) if row.raw and row.code != UNNAMED else ""
    return "" if row.raw.casefold().startswith(row.kind.words["ru"].name.casefold()) else row.raw


def code_words(code: str, language: str) -> str:
    """«Меркурий 23x, 0x2A», «СПОДЭС 0.0.96.11.0.255, 7»; a code of neither as it is."""
    dictionary, _, rest = code.partition(".")
    if dictionary == "m23x":
        return text("events.code_m23x", language, number=rest)
    if dictionary == "spodes":
        journal, _, number = rest.rpartition(".")
        return text("events.code_spodes", language, journal=journal, number=number)
    return "" if code == UNNAMED else code


def offset_words(minutes: int) -> str:
    """UTC+3, UTC−3:30."""
    hours, rest = divmod(abs(minutes), 60)
    return f"UTC{'−' if minutes < 0 else '+'}{hours}" + (f":{rest:02d}" if rest else "")


def local_offset(at: datetime) -> str:
    """The offset of a local time."""
    offset = at.utcoffset()
    return offset_words(int(offset.total_seconds()) // 60 if offset else 0)


def at_words(at: datetime, seconds: bool = False) -> str:
    """20.11.2026 19:10, as «Дата/Время» has it."""
    return f"{day(at.date())} {at:%H:%M:%S}" if seconds else f"{day(at.date())} {at:%H:%M}"


def doubt_words(row: EventRow, language: str) -> str:
    """Why a record is doubted; "" when it is not."""
    if not row.doubt or row.meter_at is None or row.meter_ended_at is None:
        return ""
    delta = int((row.meter_ended_at - row.meter_at).total_seconds())
    key = "events.doubt_clock" if row.mark == Mark.CLOCK else "events.doubt_span"
    return text(key, language, delta=signed_words(delta, language), stated=lasted_words(row.stated_s or 0, language))


def _ends(row: EventRow, language: str) -> str:
    topic, area = (row.kind.topic, row.kind.area) if row.kind else ("", "")
    first, last = _MARKS.get(topic) or _MARKS.get(area) or ("begun", "ended")

    def words(key: str) -> str:
        return text(f"events.mark.{key}", language)

    at = f"{row.at:%H:%M}"
    if row.mark == Mark.END:
        return f"{words(last)} {at}, {words(first + '_missing')}"
    if row.ended_at is None:
        return f"{words(first)} {at}, {words(last + '_missing')}"
    same = row.ended_at.date() == row.at.date()
    return f"{words(first)} {at} {words(last)} {f'{row.ended_at:%H:%M}' if same else at_words(row.ended_at)}"
