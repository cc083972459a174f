"""Download of a point's journal with the filters of its page (Н-103…Н-106): CSV, sent while it is read."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from functools import partial

from fastapi import APIRouter, Request, Response
from fastapi.responses import StreamingResponse

from energo_cabinet.api.door import ask, caller
from energo_cabinet.api.energy.download import word_of
from energo_cabinet.domain.journal.filter import EventFilter
from energo_cabinet.domain.time.period import typed_period
from energo_cabinet.services.journal.export import COLUMNS, EventPart, event_part
from energo_cabinet.services.table import csv_begin, csv_part

router = APIRouter(prefix="/points/{point_id}")


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
    word = partial(word_of, caller(request).language)
    yield csv_begin(COLUMNS, word)
    yield csv_part(part.rows, word)
    while part.next:
        part = await ask(request, event_part, point_id, asked, part.next)
        yield csv_part(part.rows, word)
