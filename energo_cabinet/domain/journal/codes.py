"""What a meter's event codes mean: СПОДЭС (СТО 34.01-5.1-006, annexes Д and Е) and Меркурий 23x (Н-113, F-4).

A code is written `m23x.2A` (the journal's number, hexadecimal) or `spodes.96.11.0.7` (B…E of the OBIS code, then the
event or quality bit). A code of neither dictionary stays what it is and is shown as unknown.
"""

from __future__ import annotations

import csv
import io
import pkgutil
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from functools import lru_cache
from types import MappingProxyType

LONGEST_CODE = 24


class Severity(IntEnum):
    """How much an event asks of the consumer."""

    INFO = 1
    ATTENTION = 2
    HIGH = 3


class Mark(StrEnum):
    """What one record says: an instant, both ends, only one of them, or a clock before and after."""

    POINT = "point"
    SPAN = "span"
    START = "start"
    END = "end"
    CLOCK = "clock"


AREAS = ("power", "voltage", "load", "relay", "clock", "tamper", "meter", "settings", "link", "unknown")
"""What an event concerns; "unknown" for a code of no dictionary."""

RESPONSIBLE = ("grid", "supplier", "owner", "consumer", "nobody", "unknown")


@dataclass(frozen=True, slots=True)
class Words:
    """Texts of one language."""

    name: str
    meaning: str
    todo: str


@dataclass(frozen=True, slots=True)
class EventKind:
    """One code of a dictionary. `pair`: of an END, the code that began it. `phase` 0: no phase in particular."""

    code: str
    topic: str
    area: str
    severity: Severity
    who: str
    phase: int
    mark: Mark
    pair: str
    words: Mapping[str, Words]


@lru_cache
def kinds() -> Mapping[str, EventKind]:
    """Every known code, in the order of the dictionaries."""
    topics = tomllib.loads(_data("event_topics.toml"))
    rows = csv.DictReader(io.StringIO(_data("event_codes.csv")), delimiter=";")
    found = [_kind(row, topics[row["topic"]]) for row in rows]
    return MappingProxyType({kind.code: kind for kind in found})


def kind_of(code: str) -> EventKind | None:
    """What a code means; None when no dictionary knows it."""
    return kinds().get(code)


def kind_named(name: str) -> EventKind | None:
    """The kind with this Russian name, as cabinets write it into their tables."""
    return _by_name().get(name.strip().casefold())


@lru_cache(maxsize=1024)
def codes_containing(part: str) -> tuple[str, ...]:
    """Codes whose name has `part` in it, in either language, whatever the case."""
    wanted = part.casefold()
    return tuple(code for code, names in _searched() if wanted in names)


def number_of(code: str) -> str:
    """The number a person knows an event by: the last part of its code."""
    return code.rpartition(".")[2]


def worded(facts: Mapping[str, str], language: str) -> dict[str, str]:
    """Facts that name an event by its `code`, with its name as `event` in a language."""
    code = facts.get("code", "")
    kind = kind_of(code) if code else None
    return {**facts, "event": kind.words[language].name if kind else code} if code else dict(facts)


def normal_code(dictionary: str, code: str) -> str:
    """`dictionary` and `code` of a file as one code; "" for what cannot be one.

    m23x: `2A`, `0x2a`. spodes: `0.0.96.11.0.255:7`, `96.11.0.7`. Any other dictionary keeps its code as it is.
    """
    name, text = dictionary.strip().casefold(), code.strip()
    if name == "m23x" and (found := re.fullmatch(r"(?:0x)?([0-9a-f]{1,2})", text.casefold())):
        return f"m23x.{found[1].upper():0>2}"
    if name == "spodes" and (found := re.fullmatch(r"(?:0\.0\.)?(96\.\d{1,2}\.\d{1,2})(?:\.255)?[.:/](\d{1,5})", text)):
        return f"spodes.{found[1]}.{int(found[2])}"
    plain = f"{name}.{text}"
    is_other = name not in ("m23x", "spodes") and re.fullmatch(r"[a-z0-9_-]{1,10}\.[0-9A-Za-z._-]{1,12}", plain)
    return plain if is_other and len(plain) <= LONGEST_CODE else ""


def _data(name: str) -> str:
    return (pkgutil.get_data(__package__ or "", name) or b"").decode()


@lru_cache
def _by_name() -> Mapping[str, EventKind]:
    return {kind.words["ru"].name.casefold(): kind for kind in kinds().values()}


@lru_cache
def _searched() -> tuple[tuple[str, str], ...]:
    return tuple((k.code, "\n".join(w.name.casefold() for w in k.words.values())) for k in kinds().values())


def _kind(row: Mapping[str, str], topic: Mapping[str, object]) -> EventKind:
    words = {language: Words(row[language], *topic[language]) for language in ("ru", "en")}  # type: ignore[misc]
    return EventKind(
        code=row["code"],
        topic=row["topic"],
        area=str(topic["area"]),
        severity=Severity(int(str(topic["severity"]))),
        who=str(topic["who"]),
        phase=int(row["phase"]),
        mark=Mark(row["mark"]),
        pair=row["pair"],
        words=MappingProxyType(words),
    )
