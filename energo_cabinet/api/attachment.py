"""Uploads and downloads of attachments. Not `rx.upload`: that is an unauthenticated second door (SECURITY 1.3)."""

from __future__ import annotations

import asyncio

from fastapi import APIRouter, Request, Response
from fastapi.responses import FileResponse, JSONResponse

from energo_cabinet.api.door import ask
from energo_cabinet.api.form_file import drain, file_of
from energo_cabinet.domain.attachment import LARGEST
from energo_cabinet.errors import CabinetError
from energo_cabinet.services import attachment
from energo_cabinet.services.attachment_file import keep_file, purpose_of, too_large

SANDBOX = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
router = APIRouter(prefix="/attachments")
_at_once = asyncio.Semaphore(2)  # redrawing takes a processor


@router.post("", status_code=201, openapi_extra={"requestBody": {"content": {"multipart/form-data": {}}}})
async def upload(request: Request, purpose: str = "") -> JSONResponse:
    """Take one file for a `reading` or a `ticket`; it belongs to nothing until a form with its id is sent."""
    try:
        wanted = purpose_of(purpose)
        await ask(request, attachment.allow_upload)
        file = await file_of(request, LARGEST, too_large(), "attachment_missing")
    except CabinetError as error:
        if error.code != "body_too_large":  # the edge gives up, nothing more comes
            await drain(request)
        raise
    try:
        async with _at_once:
            kept = await asyncio.to_thread(keep_file, file.file, file.filename or "", wanted)
    finally:
        await file.close()
    try:
        item = await ask(request, attachment.add_attachment, wanted, kept)
    except BaseException:
        attachment.drop([kept.key])
        raise
    return JSONResponse(
        {"id": item.id, "name": item.name, "size": item.size, "media_type": item.media_type}, status_code=201
    )


@router.get("/{attachment_id}", response_class=FileResponse)
async def download(request: Request, attachment_id: int) -> FileResponse:
    """A picture to look at, anything else to be saved; in a sandbox either way."""
    return sent_file(await ask(request, attachment.attachment_file, attachment_id))


def sent_file(found: attachment.AttachmentFile) -> FileResponse:
    """A picture to look at, anything else to be saved; in a sandbox either way."""
    shown = "inline" if found.media_type.startswith("image/") else "attachment"
    headers = {"Content-Security-Policy": SANDBOX, "X-Content-Type-Options": "nosniff", "Cache-Control": "no-store"}
    return FileResponse(
        found.path, media_type=found.media_type, filename=found.name, content_disposition_type=shown, headers=headers
    )


@router.delete("/{attachment_id}", status_code=204)
async def remove(request: Request, attachment_id: int) -> Response:
    """Take back a file that has not been sent yet."""
    attachment.drop([await ask(request, attachment.remove_attachment, attachment_id)])
    return Response(status_code=204)
