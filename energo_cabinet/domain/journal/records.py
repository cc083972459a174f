"""Records of a meter's journals: both clocks told apart, beginnings and ends joined (Н-107…Н-112).

Instants are epoch seconds. Wall-clock times of the meter's own clock are seconds since 1970 of that clock, kept as
the meter wrote them, because a clock that is wrong is itself an event.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from energo_cabinet.domain.journal.codes import Mark, kind_of, kinds

UNNAMED = "text"
"""Code of a text row whose name no dictionary has."""

WRONG_DELTA = "delta"
"""`doubt` of a record whose two times do not make the span it states (Н-112)."""

_QUARTER_MIN = 15
_FARTHEST_MIN = 14 * 60


@dataclass(frozen=True, slots=True)
class JournalRow:
    """A record as a file tells it. `shown`: wall-clock seconds in the file's zone; the meter's own times may differ."""

    code: str
    mark: Mark
    raw: str
    shown: int | None = None
    shown_end: int | None = None
    meter_at: int | None = None
    meter_end: int | None = None
    stated_s: int | None = None


@dataclass(frozen=True, slots=True)
class LoggedEvent:
    """An event at an instant. `ended` None: not over, not told, or nothing that lasts.

    `meter_offset_min`: UTC offset of the meter's clock. `shift_s`: seconds by which a clock was set.
    """

    code: str
    mark: Mark
    started: int
    ended: int | None
    meter_started: int | None
    meter_ended: int | None
    meter_offset_min: int | None
    stated_s: int | None
    shift_s: int | None
    doubt: str
    raw: str


def place(rows: Sequence[JournalRow], zone_name: str, meter_zone: str = "") -> list[LoggedEvent]:
    """Rows as events: `zone` is that of the shown times, `meter_zone` that of the meter (found out when "").

    Where a row's meter time contradicts its shown time, the shown one counts and the row is doubted by its delta only.
    """
    usual = _usual_offset(rows, zone_name) if not meter_zone else None
    return [_placed(row, zone_name, meter_zone or zone_name, usual) for row in rows]


def join(events: Iterable[LoggedEvent]) -> list[LoggedEvent]:
    """Ends joined to the beginnings they belong to; what has no counterpart stays as it is. In order of time."""
    found: list[LoggedEvent] = []
    opened: dict[str, int] = {}
    for event in sorted(events, key=lambda e: (e.started, e.mark == Mark.END)):
        key = pair_key(event.code)
        if event.mark == Mark.END and key in opened:
            index = opened.pop(key)
            found[index] = closed(found[index], event)
            continue
        if is_open(event):
            opened[key] = len(found)
        found.append(event)
    return found


def closed(event: LoggedEvent, end: LoggedEvent) -> LoggedEvent:
    """An open event with its end; both payloads are kept."""
    return replace(event, ended=end.started, meter_ended=end.meter_started, raw=f"{event.raw}\n{end.raw}".strip("\n"))


def is_open(event: LoggedEvent) -> bool:
    """Something that lasts and whose end is not known."""
    return event.mark in (Mark.SPAN, Mark.START) and event.ended is None


def pair_key(code: str) -> str:
    """The code under which a beginning and its end meet."""
    kind = kind_of(code)
    return kind.pair if kind and kind.pair else code


def ends_of(code: str) -> tuple[str, ...]:
    """Codes that end what `code` began."""
    return _ends().get(code, ())


@lru_cache
def _ends() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for kind in kinds().values():
        if kind.pair:
            found[kind.pair] = (*found.get(kind.pair, ()), kind.code)
    return found


def _usual_offset(rows: Sequence[JournalRow], zone_name: str) -> int | None:
    """UTC offset of the meter's clock in minutes: what most rows with both times agree on."""
    found = Counter(offset for row in rows if (offset := _offset(row, zone_name)) is not None)
    return found.most_common(1)[0][0] if found else None


def _offset(row: JournalRow, zone_name: str) -> int | None:
    if row.shown is None or row.meter_at is None:
        return None
    ahead = row.shown // 60 - row.meter_at // 60
    if ahead % _QUARTER_MIN or abs(ahead) > _FARTHEST_MIN:
        return None
    return (row.shown - _instant(row.shown, zone_name)) // 60 - ahead


def _placed(row: JournalRow, zone_name: str, meter_zone: str, usual: int | None) -> LoggedEvent:
    offset = usual
    if offset is None and row.meter_at is not None:
        offset = (row.meter_at - _instant(row.meter_at, meter_zone)) // 60
    started, ended = _instants(row, zone_name, offset)
    delta = None if row.meter_at is None or row.meter_end is None else row.meter_end - row.meter_at
    is_wrong = row.stated_s is not None and delta is not None and abs(delta) != row.stated_s
    is_clock = row.mark == Mark.CLOCK
    return LoggedEvent(
        code=row.code,
        mark=row.mark,
        started=started,
        ended=ended if row.mark in (Mark.SPAN, Mark.START) else None,
        meter_started=row.meter_at,
        meter_ended=row.meter_end,
        meter_offset_min=offset if row.meter_at is not None else None,
        stated_s=row.stated_s,
        shift_s=(row.stated_s if is_wrong or delta is None else delta) if is_clock else None,
        doubt=WRONG_DELTA if is_wrong else "",
        raw=row.raw,
    )


def _instants(row: JournalRow, zone_name: str, offset: int | None) -> tuple[int, int | None]:
    """When it began and ended, by the meter's clock where that agrees with the shown time to the minute."""
    shown = None if row.shown is None else _instant(row.shown, zone_name)
    by_meter = None if row.meter_at is None or offset is None else row.meter_at - offset * 60
    agrees = by_meter is not None and (shown is None or shown // 60 == by_meter // 60)
    started = by_meter if agrees else shown
    if started is None:
        raise ValueError("a record needs a time")
    if row.shown_end is not None:
        return started, max(started, _instant(row.shown_end, zone_name))
    if row.meter_at is not None and row.meter_end is not None:
        return started, max(started, started + row.meter_end - row.meter_at)
    return started, None


def _instant(wall: int, zone_name: str) -> int:
    naive = datetime.fromtimestamp(wall, UTC).replace(tzinfo=None)
    return int(naive.replace(tzinfo=ZoneInfo(zone_name)).timestamp())
