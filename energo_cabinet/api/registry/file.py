"""A registry file comes in to be previewed, its template goes out. Written it is from the page, after a look."""

from __future__ import annotations

import asyncio
import hashlib

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse

from energo_cabinet import routes
from energo_cabinet.api.door import ask, caller
from energo_cabinet.api.form_file import file_of
from energo_cabinet.api.problem import problem
from energo_cabinet.domain.registry.row import RowKind
from energo_cabinet.errors import ImportRefused, TooLarge
from energo_cabinet.i18n import text
from energo_cabinet.services.registry import file as registry_import

LARGEST = 10 << 20
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

router = APIRouter(prefix="/staff")
_at_once = asyncio.Semaphore(2)  # each file is parsed in a process of its own


@router.post(
    "/registry-file",
    status_code=201,
    openapi_extra={"requestBody": {"content": {"multipart/form-data": {}}}},
    responses={422: {"description": "Refused: `lines` say where and why"}},
)
async def registry_file(request: Request) -> JSONResponse:
    """Take a file of points and meters and work out what becomes of each row; `go`: the page that shows it."""
    await ask(request, registry_import.may_import_registry)
    file = await file_of(
        request, LARGEST, TooLarge("registry_file_too_large", "file", megabytes=LARGEST >> 20), "registry_file_missing"
    )
    try:
        data = await file.read()
        async with _at_once:
            rows = await asyncio.to_thread(registry_import.read_registry_file, data)
    except ImportRefused as refused:
        return _refused(request, refused)
    finally:
        await file.close()
    digest = hashlib.sha256(data).hexdigest()
    kept = await ask(request, registry_import.preview_registry, file.filename or "", digest, rows)
    body = {"id": kept.id, "go": f"{routes.STAFF_REGISTRY_IMPORT}?file={kept.id}", **kept.counts}
    return JSONResponse(body, 201)


@router.get("/registry-template.xlsx", response_class=Response)
async def template(request: Request, kind: RowKind = "points") -> Response:
    """An empty table with the headings that are understood, in the caller's language."""
    await ask(request, registry_import.may_import_registry)
    language = caller(request).language
    example = {"point": "P-0001", "name": text("registry.point_card", language), "serial": "41907352"}
    example |= {"installed_on": "2026-01-15", "tariff": "2Z" if kind == "prices" else "", "zone": "T1", "price": "6.17"}
    example |= {"valid_from": "2027-01-01", "normative": text("registry.field.normative", language), "value": "50"}
    example |= {"unit": text("tariffs.unit_example", language)}
    content = await asyncio.to_thread(registry_import.registry_template, language == "ru", example, kind)
    headers = {"Content-Disposition": 'attachment; filename="registry.xlsx"', "Cache-Control": "no-store"}
    return Response(content, media_type=XLSX, headers=headers)


def _refused(request: Request, refused: ImportRefused) -> JSONResponse:
    language = caller(request).language
    lines = [
        {"line": notice.line, "words": text(f"import.{notice.code}", language, **notice.params)}
        for notice in refused.notices
    ]
    return problem(422, "registry_file_refused", text("error.registry_file_refused", language), lines=lines)
