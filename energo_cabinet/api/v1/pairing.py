"""Pairing an application: claim the shown code, wait for «Подтвердить», fetch the token once."""

from __future__ import annotations

import asyncio
import time
from typing import Annotated, Literal

from fastapi import APIRouter, Request
from pydantic import BaseModel, Field

from energo_cabinet.api.v1.way_in import ask
from energo_cabinet.services.phone import pairing_claim

LOOK_EVERY_S = 0.5
LONGEST_WAIT_S = 25
router = APIRouter(prefix="/pairing", tags=["pairing"])

Secret = Annotated[str, Field(min_length=1, max_length=100)]


class CodeBody(BaseModel):
    """The code of the picture (the part after `#c=`) or the typed one, and what the phone calls itself."""

    code: Secret
    device: str = Field(default="", max_length=200)


class ClaimBody(BaseModel):
    """The secret that the claim was answered with; `wait`: hold the answer so many seconds until it is decided."""

    claim: Secret
    wait: int = Field(default=0, ge=0, le=LONGEST_WAIT_S)


class Claimed(BaseModel):
    """`check` is the number that the computer shows too; the claim is good for `seconds`."""

    claim: str
    check: str
    seconds: int


class ClaimStatus(BaseModel):
    """`claimed` until somebody decides on the computer."""

    status: Literal["claimed", "confirmed", "refused", "expired"]


class Token(BaseModel):
    """The bearer token, shown this once."""

    token: str
    device_id: int
    name: str


@router.post("/claim", status_code=201)
async def claim(request: Request, body: CodeBody) -> Claimed:
    """Claim a code. It grants nothing before the confirmation on the computer."""
    got = await ask(request, pairing_claim.claim_pairing, body.code, body.device)
    return Claimed(claim=got.claim, check=got.check, seconds=got.seconds)


@router.post("/status")
async def status(request: Request, body: ClaimBody) -> ClaimStatus:
    """How the claim stands; with `wait` the answer comes as soon as it is decided."""
    until = time.monotonic() + body.wait
    while True:
        found = await ask(request, pairing_claim.claim_status, body.claim)
        if found != "claimed" or time.monotonic() >= until:
            return ClaimStatus.model_validate({"status": found})
        await asyncio.sleep(LOOK_EVERY_S)


@router.post("/token", status_code=201)
async def token(request: Request, body: ClaimBody) -> Token:
    """The confirmed device's token; a claim works once."""
    device = await ask(request, pairing_claim.token_by_claim, body.claim)
    return Token(token=device.token, device_id=device.device_id, name=device.name)
