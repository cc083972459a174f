"""Imports in the words and the shapes the pages show."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from energo_cabinet import routes
from energo_cabinet.formatting import day, dots, moment, number, percent, quantity
from energo_cabinet.i18n import text
from energo_cabinet.services.imports.drop import RefusedRow
from energo_cabinet.services.imports.journal import ImportCard, ImportDetail
from energo_cabinet.services.imports.token import TokenEntry
from energo_cabinet.services.imports.version import DayVersions, ReplacedDay

LOOKS = {
    "waiting": ("wait", "gray"),
    "running": ("run", "info"),
    "done": ("ok", "success"),
    "partial": ("part", "warning"),
    "refused": ("bad", "danger"),
    "cancelled": ("wait", "gray"),
    "failed": ("bad", "danger"),
}
"""Status → the look of its sign and the tone of its badge."""

KINDS = {"80020", "80020*", "csv", "events", "transformers", "network", "network norms", "readings", "serials"}
OPEN = ("waiting", "running")


@dataclass(frozen=True)
class ImportRow:
    """An import in the list; `percent` -1: not known how far. `can_repeat`: it is over."""

    id: int = 0
    name: str = ""
    meta: str = ""
    note: str = ""
    state: str = ""
    status: str = ""
    look: str = ""
    tone: str = ""
    percent: int = -1
    is_open: bool = False
    is_running: bool = False
    is_bad: bool = False
    address: str = ""


@dataclass(frozen=True)
class Fact:
    """A line of facts."""

    label: str
    value: str


@dataclass(frozen=True)
class RefusalRow:
    """A refused row."""

    key: str
    place: str
    words: str


@dataclass(frozen=True)
class ReplacedRow:
    """A day that was replaced."""

    key: int
    point: str
    channel: str
    day: str
    before: str
    after: str
    difference: str
    address: str


@dataclass(frozen=True)
class VersionHead:
    """A column of the comparison: a version of the day."""

    title: str
    note: str
    total: str
    address: str


@dataclass(frozen=True)
class SlotRow:
    """A line of the comparison; `changed` when the last two versions differ."""

    key: str
    time: str
    cells: tuple[str, ...]
    difference: str
    is_changed: bool


@dataclass(frozen=True)
class TokenRow:
    """A token that holds good."""

    id: int
    name: str
    ending: str
    issued: str
    used: str


def row_of(card: ImportCard, language: str) -> ImportRow:
    """An import in the list."""
    state = card.status.value
    look, tone = LOOKS[state]
    way = text(f"imports.way.{card.way.value}", language)
    return ImportRow(
        id=card.id,
        name=card.name,
        meta=dots((moment(card.created_at), way, card.sender, size_words(card.size, language))),
        note=_note(card, language),
        state=state,
        status=text("imports.stopping" if card.is_stopping else f"imports.status.{state}", language),
        look=look,
        tone=tone,
        percent=-1 if card.progress is None else int(card.progress * 100),
        is_open=state in OPEN and not card.is_stopping,
        is_running=state == "running",
        is_bad=state in ("refused", "failed"),
        address=routes.staff_import(card.id),
    )


def _note(card: ImportCard, language: str) -> str:
    state = card.status.value
    if state in ("done", "partial"):
        return counts(card, language)
    if state == "refused" and card.first is not None:
        return refusal_words(card.first, language)
    if state == "running" and card.progress is not None:
        return text("imports.note_read", language, share=percent(card.progress, language))
    return text(f"imports.note_{state}", language)


def counts(card: ImportCard, language: str) -> str:
    """«Записано 3 744, заменено 18»: what is not zero."""
    names = ("stored", "replaced", "unchanged", "refused")
    told = [(name, getattr(card, name)) for name in names if getattr(card, name)]
    words = ", ".join(text(f"imports.count_{name}", language, n=number(n, language, 0)) for name, n in told)
    return words[:1].upper() + words[1:] if words else text("imports.count_none", language)


def facts_of(detail: ImportDetail, language: str) -> list[Fact]:
    """What the page of an import says about the file."""
    card = detail.card
    kind = " + ".join(_kind(name, language) for name in card.kind.split("+") if name)
    way = text(f"imports.way.{card.way.value}", language)
    pairs = [
        ("sender", card.sender),
        ("way_label", way),
        ("created", moment(card.created_at)),
        ("finished", moment(card.finished_at) if card.finished_at else ""),
        ("kind_label", kind),
        ("points", number(card.points, language, 0) if card.points else ""),
        ("size", size_words(card.size, language)),
        ("sha256", card.sha256),
        *((f"option.{name}", str(value)) for name, value in detail.options.items() if value and name != "create"),
    ]
    if detail.options.get("create"):
        pairs.append(("option.create", text("imports.yes", language)))
    return [Fact(text(f"imports.{key}", language), value) for key, value in pairs if value]


def _kind(name: str, language: str) -> str:
    return text(f"imports.kind.{name.replace(' ', '_').replace('*', '_star')}", language) if name in KINDS else name


def refusal_words(row: RefusedRow, language: str) -> str:
    """«строка 12: отрицательное значение «-1»»."""
    place, words = place_words(row, language), text(f"import.{row.code}", language, **row.params)
    return f"{place}: {words}" if place else words[:1].upper() + words[1:]


def place_words(row: RefusedRow, language: str) -> str:
    """Where in the file."""
    line = text("imports.line", language, line=number(row.line, language, 0)) if row.line else ""
    found = ", ".join(filter(None, (row.member, line)))
    return found[:1].upper() + found[1:] if not row.member else found


def refusal_row(row: RefusedRow, index: int, language: str) -> RefusalRow:
    """A line of the list of refusals."""
    words = text(f"import.{row.code}", language, **row.params)
    whole = text("imports.whole_file", language)
    return RefusalRow(str(index), place_words(row, language) or whole, words[:1].upper() + words[1:])


def replaced_row(row: ReplacedDay, language: str) -> ReplacedRow:
    """A day that was replaced."""
    before, after = row.before_wh / 1000, row.after_wh / 1000
    return ReplacedRow(
        key=row.id,
        point=row.point,
        channel=row.channel,
        day=day(row.day),
        before=number(before, language, 3),
        after=number(after, language, 3),
        difference=number(after - before, language, 3, signed=True),
        address=routes.staff_import_day(row.id),
    )


def version_heads(found: DayVersions, language: str) -> list[VersionHead]:
    """The columns, oldest first."""
    made = []
    for index, one in enumerate(found.versions):
        is_last = index == len(found.versions) - 1
        name = one.file_name or text("imports.no_file", language)
        sent = text("imports.message_number", language, number=one.number) if one.number is not None else ""
        title = text("imports.in_force", language) if is_last else text("imports.version", language, n=index + 1)
        address = routes.staff_import(one.job_id) if one.job_id else ""
        note = dots((name, sent, moment(one.arrived_at) if one.arrived_at else ""))
        made.append(VersionHead(title, note, number(one.total_wh / 1000, language, 3), address))
    return made


def slot_rows(found: DayVersions, language: str) -> list[SlotRow]:
    """The lines, a slot each."""
    rows = []
    for slot in found.slots:
        before, after = slot.values[-2] if len(slot.values) > 1 else None, slot.values[-1]
        difference = (after or 0) - (before or 0)
        cells = tuple(number(None if v is None else v / 1000, language, 3) for v in slot.values)
        shown = number(difference / 1000, language, 3, signed=True) if before != after else ""
        rows.append(SlotRow(slot.start.isoformat(), clock(slot.start), cells, shown, before != after))
    return rows


def token_row(entry: TokenEntry, language: str) -> TokenRow:
    """A token in the list."""
    used = moment(entry.last_used_at) if entry.last_used_at else text("imports.never", language)
    return TokenRow(entry.id, entry.name, f"…{entry.ending}", dots((moment(entry.created_at), entry.created_by)), used)


def clock(at: datetime) -> str:
    """00:30."""
    return f"{at:%H:%M}"


def size_words(size: int, language: str) -> str:
    """«120 КБ», «1,2 МБ»."""
    if size < 1 << 20:
        return quantity(max(1, round(size / 1024)), text("tickets.kilobytes", language), language, 0)
    return quantity(size / (1 << 20), text("tickets.megabytes", language), language, 1)
