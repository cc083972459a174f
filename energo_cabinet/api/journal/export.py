"""Download of a point's journal with the filters of its page (Н-103…Н-106): CSV, sent while it is read."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable
from dataclasses import replace

from fastapi import APIRouter, Request, Response
from fastapi.responses import StreamingResponse

from energo_cabinet.api.door import ask, caller
from energo_cabinet.domain.journal.codes import number_of
from energo_cabinet.domain.journal.filter import EventFilter
from energo_cabinet.domain.time.period import typed_period
from energo_cabinet.i18n import text
from energo_cabinet.services.energy.export import csv_head, csv_lines
from energo_cabinet.services.journal.export import EventPart, event_part
from energo_cabinet.services.journal.row import EventRow

router = APIRouter(prefix="/points/{point_id}")

COLUMNS = (
    "at",
    "offset",
    "ended_at",
    "lasted",
    "event",
    "severity",
    "phase",
    "meter_at",
    "shift",
    "doubt",
    "code",
    "sent",
)


@router.get("/events.csv", response_class=Response)
async def events_csv(
    request: Request,
    point_id: int,
    first: str = "",
    last: str = "",
    kind: str = "",
    severity: int = 0,
    phase: int = 0,
    text: str = "",
) -> Response:
    """Events of `first`…`last` (YYYY-MM-DD), the newest first, every repeat by itself."""
    asked = replace(EventFilter(typed_period(first, last), kind, severity, phase, text), fold=False)
    part = await ask(request, event_part, point_id, asked)
    headers = {
        "Content-Disposition": f'attachment; filename="events-{point_id}-{first}-{last}.csv"',
        "Cache-Control": "no-store",
    }
    return StreamingResponse(_parts(request, point_id, asked, part), media_type="text/csv", headers=headers)


async def _parts(request: Request, point_id: int, asked: EventFilter, part: EventPart) -> AsyncIterator[bytes]:
    """The first part decides whether there is a file at all; the others are asked for as the reader takes them."""
    language = caller(request).language
    yield csv_head([text(f"csv.event_{name}", language) for name in COLUMNS])
    yield csv_lines(_cells(part.rows, language))
    while part.next:
        part = await ask(request, event_part, point_id, asked, part.next)
        yield csv_lines(_cells(part.rows, language))


def _cells(rows: Iterable[EventRow], language: str) -> Iterable[tuple[str | int | None, ...]]:
    for row in rows:
        yield (
            f"{row.at:%Y-%m-%d %H:%M:%S}",
            f"UTC{row.at:%z}",
            f"{row.ended_at:%Y-%m-%d %H:%M:%S}" if row.ended_at else None,
            row.lasted_s,
            row.kind.words[language].name if row.kind else text("events.unknown", language, number=number_of(row.code)),
            text(f"events.severity_of.{row.severity}", language),
            row.phase or None,
            f"{row.meter_at:%Y-%m-%d %H:%M:%S}" if row.meter_at else None,
            row.shift_s,
            text("events.doubt_short", language) if row.doubt else None,
            row.code,
            row.raw,
        )
