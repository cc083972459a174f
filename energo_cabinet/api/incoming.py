"""A file of measured values from a request's body to the folder: streamed, raw or as the file of a form."""

from __future__ import annotations

import asyncio
from urllib.parse import unquote

from fastapi import Request
from starlette.datastructures import UploadFile

from energo_cabinet.api.form_file import FORM, file_of
from energo_cabinet.services.imports.bytes import Incoming, KeptImport, largest_import, too_large

PART = 1 << 20


async def received(request: Request, name: str) -> KeptImport:
    """Keep the body under `name`, or its form's file under its own; TooLarge, import_empty, import_missing."""
    if request.headers.get("content-type", "").startswith(FORM):
        return await _of_form(request, name)
    with await asyncio.to_thread(Incoming, name) as incoming:
        waiting = bytearray()
        async for chunk in request.stream():
            waiting += chunk
            if len(waiting) >= PART:
                await asyncio.to_thread(incoming.write, bytes(waiting))
                waiting.clear()
        await asyncio.to_thread(incoming.write, bytes(waiting))
        return await asyncio.to_thread(incoming.finish)


def name_of(request: Request, name: str) -> str:
    """The name a sender gives: in the address, or in a header as machines do (percent-encoded)."""
    return name or unquote(request.headers.get("x-file-name", ""))[:400] or "file"


async def _of_form(request: Request, name: str) -> KeptImport:
    found = await file_of(request, largest_import(), too_large(), "import_missing", fields=20)
    try:
        return await asyncio.to_thread(_copied, found, found.filename or name)
    finally:
        await found.close()


def _copied(file: UploadFile, name: str) -> KeptImport:
    with Incoming(name) as incoming:
        while part := file.file.read(PART):
            incoming.write(part)
        return incoming.finish()
