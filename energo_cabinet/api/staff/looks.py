"""The report about who looked at whose data, as CSV."""

from __future__ import annotations

from functools import partial

from fastapi import APIRouter, Request, Response

from energo_cabinet.api.door import ask, caller
from energo_cabinet.api.energy.download import word_of
from energo_cabinet.services.staff.look import look_report, look_table
from energo_cabinet.services.table import as_csv

router = APIRouter(prefix="/staff")


@router.get("/looks.csv", response_class=Response)
async def looks_csv(request: Request, by: str = "", value: str = "", first: str = "", last: str = "") -> Response:
    """`by` account, address, session or phone with its `value`; `first`, `last` local, YYYY-MM-DDTHH:MM."""
    table = look_table(await ask(request, look_report, by, value, first, last))
    headers = {"Content-Disposition": f'attachment; filename="{table.name}.csv"', "Cache-Control": "no-store"}
    body = as_csv(table, partial(word_of, caller(request).language))
    return Response(body, media_type="text/csv", headers=headers)
