"""Downloads of bills and payments (Н-43): CSV for spreadsheets, in the caller's language."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from energo_cabinet.api.door import ask
from energo_cabinet.api.energy.download import as_file
from energo_cabinet.services.bill import export

router = APIRouter()


@router.get("/contracts/{contract_id}/bills.csv", response_class=Response)
async def bills_csv(request: Request, contract_id: int) -> Response:
    """Charged, paid and balance of every month."""
    return await as_file(request, await ask(request, export.bills_table, contract_id))


@router.get("/bills/{bill_id}.csv", response_class=Response)
async def bill_csv(request: Request, bill_id: int) -> Response:
    """The lines of a bill."""
    return await as_file(request, await ask(request, export.bill_table, bill_id))
