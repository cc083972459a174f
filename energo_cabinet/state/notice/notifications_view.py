"""A notification in the words and the shape the page shows."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from energo_cabinet import routes
from energo_cabinet.domain.broadcast.words import period_words
from energo_cabinet.domain.journal.codes import worded
from energo_cabinet.formatting import day, number
from energo_cabinet.i18n import text
from energo_cabinet.services.notice.notification import NotificationItem

OF_LIMITS = ("limit_exceeded", "power_exceeded", "plan_deviation")


@dataclass(frozen=True)
class NotificationRow:
    """`address`: the thing it is about; "" when the notification itself is all there is to open.

    `period`, `works_address`: of planned works, "" for all others; `is_over`: the works are.
    """

    id: int
    date: str
    title: str
    text: str
    sender: str
    contract: str
    address: str
    is_unread: bool
    period: str = ""
    works_address: str = ""
    is_over: bool = False


def row_of(item: NotificationItem, language: str) -> NotificationRow:
    """The supplier's own words, or those of the kind with its facts filled in."""
    key, facts = f"notifications.kind.{item.kind.value}", worded(_facts(item, language), language)
    return NotificationRow(
        id=item.id,
        date=day(item.created_at.date()),
        title=item.title or text(f"{key}.title", language, **facts),
        text=item.text if item.title else text(f"{key}.text", language, **facts),
        sender=_sender(item, language),
        contract=item.contract_title,
        address=_address(item),
        is_unread=not item.is_read,
        **_works(item),
    )


def _works(item: NotificationItem) -> dict[str, Any]:
    works = item.works
    if works is None:
        return {}
    words = period_words(works.start, works.end, str(works.start.tzinfo))
    return {"period": words, "works_address": works.address, "is_over": works.is_over}


def _facts(item: NotificationItem, language: str) -> dict[str, str]:
    """Facts as they are read; the numbers of limits were written with a decimal dot."""
    if item.kind not in OF_LIMITS:
        return item.facts
    shown = {name: number(Decimal(item.facts[name]), language, 1) for name in ("value", "bound")}
    return item.facts | shown


def _sender(item: NotificationItem, language: str) -> str:
    if item.kind.source == "meters" and "serial" in item.facts:
        return text("notifications.from_meter", language, serial=item.facts.get("serial", ""))
    return item.supplier_name or text("notifications.from_cabinet", language)


def _address(item: NotificationItem) -> str:
    if item.kind == "ticket_answered":
        return routes.ticket(item.facts.get("ticket", ""))
    if item.kind in OF_LIMITS:
        return f"{routes.DEVIATIONS}?contract={item.link_id or ''}"
    if item.kind == "debt" and item.link_id:
        return f"{routes.BILLS}?contract={item.link_id}"
    if item.point_id is None:
        return ""
    if item.kind.value.startswith("reading"):
        return routes.point(item.point_id, "submit")
    tabs = {"data_missing": "load-profile", "meter_event": "events"}
    return routes.point(item.point_id, tabs.get(item.kind, ""))
