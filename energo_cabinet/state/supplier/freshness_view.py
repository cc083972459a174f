"""How old a supplier's data are, in a line for people: «данные поставщика на 10:30»."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from energo_cabinet.formatting import moment
from energo_cabinet.i18n import text
from energo_cabinet.services.supplier.freshness import Freshness


@dataclass(frozen=True)
class FreshnessView:
    """`words` "" when there is nothing to say; `tone`: "muted", "loading" or "warning"."""

    words: str = ""
    tone: str = "muted"


def freshness_view(found: Freshness | None, language: str) -> FreshnessView:
    """The line; nothing for data that are kept here."""
    if found is None:
        return FreshnessView()
    if found.is_stale and found.failing_since is not None:
        since = _when(found.failing_since, found.at)
        key = "sync.stale" if found.as_of else "sync.stale_empty"
        shown = _when(found.as_of, found.at) if found.as_of else ""
        return FreshnessView(text(key, language, since=since, moment=shown), "warning")
    if found.is_loading or found.as_of is None:
        return FreshnessView(text("sync.loading", language), "loading")
    return FreshnessView(text("sync.as_of", language, moment=_when(found.as_of, found.at)))


def _when(at: datetime, now: datetime) -> str:
    """The time of today, else the day as well."""
    return f"{at:%H:%M}" if at.date() == now.date() else moment(at)
