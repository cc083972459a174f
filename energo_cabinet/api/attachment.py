"""Uploads and downloads of attachments. Not `rx.upload`: that is an unauthenticated second door (SECURITY 1.3)."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncGenerator
from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.responses import FileResponse, JSONResponse
from starlette.datastructures import UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser

from energo_cabinet.api.door import ask
from energo_cabinet.domain.attachment import LARGEST
from energo_cabinet.errors import CabinetError
from energo_cabinet.services import attachment
from energo_cabinet.services.attachment_file import keep_file, purpose_of, too_large

FRAME = 32_768
"""Bytes of a multipart body around its file."""

DRAIN_S = 10.0

SANDBOX = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
router = APIRouter(prefix="/attachments")
_at_once = asyncio.Semaphore(2)  # redrawing takes a processor


@router.post("", status_code=201, openapi_extra={"requestBody": {"content": {"multipart/form-data": {}}}})
async def upload(request: Request, purpose: str = "") -> JSONResponse:
    """Take one file for a `reading` or a `ticket`; it belongs to nothing until a form with its id is sent."""
    try:
        wanted = purpose_of(purpose)
        await ask(request, attachment.allow_upload)
        file = await _received(request)
    except CabinetError as error:
        if error.code != "body_too_large":  # the edge gives up, nothing more comes
            await _drain(request)
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


async def _received(request: Request) -> UploadFile:
    """The file of a multipart body, spooled to disk as it comes, given up where it grows too large."""
    if not request.headers.get("content-type", "").startswith("multipart/form-data"):
        raise CabinetError("attachment_missing", "file")
    parser = MultiPartParser(request.headers, _bounded(request), max_files=1, max_fields=1, max_part_size=1024)
    try:
        form = await parser.parse()
    except MultiPartException:
        raise CabinetError("attachment_missing", "file") from None
    found: Any = next((value for _, value in form.multi_items() if isinstance(value, UploadFile)), None)
    if found is None:
        raise CabinetError("attachment_missing", "file")
    return found  # type: ignore[no-any-return]


async def _bounded(request: Request) -> AsyncGenerator[bytes, None]:
    seen = 0
    async for chunk in request.stream():
        seen += len(chunk)
        if seen > LARGEST + FRAME:
            raise too_large()
        yield chunk


async def _drain(request: Request) -> None:
    """Read the rest, for a while: a browser that is still sending would see a broken connection, not the refusal."""
    with contextlib.suppress(RuntimeError, CabinetError, TimeoutError):  # read before; beyond the edge's bound; slow
        async with asyncio.timeout(DRAIN_S):
            async for _ in request.stream():
                pass
