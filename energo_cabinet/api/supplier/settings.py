"""A supplier's sign comes in from its settings page."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request, UploadFile
from fastapi.responses import JSONResponse

from energo_cabinet.api.door import ask
from energo_cabinet.domain.typed import MAX_ID
from energo_cabinet.services.supplier.settings import LARGEST_LOGO, save_logo

router = APIRouter(prefix="/staff")


@router.post("/supplier-logo", status_code=201, responses={422: {"description": "No PNG or JPEG of at most 1 MB"}})
async def supplier_logo(
    request: Request, file: UploadFile, supplier: Annotated[int | None, Query(ge=1, le=MAX_ID)] = None
) -> JSONResponse:
    """Take the picture of the caller's supplier, or of the one an administrator of the installation names."""
    picture = await file.read(LARGEST_LOGO + 1)
    await ask(request, save_logo, picture or b"-", supplier)  # an empty file is no way to take the sign away
    return JSONResponse({}, 201)
