"""Downloads of «Данные учета энергоресурсов» (Э-56): CSV and XLSX, in the caller's language."""

from __future__ import annotations

import asyncio
from dataclasses import asdict, dataclass
from functools import partial
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request, Response

from energo_cabinet.api.door import ask, caller
from energo_cabinet.api.energy.download import as_file, word_of
from energo_cabinet.domain.time.period import typed_period
from energo_cabinet.services.energy import data_export
from energo_cabinet.services.table import as_xlsx

router = APIRouter()

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True)
class Asked:
    """The query of either file."""

    by: str = "days"
    first: str = ""
    last: str = ""
    points: str = ""
    split: str = "points"
    unit: str = ""
    channel: str = ""

    def question(self) -> dict[str, Any]:
        """As `energy_table` takes it."""
        given = asdict(self)
        return given | {"period": typed_period(given.pop("first"), given.pop("last"))}


@router.get("/data.csv", response_class=Response)
async def data_csv(request: Request, asked: Annotated[Asked, Depends()]) -> Response:
    """Values of a set of points (`points=1,2`; none: all) by half_hours … years of `first`…`last` (YYYY-MM-DD)."""
    table = await ask(request, data_export.energy_table, **asked.question())
    return await as_file(request, table)


@router.get("/data.xlsx", response_class=Response)
async def data_xlsx(request: Request, asked: Annotated[Asked, Depends()]) -> Response:
    """The same as a workbook."""
    table = await ask(request, data_export.energy_table, **asked.question())
    content = await asyncio.to_thread(as_xlsx, table, partial(word_of, caller(request).language))
    headers = {"Content-Disposition": f'attachment; filename="{table.name}.xlsx"', "Cache-Control": "no-store"}
    return Response(content, media_type=XLSX, headers=headers)
