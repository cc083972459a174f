"""Notifications: list, mark one, mark all."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel

from energo_cabinet.api.v1.schema import Id, Limit, Page
from energo_cabinet.api.v1.way_in import ask
from energo_cabinet.domain.typed import MAX_ID
from energo_cabinet.services.notice import notification

router = APIRouter(prefix="/notifications", tags=["notifications"])


class Notification(BaseModel):
    """`title` "" where `kind` and `facts` say it all; `created_at` local to the supplier."""

    id: int
    kind: str
    title: str
    text: str
    facts: dict[str, str]
    supplier: str
    contract: str
    point_id: int | None
    created_at: datetime
    is_read: bool


class Marked(BaseModel):
    """How many were not read before."""

    marked: int


@router.get("")
async def listed(
    request: Request,
    show: Literal["all", "unread", "supplier", "meters"] = "all",
    cursor: Annotated[int | None, Query(ge=1, le=MAX_ID)] = None,
    limit: Limit = 50,
) -> Page[Notification]:
    """The newest first; the cursor is that of the page before."""
    page = await ask(request, notification.list_notifications, show, cursor, limit)
    following = None if page.next is None else str(page.next)
    return Page(items=[_shown(item) for item in page.items], next=following)


@router.post("/{notification_id}/read")
async def read(request: Request, notification_id: Id) -> Notification:
    """Mark one as read."""
    return _shown(await ask(request, notification.read_notification, notification_id))


@router.post("/read")
async def read_all(request: Request) -> Marked:
    """Mark every one as read."""
    return Marked(marked=await ask(request, notification.read_all))


def _shown(item: notification.NotificationItem) -> Notification:
    same = ("id", "title", "text", "facts", "point_id", "created_at", "is_read")
    return Notification(
        **{name: getattr(item, name) for name in same},
        kind=str(item.kind),
        supplier=item.supplier_name,
        contract=item.contract_title,
    )
