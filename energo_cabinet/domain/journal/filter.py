"""What of a journal is asked for, and where in it a page begins."""

from __future__ import annotations

import re
from dataclasses import dataclass

from energo_cabinet.domain.journal.codes import AREAS
from energo_cabinet.domain.time.period import Period

PAGE = 50
FOLD_FROM = 3
"""Repeats of a night event within a month that make one line."""

_CODE = re.compile(r"[A-Za-z0-9._-]{1,24}")
_CURSOR = re.compile(r"(\d{1,11})~([A-Za-z0-9._-]{1,24})(?:~(\d{1,9}))?", re.ASCII)


@dataclass(frozen=True, slots=True)
class EventFilter:
    """Local days of a period; `kind`: an area or a code; 0 and "" mean all; `fold`: night repeats in one line."""

    period: Period
    kind: str = ""
    severity: int = 0
    phase: int = 0
    text: str = ""
    fold: bool = True

    @property
    def problems(self) -> dict[str, str]:
        """Field → error code of whatever cannot be asked."""
        found: dict[str, str] = {}
        if not isinstance(self.kind, str) or (self.kind and not _CODE.fullmatch(self.kind)):
            found["kind"] = "event_kind_invalid"
        if type(self.severity) is not int or self.severity not in (0, 1, 2, 3):
            found["severity"] = "event_severity_invalid"
        if type(self.phase) is not int or self.phase not in (0, 1, 2, 3):
            found["phase"] = "event_phase_invalid"
        if not isinstance(self.text, str) or len(self.text) > 100 or "\x00" in self.text:
            found["text"] = "event_text_invalid"
        return found

    @property
    def area(self) -> str:
        """The area asked for; "" when `kind` is a code or all."""
        return self.kind if self.kind in AREAS else ""


@dataclass(frozen=True, slots=True, order=True)
class Cursor:
    """A place in a journal: the event that begins at `started` (epoch seconds) with `code`.

    `point`: in a journal of several points the one it happened at, else 0.
    """

    started: int
    code: str
    point: int = 0

    def __str__(self) -> str:
        return f"{self.started}~{self.code}" + (f"~{self.point}" if self.point else "")


def cursor_of(text: object) -> Cursor | None:
    """The place that `str(cursor)` wrote; None for anything else."""
    found = _CURSOR.fullmatch(text) if isinstance(text, str) else None
    return Cursor(int(found[1]), found[2], int(found[3] or 0)) if found else None
