"""A row «Дата/Время», «Событие» as cabinets of consumers show it (Н-103, Н-107…Н-109)."""

from __future__ import annotations

import re
from datetime import datetime

from energo_cabinet.domain.journal.codes import EventKind, Mark, kind_named
from energo_cabinet.domain.journal.records import UNNAMED, JournalRow
from energo_cabinet.domain.time.stamp import wall_seconds

_MARK = re.compile(r"\(([^()]{1,40})\)\s*(\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d)", re.ASCII)
_STATED = re.compile(r"(?:значение коррективы|длительность)((?:\s*\d{1,6}\s*[а-яё]{1,12}){1,5})", re.IGNORECASE)
_PART = re.compile(r"(\d{1,6})\s*(сут|дн|ден|час|мин|сек)", re.IGNORECASE)
_SECONDS = {"сут": 86400, "дн": 86400, "ден": 86400, "час": 3600, "мин": 60, "сек": 1}
_ENDS = frozenset({"возврат", "окончание", "закрытие"})
_OFF, _ON = "выключение", "включение"
_LOST_SUPPLY = frozenset({"meter_power", "phase_power"})


def parse_text(shown: int, event: str) -> JournalRow:
    """The row taken apart; `shown`: «Дата/Время» as wall-clock seconds. ValueError when a time inside is none."""
    kind = kind_named(event.partition("(")[0])
    marks = [(word.strip().casefold(), wall_seconds(datetime.fromisoformat(at))) for word, at in _MARK.findall(event)]
    mark, start, end = _ends(kind, marks)
    return JournalRow(kind.code if kind else UNNAMED, mark, event.strip(), shown, None, start, end, _stated(event))


def _ends(kind: EventKind | None, marks: list[tuple[str, int]]) -> tuple[Mark, int | None, int | None]:
    """What the marks in brackets say: kind of record, first and last time by the meter's clock."""
    times = [at for _, at in marks]
    first, second = (*times, None, None)[:2]
    if kind is None or kind.mark != Mark.SPAN:
        return kind.mark if kind else Mark.POINT, first, second
    if kind.topic in _LOST_SUPPLY and marks:
        return _outage(dict(marks))
    if len(times) > 1:
        return Mark.SPAN, min(times), max(times)
    return Mark.END if marks and marks[0][0] in _ENDS else Mark.SPAN, first, None


def _outage(named: dict[str, int]) -> tuple[Mark, int | None, int | None]:
    """Supply lost and back: what lasts is the time without it."""
    off, on = named.get(_OFF), named.get(_ON)
    if off is None:
        return (Mark.END, on, None) if on is not None else (Mark.SPAN, min(named.values()), None)
    return Mark.SPAN, off, on if on is not None and on >= off else None


def _stated(event: str) -> int | None:
    found = _STATED.search(event)
    if found is None:
        return None
    return sum(int(count) * _SECONDS[unit.casefold()] for count, unit in _PART.findall(found[1]))
