"""Pictures of the front door."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from energo_cabinet.api.door import ask
from energo_cabinet.services.supplier import entry

router = APIRouter(prefix="/suppliers/{code}")


@router.get("/logo.png", response_class=Response)
async def logo(request: Request, code: str) -> Response:
    """A supplier's sign; its address names its digest, so it may be kept."""
    png = await ask(request, entry.supplier_logo, code)
    return Response(png, media_type="image/png", headers={"Cache-Control": "public, max-age=31536000, immutable"})
