"""The exchange with suppliers in the words and the shapes the page shows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from energo_cabinet.formatting import moment, number
from energo_cabinet.i18n import text
from energo_cabinet.services.exchange.state import RefusedRow, SupplierState

REASONS = {"away", "answer", "token", "address", "fault"}
UNNAMED = "other"


@dataclass(frozen=True)
class StateLine:
    """A fact of a supplier's card."""

    label: str
    value: str


@dataclass(frozen=True)
class SupplierView:
    """A supplier's card; `tone` of its badge, `failing` "" while it answers, `queue` what waits or «Всё отправлено»."""

    id: str
    name: str
    badge: str
    tone: str
    failing: str
    facts: tuple[StateLine, ...]
    queue: tuple[StateLine, ...]
    oldest: str
    refused: str


@dataclass(frozen=True)
class RefusedView:
    """A row that was turned down."""

    id: int
    when: str
    contract: str
    resource: str
    row: str
    reason: str
    times: str


def supplier_view(state: SupplierState, language: str) -> SupplierView:
    """The card of a supplier."""
    asked = state.succeeded_at is not None or state.failures
    circuit = "circuit_open" if state.failures else "circuit_closed" if asked else "circuit_waiting"
    tone = {"circuit_open": "danger", "circuit_closed": "success", "circuit_waiting": "gray"}[circuit]
    return SupplierView(
        id=str(state.id),
        name=state.name,
        badge=text(f"sync.{circuit}", language, moment=_clock(state.next_at)),
        tone=tone,
        failing=_failing(state, language),
        facts=_facts(state, language),
        queue=_queue(state, language),
        oldest=text("sync.queue_oldest", language, moment=moment(state.queue.oldest_at))
        if state.queue.oldest_at
        else "",
        refused=number(state.refused, language, 0) if state.refused else "",
    )


def refused_view(row: RefusedRow, language: str) -> RefusedView:
    """A line of «Не принятые строки»."""
    return RefusedView(
        id=row.id,
        when=moment(row.last_at),
        contract=row.contract_number,
        resource=text(f"sync.resource.{row.resource}", language),
        row=row.row or "—",
        reason=_reason(row.reason, language),
        times=str(row.times),
    )


def _reason(code: str, language: str) -> str:
    try:
        return text(f"sync.reason.{code}", language)
    except KeyError:
        return text(f"sync.reason.{UNNAMED}", language)


def _facts(state: SupplierState, language: str) -> tuple[StateLine, ...]:
    never = text("sync.never", language)
    pairs = (
        ("succeeded", moment(state.succeeded_at) if state.succeeded_at else never),
        ("as_of_label", moment(state.as_of) if state.as_of else never),
        ("lag", _span(state.lag, language)),
        ("contracts", number(state.contracts, language, 0)),
        ("stored", number(state.stored, language, 0)),
        ("refused", number(state.refused, language, 0)),
    )
    return tuple(StateLine(text(f"sync.{key}", language), value) for key, value in pairs)


def _queue(state: SupplierState, language: str) -> tuple[StateLine, ...]:
    counts = (("queue_readings", state.queue.readings), ("queue_tickets", state.queue.tickets))
    return tuple(StateLine(text(f"sync.{key}", language), number(n, language, 0)) for key, n in counts if n)


def _failing(state: SupplierState, language: str) -> str:
    if state.failing_since is None:
        return ""
    reason = text(f"sync.failure_{state.reason if state.reason in REASONS else 'away'}", language)
    return text("sync.failing", language, since=moment(state.failing_since), count=state.failures, reason=reason)


def _span(lag: timedelta | None, language: str) -> str:
    """«12 мин», «3 ч», «2 дн.»; below two minutes there is none."""
    if lag is None:
        return text("sync.never", language)
    minutes = int(lag.total_seconds() // 60)
    if minutes < 2:
        return text("sync.no_lag", language)
    unit, count = ("minutes", minutes) if minutes < 120 else ("hours", minutes // 60)
    unit, count = (unit, count) if count < 48 or unit == "minutes" else ("days", count // 24)
    return text(f"sync.{unit}", language, count=count)


def _clock(at: datetime | None) -> str:
    return f"{at:%H:%M:%S}" if at is not None else ""
