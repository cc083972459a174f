"""The one file of a form: spooled to disk as it comes, given up where it grows too large."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncGenerator
from typing import Any

from fastapi import Request
from starlette.datastructures import UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser

from energo_cabinet.errors import CabinetError

FORM = "multipart/form-data"
FRAME = 32_768
"""Bytes of a form around its file."""
DRAIN_S = 10.0


async def file_of(request: Request, largest: int, too_large: CabinetError, missing: str, fields: int = 1) -> UploadFile:
    """The file of at most `largest` bytes, which the caller closes; `too_large`, or CabinetError(`missing`, "file")."""
    if not request.headers.get("content-type", "").startswith(FORM):
        raise CabinetError(missing, "file")
    body = _bounded(request, largest, too_large)
    try:
        form = await MultiPartParser(request.headers, body, max_files=1, max_fields=fields, max_part_size=1024).parse()
    except (MultiPartException, KeyError, AssertionError):  # what the parser says to a form without a boundary
        raise CabinetError(missing, "file") from None
    found: Any = next((value for _, value in form.multi_items() if isinstance(value, UploadFile)), None)
    if found is None:
        raise CabinetError(missing, "file")
    return found  # type: ignore[no-any-return]


async def drain(request: Request) -> None:
    """Read the rest, for a while: a browser that is still sending would see a broken connection, not the refusal."""
    with contextlib.suppress(RuntimeError, CabinetError, TimeoutError):  # read before; beyond the edge's bound; slow
        async with asyncio.timeout(DRAIN_S):
            async for _ in request.stream():
                pass


async def _bounded(request: Request, largest: int, too_large: CabinetError) -> AsyncGenerator[bytes, None]:
    seen = 0
    async for chunk in request.stream():
        seen += len(chunk)
        if seen > largest + FRAME:
            raise too_large
        yield chunk
