"""What a paired phone's browser keeps for the time without a network, with the words to show it."""

from __future__ import annotations

from fastapi import APIRouter, Request
from pydantic import BaseModel

from energo_cabinet.api.v1.way_in import ask, way_in
from energo_cabinet.i18n import catalogue
from energo_cabinet.services.home.offline import Snapshot, snapshot

router = APIRouter(tags=["offline"])
PREFIX = "offline."


class Kept(BaseModel):
    """`words`: key → text in the caller's language."""

    language: str
    words: dict[str, str]
    data: Snapshot


@router.get("/snapshot")
async def kept(request: Request) -> Kept:
    """The last of the home page, points and charts. 403 for any browser that is no paired phone."""
    data, language = await ask(request, snapshot), way_in(request).language
    words = {key.removeprefix(PREFIX): text for key, text in catalogue(language).items() if key.startswith(PREFIX)}
    return Kept(language=language, words=words, data=data)
