"""A notification in the words and the shape the page shows."""

from __future__ import annotations

from dataclasses import dataclass

from energo_cabinet import routes
from energo_cabinet.formatting import day
from energo_cabinet.i18n import text
from energo_cabinet.services.notification import NotificationItem


@dataclass(frozen=True)
class NotificationRow:
    """`address`: the thing it is about; "" when the notification itself is all there is to open."""

    id: int
    date: str
    title: str
    text: str
    sender: str
    contract: str
    address: str
    is_unread: bool


def row_of(item: NotificationItem, language: str) -> NotificationRow:
    """The supplier's own words, or those of the kind with its facts filled in."""
    key = f"notifications.kind.{item.kind.value}"
    return NotificationRow(
        id=item.id,
        date=day(item.created_at.date()),
        title=item.title or text(f"{key}.title", language, **item.facts),
        text=item.text if item.title else text(f"{key}.text", language, **item.facts),
        sender=_sender(item, language),
        contract=item.contract_title,
        address=_address(item),
        is_unread=not item.is_read,
    )


def _sender(item: NotificationItem, language: str) -> str:
    if item.kind.source == "meters":
        return text("notifications.from_meter", language, serial=item.facts.get("serial", ""))
    return item.supplier_name or text("notifications.from_cabinet", language)


def _address(item: NotificationItem) -> str:
    if item.kind == "ticket_answered":
        return routes.ticket(item.facts.get("ticket", ""))
    if item.point_id is None:
        return ""
    tab = "submit" if item.kind.value.startswith("reading") else "load-profile" if item.kind == "data_missing" else ""
    return routes.point(item.point_id, tab)
