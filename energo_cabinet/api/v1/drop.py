"""Where a supplier's machines leave files: a bearer token, a body, an address to ask at later."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request, Security
from fastapi.responses import JSONResponse
from fastapi.security import HTTPBearer
from pydantic import BaseModel

from energo_cabinet.api.door import ask, caller
from energo_cabinet.api.form_file import drain
from energo_cabinet.api.incoming import name_of, received
from energo_cabinet.api.v1.schema import PROBLEMS
from energo_cabinet.api.v1.way_in import bearer_of
from energo_cabinet.errors import CabinetError
from energo_cabinet.i18n import text
from energo_cabinet.services.imports import drop
from energo_cabinet.services.imports.bytes import drop_import
from energo_cabinet.services.imports.options import options_of

scheme = HTTPBearer(auto_error=False, scheme_name="ImportToken", description="A token of the imports page")
router = APIRouter(prefix="/drop", tags=["imports"], responses=PROBLEMS, dependencies=[Security(scheme)])
BODY: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {
            "application/octet-stream": {"schema": {"type": "string", "format": "binary"}},
            "multipart/form-data": {
                "schema": {"type": "object", "properties": {"file": {"type": "string", "format": "binary"}}}
            },
        },
    }
}


class DropTaken(BaseModel):
    """A file that waits its turn."""

    id: int
    status: str
    url: str
    sha256: str


class DropRefusal(BaseModel):
    """A row that was not taken; `line` 0: the file as a whole."""

    file: str
    line: int
    code: str
    reason: str


class DropState(BaseModel):
    """What became of a file; counts are of values."""

    id: int
    name: str
    sha256: str
    status: str
    format: str
    created_at: str
    finished_at: str | None
    stored: int
    replaced: int
    unchanged: int
    refused: int
    refusals: list[DropRefusal]


@router.post("", status_code=202, response_model=DropTaken, openapi_extra=BODY)
async def leave(request: Request, name: str = "") -> JSONResponse:
    """Queue a file, raw or as a form's file; the answer's Location says where its outcome will be."""
    token = bearer_of(request)
    try:
        await ask(request, drop.allow_drop, token)
        options = options_of(dict(request.query_params))
        kept = await received(request, name_of(request, name))
    except CabinetError as error:
        if error.code != "body_too_large":
            await drain(request)
        raise
    try:
        job_id = await ask(request, drop.add_drop, token, kept, options)
    except BaseException:
        drop_import(kept.key)
        raise
    url = f"/api/v1/drop/{job_id}"
    taken = DropTaken(id=job_id, status="waiting", url=url, sha256=kept.sha256)
    return JSONResponse(taken.model_dump(), 202, {"Location": url})


@router.get("/{job_id}", response_model=DropState)
async def outcome(request: Request, job_id: int) -> DropState:
    """What became of a file sent with this token."""
    found = await ask(request, drop.drop_outcome, bearer_of(request), job_id)
    language = caller(request).language
    return DropState(
        id=found.id,
        name=found.name,
        sha256=found.sha256,
        status=found.status,
        format=found.kind,
        created_at=found.created_at.isoformat(),
        finished_at=found.finished_at.isoformat() if found.finished_at else None,
        stored=found.stored,
        replaced=found.replaced,
        unchanged=found.unchanged,
        refused=found.refused,
        refusals=[_refusal(row, language) for row in found.refusals],
    )


def _refusal(row: drop.RefusedRow, language: str) -> DropRefusal:
    reason = text(f"import.{row.code}", language, **row.params)
    return DropRefusal(file=row.member, line=row.line, code=row.code, reason=reason)
