"""Uploads of measured values by staff, and the refused rows of an import as a table."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse

from energo_cabinet.api.door import ask, caller
from energo_cabinet.api.incoming import drain, name_of, received
from energo_cabinet.errors import CabinetError
from energo_cabinet.i18n import text
from energo_cabinet.services.imports import job, journal
from energo_cabinet.services.imports.bytes import drop_import
from energo_cabinet.services.imports.drop import RefusedRow
from energo_cabinet.services.imports.options import options_of
from energo_cabinet.services.refusal_table import refusal_csv

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
    language = caller(request).language
    head = [text(f"imports.csv_{name}", language) for name in ("file", "line", "reason")]
    rows = [(row.member, row.line or None, words_of(row, language)) for row in page.items]
    headers = {"Content-Disposition": f'attachment; filename="import-{job_id}-refusals.csv"'}
    return Response(refusal_csv(head, rows), media_type="text/csv; charset=utf-8", headers=headers)


def words_of(row: RefusedRow, language: str) -> str:
    """Why a row was refused."""
    return text(f"import.{row.code}", language, **row.params)
