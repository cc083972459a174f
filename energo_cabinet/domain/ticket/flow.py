"""What moves a ticket from one status to the next (Н-145, Н-146, Н-148, F-16)."""

from __future__ import annotations

from typing import Literal

from energo_cabinet.models import TicketStatus

Step = Literal["take", "answer", "ask", "reply", "close", "reopen"]
NEW, IN_WORK, AWAITING, CLOSED = TicketStatus

_OPEN = (NEW, IN_WORK, AWAITING)
_FLOW: dict[Step, dict[TicketStatus, TicketStatus]] = {
    "take": {NEW: IN_WORK},
    "answer": dict.fromkeys(_OPEN, IN_WORK),
    "ask": dict.fromkeys(_OPEN, AWAITING),
    "reply": {NEW: NEW, IN_WORK: IN_WORK, AWAITING: IN_WORK},
    "close": dict.fromkeys(_OPEN, CLOSED),
    "reopen": {CLOSED: IN_WORK},
}


def status_after(status: TicketStatus, step: Step) -> TicketStatus | None:
    """The status a step leads to; None when it cannot be taken from here."""
    return _FLOW[step].get(status)
