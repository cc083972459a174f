"""Downloads of what the pages show (Н-98…Н-102): CSV for spreadsheets, in the caller's language."""

from __future__ import annotations

import asyncio
from functools import lru_cache, partial

from fastapi import APIRouter, Request, Response

from energo_cabinet.api.door import ask, caller
from energo_cabinet.domain.time.local_day import By
from energo_cabinet.domain.time.period import typed_period
from energo_cabinet.i18n import text
from energo_cabinet.models import Channel
from energo_cabinet.services.energy import export
from energo_cabinet.services.network import export as network_export
from energo_cabinet.services.table import Label, Table, as_csv

router = APIRouter(prefix="/points/{point_id}")


@router.get("/readings.csv", response_class=Response)
async def readings_csv(
    request: Request, point_id: int, by: By = "days", first: str = "", last: str = "", compare: bool = False
) -> Response:
    """Consumption by months, weeks or days of `first`…`last` (YYYY-MM-DD)."""
    table = await ask(request, export.readings_table, point_id, by, typed_period(first, last), compare)
    return await as_file(request, table)


@router.get("/load-profile.csv", response_class=Response)
async def load_profile_csv(
    request: Request, point_id: int, first: str = "", last: str = "", step: int = 30, channel: str = Channel.A_PLUS
) -> Response:
    """Interval values of a channel in `first`…`last` (YYYY-MM-DD)."""
    table = await ask(request, export.load_profile_table, point_id, typed_period(first, last), step, channel)
    return await as_file(request, table)


@router.get("/network.csv", response_class=Response)
async def network_csv(request: Request, point_id: int, first: str = "", last: str = "", step: int = 10) -> Response:
    """Network parameters in `first`…`last` (YYYY-MM-DD) every 10 minutes, or every `step` minutes as they came."""
    table = await ask(request, network_export.network_table, point_id, typed_period(first, last), step)
    return await as_file(request, table)


async def as_file(request: Request, table: Table) -> Response:
    """The table as a file; written off the event loop, a year of half-hours takes a while."""
    word = partial(word_of, caller(request).language)
    content = await asyncio.to_thread(as_csv, table, word)
    headers = {"Content-Disposition": f'attachment; filename="{table.name}.csv"', "Cache-Control": "no-store"}
    return Response(content, media_type="text/csv; charset=utf-8", headers=headers)


def word_of(language: str, label: Label) -> str:
    """The text of a label."""
    if label.catalogue == "csv":
        return _word(language, label.key, label.zone)
    return text(f"{label.catalogue}.{label.key}", language, **dict(label.facts))


@lru_cache(maxsize=256)
def _word(language: str, key: str, zone: str) -> str:
    """Of columns and qualities, which a long table repeats."""
    return text(f"csv.{key}", language, zone=zone).strip()
