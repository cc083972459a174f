"""What moves a ticket, step by step (F-16)."""

from __future__ import annotations

import pytest

from energo_cabinet.domain.ticket.flow import status_after
from energo_cabinet.models import TicketStatus

STATUSES = ("new", "in_work", "awaiting", "closed")
FLOW = {
    "take": ("in_work", None, None, None),
    "answer": ("in_work", "in_work", "in_work", None),
    "ask": ("awaiting", "awaiting", "awaiting", None),
    "reply": ("new", "in_work", "in_work", None),
    "close": ("closed", "closed", "closed", None),
    "reopen": (None, None, None, "in_work"),
}


@pytest.mark.parametrize("step", FLOW)
def test_every_step_from_every_status(step):
    assert tuple(status_after(TicketStatus(status), step) for status in STATUSES) == FLOW[step]
