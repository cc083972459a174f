"""Codes of all contracts as CSV for the supplier's own billing, sent while they are read."""

from __future__ import annotations

from collections.abc import AsyncIterator
from functools import partial

from fastapi import APIRouter, Request, Response
from fastapi.responses import StreamingResponse

from energo_cabinet.api.door import ask, caller
from energo_cabinet.api.energy.download import word_of
from energo_cabinet.services.customers.codes import CodesPart, contract_codes
from energo_cabinet.services.table import Label, csv_begin, csv_part

router = APIRouter(prefix="/staff", include_in_schema=True)
COLUMNS = (Label("contract_number"), Label("link_code"))


@router.get("/contract-codes.csv", response_class=Response)
async def codes_csv(request: Request, supplier: int | None = None) -> Response:
    """Number and code of each contract; a code holds until somebody has used it."""
    part = await ask(request, contract_codes, 0, supplier)
    headers = {"Content-Disposition": 'attachment; filename="contract-codes.csv"', "Cache-Control": "no-store"}
    return StreamingResponse(_parts(request, supplier, part), media_type="text/csv", headers=headers)


async def _parts(request: Request, supplier: int | None, part: CodesPart) -> AsyncIterator[bytes]:
    word = partial(word_of, caller(request).language)
    yield csv_begin(COLUMNS, word)
    yield csv_part(part.rows, word)
    while part.after:
        part = await ask(request, contract_codes, part.after, supplier)
        yield csv_part(part.rows, word)
