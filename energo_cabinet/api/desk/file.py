"""What the desk fetches and sends beside the socket: files of tickets, drafts of answers."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Request, Response
from fastapi.responses import FileResponse

from energo_cabinet.api.attachment import sent_file
from energo_cabinet.api.door import ask
from energo_cabinet.services.desk.file import desk_file, keep_answer

Field = Annotated[str, Form()]
router = APIRouter(prefix="/staff")


@router.get("/attachments/{attachment_id}", response_class=FileResponse)
async def download(request: Request, attachment_id: int) -> FileResponse:
    """A file of a ticket of the member's supplier."""
    return sent_file(await ask(request, desk_file, attachment_id))


@router.post("/tickets/drafts/{ticket_id}", status_code=204)
async def keep(request: Request, ticket_id: int, key: Field = "", text: Field = "") -> Response:
    """Keep the draft of an answer; 409 when it has been sent meanwhile."""
    is_kept = await ask(request, keep_answer, ticket_id, {"key": key, "text": text})
    return Response(status_code=204 if is_kept else 409)
