"""What the staff typed into the form of a broadcast, checked field by field. A draft may be unfinished, never wrong."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from energo_cabinet.domain.broadcast import words as wording
from energo_cabinet.domain.form_text import paragraphs, paragraphs_problem, text_problem
from energo_cabinet.errors import InvalidInput
from energo_cabinet.models import Broadcast, ConsumerClass, NotificationKind
from energo_cabinet.services.broadcast.selection import Selection
from energo_cabinet.services.broadcast.words import LONGEST_TEXT, LONGEST_TITLE
from energo_cabinet.services.notice.sending import SENDABLE

LINES = {"title": LONGEST_TITLE, "title_en": LONGEST_TITLE, "works_address": 300}
TEXTS = {"text": LONGEST_TEXT, "text_en": LONGEST_TEXT}
CHOSEN = {"locality": 300, "address_part": 200, "feeder": 60}
MOMENTS = ("works_start", "works_end")
FIELDS = ("kind", *LINES, *TEXTS, *MOMENTS, *CHOSEN, "consumer_class", "debt_from")
MOST_DEBT = Decimal(10**9)


@dataclass(frozen=True, slots=True)
class Typed:
    """Columns of a broadcast by what was typed, and what is wrong with it: field → error code."""

    columns: dict[str, Any]
    problems: dict[str, str]


def typed(values: Mapping[str, str], zone_name: str) -> Typed:
    """Read a form; `works_…` moments are local to the zone."""
    given = {name: value if isinstance(value := values.get(name, ""), str) else "" for name in FIELDS}
    columns, problems = _words(given)
    is_works = given["kind"] == NotificationKind.PLANNED_WORKS
    for name in MOMENTS:
        columns[name] = wording.local_moment(given[name], zone_name) if is_works else None
        if is_works and given[name].strip() and columns[name] is None:
            problems[name] = "wrong_moment"
    columns["works_address"] = columns["works_address"] if is_works else ""
    chosen, wrong = _selection(given)
    problems |= wrong
    if given["kind"] not in SENDABLE:
        problems["kind"] = "unknown_kind"
    return Typed(columns | {"kind": given["kind"]} | chosen, problems)


def selected(values: Mapping[str, str]) -> Selection:
    """The selection alone; InvalidInput when it cannot be read."""
    given = {name: value if isinstance(value := values.get(name, ""), str) else "" for name in FIELDS}
    columns, problems = _selection(given)
    if problems:
        raise InvalidInput(problems)
    return Selection(**columns)


def unfinished(row: Broadcast, at: datetime) -> dict[str, str]:
    """What a draft lacks before it may leave: field → error code."""
    needed = ["title", "text"]
    needed += ["title_en", "text_en"] if row.title_en or row.text_en else []
    needed += [*MOMENTS, "works_address"] if row.kind == NotificationKind.PLANNED_WORKS else []
    found = {name: "required" for name in needed if not getattr(row, name)}
    if row.works_start and row.works_end:
        if row.works_end <= row.works_start:
            found["works_end"] = "period_order"
        elif row.works_end <= at:
            found["works_end"] = "period_past"
    return found


def _words(given: Mapping[str, str]) -> tuple[dict[str, Any], dict[str, str]]:
    columns = {name: given[name].strip() for name in LINES} | {name: paragraphs(given[name]) for name in TEXTS}
    problems = {name: text_problem(columns[name], most) for name, most in LINES.items()}
    problems |= {name: paragraphs_problem(columns[name], most) for name, most in TEXTS.items()}
    for name in ("title", "text", "title_en", "text_en"):
        if wording.unknown_placeholders(columns[name]):
            problems[name] = "unknown_placeholder"
        elif wording.uses(columns[name], "debt") and not given["debt_from"].strip():
            problems[name] = "debt_needs_debtors"
    return columns, {name: code for name, code in problems.items() if code not in ("", "required")}


def _selection(given: Mapping[str, str]) -> tuple[dict[str, Any], dict[str, str]]:
    columns: dict[str, Any] = {name: given[name].strip() for name in CHOSEN}
    problems = {name: text_problem(columns[name], most) for name, most in CHOSEN.items()}
    wanted, columns["consumer_class"] = given["consumer_class"], None
    if wanted in set(ConsumerClass):
        columns["consumer_class"] = ConsumerClass(wanted)
    elif wanted:
        problems["consumer_class"] = "invalid"
    columns["debt_from_rub"], problems["debt_from"] = _amount(given["debt_from"])
    return columns, {name: code for name, code in problems.items() if code not in ("", "required")}


def _amount(text: str) -> tuple[Decimal | None, str]:
    """«1 000,50» as a sum and ""; None for nothing typed."""
    plain = "".join(text.split()).replace(",", ".")
    if not plain:
        return None, ""
    try:
        amount = Decimal(plain)
    except InvalidOperation:
        return None, "wrong_amount"
    if not amount.is_finite() or not 0 <= amount <= MOST_DEBT or amount != round(amount, 2):
        return None, "wrong_amount"
    return amount, ""
