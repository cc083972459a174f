"""Filters of a journal in the page's address: read from it (nothing is trusted), written to it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from energo_cabinet.domain.time.period import Period
from energo_cabinet.errors import InvalidInput
from energo_cabinet.state.period import address, told_period

DAYS_SHOWN = 30
_NUMBERS = ("", "1", "2", "3")
_POINT = re.compile(r"([1-9][0-9]{0,8})?", re.ASCII)


def default_period(newest: date) -> Period:
    """The thirty days up to the newest event."""
    return Period(newest - timedelta(days=DAYS_SHOWN - 1), newest)


@dataclass(frozen=True, slots=True)
class EventChoices:
    """What an address chooses; `period` None: not said. `fold` "0": every repeat by itself."""

    period: Period | None = None
    kind: str = ""
    severity: str = ""
    phase: str = ""
    text: str = ""
    fold: str = ""
    point: str = ""
    before: str = ""
    after: str = ""

    @classmethod
    def of(cls, query: Mapping[str, str]) -> EventChoices:
        """InvalidInput for what cannot be a number or a day; the rest is the service's to know."""
        for name in ("severity", "phase"):
            if query.get(name, "") not in _NUMBERS:
                raise InvalidInput({name: f"event_{name}_invalid"})
        if not _POINT.fullmatch(query.get("point", "")):
            raise InvalidInput({"point": "invalid"})
        return cls(
            period=told_period(query),
            kind=query.get("kind", "")[:40],
            severity=query.get("severity", ""),
            phase=query.get("phase", ""),
            text=query.get("text", ""),
            fold="0" if query.get("fold") == "0" else "",
            point=query.get("point", ""),
            before=query.get("before", "")[:60],
            after=query.get("after", "")[:60],
        )

    def changed(self, **other: str) -> EventChoices:
        """With other filters, from the first page on unless a cursor is among them."""
        return replace(self, **{"before": "", "after": "", **other})  # type: ignore[arg-type]

    def filters(self) -> dict[str, Any]:
        """The fields of EventFilter beside its days."""
        return {
            "kind": self.kind,
            "severity": int(self.severity or 0),
            "phase": int(self.phase or 0),
            "text": self.text,
            "fold": self.fold != "0",
        }

    def shown(self) -> dict[str, str]:
        """For the fields of the toolbar; `is_filtered` "1" when something but the period is chosen."""
        names = ("kind", "severity", "phase", "text", "point")
        fields = {name: getattr(self, name) for name in names}
        return {**fields, "fold": self.fold, "is_filtered": "1" if any(fields.values()) else ""}

    def address(self, path: str, period: Period | None) -> str:
        """The address of these choices for a period."""
        names = ("kind", "severity", "phase", "text", "point", "fold", "before", "after")
        return address(path, period, **{name: getattr(self, name) for name in names})
