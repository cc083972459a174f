"""The journal in the user's words: lines, the opened event, the choices of the filters."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from energo_cabinet.components.network.network_figure import around_figure
from energo_cabinet.domain.journal.codes import AREAS, kind_of, number_of
from energo_cabinet.formatting import counted, day, dots
from energo_cabinet.i18n import text
from energo_cabinet.services.journal.point import EventDetails, EventPage
from energo_cabinet.services.journal.row import EventRow
from energo_cabinet.services.network.network import VoltageAround
from energo_cabinet.state.journal.event_words import (
    at_words,
    code_words,
    doubt_words,
    lasted_words,
    local_offset,
    name_of,
    note_of,
    offset_words,
    signed_words,
)

COLOURS = {1: "var(--missing)", 2: "var(--warning-mark)", 3: "var(--danger-mark)"}
PHASES = ("", "1 (A)", "2 (B)", "3 (C)")


@dataclass(frozen=True)
class EventLine:
    """A row of the journal; `colour` marks the severity; `all` leads to every event of a fold."""

    key: str
    at: str
    name: str
    note: str
    phase: str
    lasted: str
    severity: str
    area: str
    colour: str
    doubt: str
    all: str
    point: str = ""


@dataclass(frozen=True)
class EventFact:
    """A line of the opened event."""

    label: str
    value: str


@dataclass(frozen=True)
class EventView:
    """The opened event; `key` "" for none, `failed` when its details did not come, `ticket`: a prefilled form."""

    key: str = ""
    meaning: str = ""
    todo: str = ""
    doubt: str = ""
    facts: tuple[EventFact, ...] = ()
    failed: str = ""
    ticket: str = ""
    figure: dict[str, Any] = field(default_factory=dict)
    figure_summary: str = ""


@dataclass(frozen=True)
class JournalView:
    """The lines with what stands below them."""

    lines: tuple[EventLine, ...] = ()
    clocks: str = ""


@dataclass(frozen=True)
class Option:
    """A choice of a filter."""

    value: str
    label: str


def journal_view(page: EventPage, language: str, all_of: Callable[[EventRow], str]) -> JournalView:
    """`all_of`: the address that shows every event of a fold."""
    lines = tuple(_line(row, language, all_of(row) if row.fold else "") for row in page.rows)
    return JournalView(lines, _clocks(page, language))


def with_points(view: JournalView, page: EventPage, names: Mapping[int, str], language: str) -> JournalView:
    """The lines with the points they happened at; each line keeps the time of its point."""
    lines = tuple(replace(v, point=names.get(r.point_id, "")) for v, r in zip(view.lines, page.rows, strict=True))
    zones = {row.zone for row in page.rows}
    return JournalView(lines, view.clocks if len(zones) < 2 else text("events.clocks_own", language))


def event_view(details: EventDetails, language: str, key: str, ticket: str) -> EventView:
    """What an opened event says; `key` of its line, `ticket`: where to ask the supplier about it."""
    row = details.row
    words = row.kind.words[language] if row.kind else None
    return EventView(
        key=key,
        meaning=words.meaning if words else text("events.unknown_meaning", language),
        todo=words.todo if words else text("events.unknown_todo", language),
        doubt=doubt_words(row, language),
        facts=tuple(EventFact(text(f"events.{key}", language), value) for key, value in _facts(details, language)),
        ticket=ticket,
    )


def with_voltage(view: EventView, around: VoltageAround, language: str) -> EventView:
    """The opened event with the voltages around it."""
    unit = text("network.unit.u", language)
    figure = around_figure(around.period, around.norm.norm, around.start, around.end, unit, language)
    words = text("network.around_summary", language, first=at_words(around.start), last=at_words(around.end))
    return replace(view, figure=figure, figure_summary=words)


def kind_options(codes: Sequence[str], language: str) -> list[Option]:
    """The events that occur, by name."""
    found = [Option(code, _code_name(code, language)) for code in codes]
    return sorted(found, key=lambda option: option.label)


def area_options(language: str) -> list[Option]:
    """What events may concern."""
    return [Option(area, text(f"events.area_of.{area}", language)) for area in AREAS]


def _code_name(code: str, language: str) -> str:
    kind = kind_of(code)
    return kind.words[language].name if kind else text("events.unknown", language, number=number_of(code))


def _line(row: EventRow, language: str, address: str) -> EventLine:
    severity = text(f"events.severity_of.{row.severity}", language)
    name = name_of(row, language)
    if row.fold:
        name = text("events.folded", language, name=name, repeats=counted(row.fold.repeats, "events.times", language))
    return EventLine(
        key=row.key,
        at=at_words(row.at),
        name=name,
        note=_fold_note(row, language) if row.fold else note_of(row, language),
        phase=PHASES[row.phase],
        lasted="" if row.fold else _lasted(row, language),
        severity=severity,
        area=text(f"events.area_of.{row.kind.area if row.kind else 'unknown'}", language),
        colour=COLOURS[row.severity],
        doubt=text("events.doubt_short", language) if row.doubt and not row.fold else "",
        all=address,
    )


def _lasted(row: EventRow, language: str) -> str:
    if row.is_open:
        return text("events.open", language)
    return "" if row.lasted_s is None else lasted_words(row.lasted_s, language)


def _fold_note(row: EventRow, language: str) -> str:
    fold = row.fold
    if fold is None:
        return ""
    parts = [text("events.folded_span", language, first=day(fold.first_at.date()), last=day(row.at.date()))]
    if fold.shortest_shift_s is not None and fold.longest_shift_s is not None:
        least, most = (signed_words(s, language) for s in (fold.shortest_shift_s, fold.longest_shift_s))
        one = text("events.folded_shift", language, shift=most)
        parts.append(one if least == most else text("events.folded_shifts", language, least=least, most=most))
    if fold.lasted_s:
        parts.append(text("events.folded_lasted", language, lasted=lasted_words(fold.lasted_s, language)))
    if fold.doubtful:
        parts.append(text("events.folded_doubt", language, n=fold.doubtful))
    return dots(parts)


def _facts(details: EventDetails, language: str) -> list[tuple[str, str]]:
    row = details.row
    facts = [
        ("who", text(f"events.who_is.{row.kind.who if row.kind else 'unknown'}", language)),
        ("area", text(f"events.area_of.{row.kind.area if row.kind else 'unknown'}", language)),
        ("column_lasted", _lasted(row, language)),
        ("local", f"{at_words(row.at, seconds=True)} ({local_offset(row.at)})"),
        ("by_meter", _by_meter(row)),
        ("recent", _recent(details, language)),
        ("code", code_words(row.code, language)),
        ("sent", row.raw),
    ]
    return [(key, value) for key, value in facts if value]


def _by_meter(row: EventRow) -> str:
    if row.meter_at is None:
        return ""
    offset = f" ({offset_words(row.meter_offset_min)})" if row.meter_offset_min is not None else ""
    return at_words(row.meter_at, seconds=True) + offset


def _recent(details: EventDetails, language: str) -> str:
    times = counted(details.recent_count, "events.such", language)
    if not details.recent_lasted_s:
        return times
    lasted = lasted_words(details.recent_lasted_s, language)
    return text("events.recent_lasted", language, times=times, lasted=lasted)


def _clocks(page: EventPage, language: str) -> str:
    if not page.rows:
        return ""
    local = local_offset(page.rows[0].at)
    told = next((row.meter_offset_min for row in page.rows if row.meter_offset_min is not None), None)
    if told is None:
        return text("events.clock_local", language, local=local)
    return text("events.clocks", language, local=local, meter=offset_words(told))
