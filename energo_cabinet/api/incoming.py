"""A file of measured values from a request's body to the folder: streamed, raw or as the file of a form."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncGenerator
from typing import Any
from urllib.parse import unquote

from fastapi import Request
from starlette.datastructures import UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser

from energo_cabinet.errors import CabinetError
from energo_cabinet.services.imports.bytes import Incoming, KeptImport, largest_import, too_large

PART = 1 << 20
FRAME = 32_768
DRAIN_S = 10.0
FORM = "multipart/form-data"


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


async def drain(request: Request) -> None:
    """Read the rest, for a while: a browser that is still sending would see a broken connection, not the refusal."""
    with contextlib.suppress(RuntimeError, CabinetError, TimeoutError):
        async with asyncio.timeout(DRAIN_S):
            async for _ in request.stream():
                pass


async def _of_form(request: Request, name: str) -> KeptImport:
    parser = MultiPartParser(request.headers, _bounded(request), max_files=1, max_fields=20, max_part_size=1024)
    try:
        form = await parser.parse()
    except MultiPartException:
        raise CabinetError("import_missing", "file") from None
    found: Any = next((value for _, value in form.multi_items() if isinstance(value, UploadFile)), None)
    if found is None:
        raise CabinetError("import_missing", "file")
    try:
        return await asyncio.to_thread(_copied, found, found.filename or name)
    finally:
        await found.close()


def _copied(file: UploadFile, name: str) -> KeptImport:
    with Incoming(name) as incoming:
        while part := file.file.read(PART):
            incoming.write(part)
        return incoming.finish()


async def _bounded(request: Request) -> AsyncGenerator[bytes, None]:
    seen = 0
    async for chunk in request.stream():
        seen += len(chunk)
        if seen > largest_import() + FRAME:
            raise too_large()
        yield chunk
