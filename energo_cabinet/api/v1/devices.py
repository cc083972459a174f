"""Who calls, and the paired devices."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel

from energo_cabinet.api.v1.schema import Id
from energo_cabinet.api.v1.way_in import ask
from energo_cabinet.services.phone import device as paired_device
from energo_cabinet.services.sign_in import account

router = APIRouter(tags=["account"])


class Me(BaseModel):
    """The account."""

    id: int
    full_name: str
    email: str


class Device(BaseModel):
    """A phone that may enter: an application with a token, or a browser."""

    id: int
    name: str
    kind: Literal["application", "browser"]
    paired_at: datetime
    last_seen_at: datetime
    is_this: bool


@router.get("/me")
async def me(request: Request) -> Me:
    """Whose data these are."""
    user = await ask(request, account.current_user)
    return Me(id=user.id, full_name=user.full_name, email=user.email)


@router.get("/devices")
async def devices(request: Request) -> list[Device]:
    """The account's paired devices, the newest first."""
    found = await ask(request, paired_device.list_devices)
    return [Device.model_validate(device, from_attributes=True) for device in found]


@router.delete("/devices/{device_id}", status_code=204)
async def revoke(request: Request, device_id: Id) -> Response:
    """Shut a device out, also the calling one: its token is worth nothing from now on."""
    await ask(request, paired_device.revoke_device, device_id)
    return Response(status_code=204)
