"""Uploads of measured values by staff, and the refused rows of an import as a table."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse

from energo_cabinet.api.door import ask
from energo_cabinet.api.energy.download import as_file
from energo_cabinet.api.form_file import drain
from energo_cabinet.api.incoming import name_of, received
from energo_cabinet.errors import CabinetError
from energo_cabinet.services.imports import job, journal
from energo_cabinet.services.imports.bytes import drop_import
from energo_cabinet.services.imports.export import refusals_table
from energo_cabinet.services.imports.options import options_of

router = APIRouter(prefix="/staff/imports", include_in_schema=True)


@router.post("", status_code=202, openapi_extra={"requestBody": {"content": {"application/octet-stream": {}}}})
async def upload(request: Request, name: str = "") -> JSONResponse:
    """Queue the body as a file; the other query parameters say how a foreign table is to be read."""
    try:
        options = options_of(dict(request.query_params))
        await ask(request, job.allow_import)
        kept = await received(request, name_of(request, name))
    except CabinetError as error:
        if error.code != "body_too_large":  # the edge gives up, nothing more comes
            await drain(request)
        raise
    try:
        job_id = await ask(request, job.add_import, kept, options)
    except BaseException:
        drop_import(kept.key)
        raise
    return JSONResponse({"id": job_id, "name": kept.name, "size": kept.size, "sha256": kept.sha256}, 202)


@router.get("/{job_id}/refusals.csv", response_class=Response)
async def refusals(request: Request, job_id: int) -> Response:
    """Refused rows: file, line, reason."""
    page = await ask(request, journal.import_refusals, job_id, 0, journal.MOST_ROWS)
    return await as_file(request, refusals_table(job_id, page.items))
