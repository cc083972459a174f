"""A plan's file comes in, a comparison goes out (F-7): CSV or XLSX, each wrong line told."""

from __future__ import annotations

import asyncio
from datetime import date
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response, UploadFile
from fastapi.responses import JSONResponse

from energo_cabinet.api.door import ask, caller
from energo_cabinet.api.energy.download import as_file
from energo_cabinet.api.problem import problem
from energo_cabinet.domain.time.period import Period
from energo_cabinet.domain.typed import MAX_ID
from energo_cabinet.errors import ImportRefused, TooLarge
from energo_cabinet.i18n import text
from energo_cabinet.services.control import plan, plan_export
from energo_cabinet.services.control.plan_file import read_plan_file

LARGEST = 2 << 20
Target = Annotated[int | None, Query(ge=1, le=MAX_ID)]

router = APIRouter()
_at_once = asyncio.Semaphore(2)  # each file is parsed in a process of its own


@router.post("/plan-file", status_code=201, responses={422: {"description": "Refused: `lines` say where and why"}})
async def plan_file(request: Request, file: UploadFile, point: Target = None, group: Target = None) -> JSONResponse:
    """Take the plan of a point or a group, all of the file or nothing."""
    zone_name = await ask(request, plan.plan_zone, point_id=point, group_id=group)
    data = await file.read(LARGEST + 1)
    if len(data) > LARGEST:
        raise TooLarge("plan_file_too_large", "file", megabytes=LARGEST >> 20)
    try:
        async with _at_once:
            days = await asyncio.to_thread(read_plan_file, data, zone_name)
    except ImportRefused as refused:
        return _refused(request, refused)
    changed = await ask(
        request, plan.store_plan_file, days, (file.filename or "")[-255:], point_id=point, group_id=group
    )
    body = {"days": len(days), "changed": changed, "first": min(days).isoformat(), "last": max(days).isoformat()}
    return JSONResponse(body, 201)


@router.get("/plan-fact.csv", response_class=Response)
async def plan_fact_csv(
    request: Request, first: date, last: date, point: Target = None, group: Target = None
) -> Response:
    """Plan, fact and deviation by the hour of `first`…`last` (YYYY-MM-DD)."""
    table = await ask(request, plan_export.plan_fact_table, Period(first, last), point_id=point, group_id=group)
    return await as_file(request, table)


def _refused(request: Request, refused: ImportRefused) -> JSONResponse:
    language = caller(request).language
    lines = [
        {"line": notice.line, "words": text(f"import.{notice.code}", language, **notice.params)}
        for notice in refused.notices
    ]
    return problem(422, "plan_file_refused", text("error.plan_file_refused", language), lines=lines)
