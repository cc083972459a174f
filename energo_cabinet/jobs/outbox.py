"""Delivery of letters: one at a time, each claimed before it is sent and marked after."""

from __future__ import annotations

import asyncio
import logging

from energo_cabinet import door
from energo_cabinet.gateways.mail import Letter, MailGateway, MailRefused, MailUnavailable
from energo_cabinet.services.notice.outbox import DueLetter, claim_letter, letter_postponed, letter_refused, letter_sent

AT_ONCE = 100

log = logging.getLogger(__name__)


async def deliver_due(gateway: MailGateway) -> int:
    """Send what is due, at most AT_ONCE letters; stops at the first sign that the server is away. Returns letters sent.

    A crash between the server's yes and our mark repeats that one letter under the same Message-ID.
    """
    sent = 0
    for _ in range(AT_ONCE):
        due = await asyncio.to_thread(door.run_as_system, claim_letter)
        if due is None or not await _deliver(gateway, due):
            break
        sent += 1
    return sent


async def _deliver(gateway: MailGateway, due: DueLetter) -> bool:
    """Send one claimed letter; False when the server is away."""
    letter = Letter(due.message_id, due.to_email, due.subject, due.text, due.html, due.created_at)
    try:
        await gateway.send(letter)
    except MailRefused as error:
        log.warning("letter %s refused: %s", due.id, error)
        await asyncio.to_thread(door.run_as_system, letter_refused, due.id, str(error))
    except MailUnavailable as error:
        log.warning("letter %s postponed: %s", due.id, error)
        await asyncio.to_thread(door.run_as_system, letter_postponed, due.id, str(error))
        return False
    else:
        await asyncio.to_thread(door.run_as_system, letter_sent, due.id)
    return True
