"""A ticket about an event of the journal, prefilled with its words and its point (F-3, R-20)."""

from __future__ import annotations

from urllib.parse import urlencode

from energo_cabinet import routes
from energo_cabinet.formatting import moment, number
from energo_cabinet.i18n import text
from energo_cabinet.services.journal.row import EventRow
from energo_cabinet.services.quality.claim import QualityTerms
from energo_cabinet.state.journal.event_words import lasted_words, name_of

OF_QUALITY = ("voltage", "power")
LONGEST_THEME = 120


def ticket_about(row: EventRow, point_id: int, terms: QualityTerms, language: str) -> str:
    """The address of «Создать обращение» about it."""
    name, area = name_of(row, language), row.kind.area if row.kind else "unknown"
    parts = [text("tickets.of_event.text", language, at=moment(row.at), name=name)]
    if row.lasted_s:
        parts.append(text("tickets.of_event.lasted", language, lasted=lasted_words(row.lasted_s, language)))
    if area in OF_QUALITY:
        percent = number(terms.percent_an_hour, language, 2)
        parts.append(text("tickets.of_event.reduction", language, percent=percent, source=terms.source))
    else:
        parts.append(text("tickets.of_event.check", language))
    given = {
        "category": "quality" if area in OF_QUALITY else "meter",
        "theme": name[:LONGEST_THEME],
        "text": "\n".join(parts),
        "point": str(point_id),
    }
    return f"{routes.TICKET_NEW}?{urlencode(given)}"
