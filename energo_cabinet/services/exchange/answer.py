"""Which resources a contract has at a supplier, how each is asked for and where its answer is stored."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from energo_cabinet.gateways.supplier_client import Fresh, SupplierClient
from energo_cabinet.gateways.supplier_protocol import Listed, Page
from energo_cabinet.services.exchange import billing, metering, registry, talk
from energo_cabinet.services.exchange.rows import Intake

FEEDS = {"bills", "payments", "readings", "profile", "events", "notifications", "ticket_updates", "decisions"}
"""They come in pages behind a cursor; the others are whole and carry an ETag."""

Store = Callable[[Intake, Sequence[Any]], None]


@dataclass(frozen=True, slots=True)
class Answer:
    """What came; `cursor` and `etag`: where and unless what the next call asks. No items: nothing is new."""

    items: Sequence[Any]
    cursor: str = ""
    etag: str = ""
    has_more: bool = False


def ask(client: SupplierClient, contract_ref: str, resource: str, cursor: str, etag: str) -> Answer:
    """Ask the supplier: blocks, so never inside a transaction."""
    if resource in FEEDS:
        page: Page[Any] = getattr(client, resource)(contract_ref, cursor)
        return Answer(page.items, page.next_cursor, has_more=page.has_more)
    fresh: Fresh[Any] = getattr(client, resource)(contract_ref, etag)
    document = fresh.document
    whole: tuple[Any, ...] = document.items if isinstance(document, Listed) else (document,)
    return Answer((whole,) if document is not None else (), etag=fresh.etag)


def store(intake: Intake, items: Sequence[Any]) -> None:
    """Put what came where it belongs."""
    if intake.resource in FEEDS:
        _FEEDS[intake.resource](intake, items)
        return
    for whole in items:  # one, or none when nothing has changed
        _WHOLE[intake.resource](intake, whole)


def _contract(intake: Intake, sent: Sequence[Any]) -> None:
    registry.store_contract(intake, sent[0])


def _balance(intake: Intake, sent: Sequence[Any]) -> None:
    billing.store_balance(intake, sent[0])


_WHOLE: dict[str, Store] = {
    "contract": _contract,
    "balance": _balance,
    "points": registry.store_points,
    "meters": registry.store_meters,
}
_FEEDS: dict[str, Store] = {
    "bills": billing.store_bills,
    "payments": billing.store_payments,
    "readings": metering.store_register_readings,
    "profile": metering.store_profile,
    "events": metering.store_journal,
    "notifications": talk.store_notices,
    "ticket_updates": talk.store_answers,
    "decisions": talk.store_decisions,
}
