"""Drafts of tickets: what assets/js/draft.js sends while somebody types."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Request, Response

from energo_cabinet.api.door import ask
from energo_cabinet.services.ticket.draft import save_draft, save_reply_draft

Field = Annotated[str, Form()]
router = APIRouter(prefix="/tickets/drafts", include_in_schema=True)


@router.post("/new/{contract_id}", status_code=204)
async def keep_new(
    request: Request,
    contract_id: int,
    key: Field = "",
    category: Field = "",
    theme: Field = "",
    text: Field = "",
    email: Field = "",
    phone: Field = "",
    point: Field = "",
) -> Response:
    """Keep the draft of a new ticket; 409 when it has been sent meanwhile."""
    fields = {"key": key, "category": category, "theme": theme, "text": text}
    fields |= {"email": email, "phone": phone, "point": point}
    return _answer(await ask(request, save_draft, contract_id, fields))


@router.post("/reply/{ticket_id}", status_code=204)
async def keep_reply(request: Request, ticket_id: int, key: Field = "", text: Field = "") -> Response:
    """Keep the draft of a reply; 409 when it has been sent meanwhile."""
    return _answer(await ask(request, save_reply_draft, ticket_id, {"key": key, "text": text}))


def _answer(is_kept: bool) -> Response:
    return Response(status_code=204 if is_kept else 409)
