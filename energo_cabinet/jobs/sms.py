"""Delivery of text messages: one at a time, each claimed before it is sent and marked after."""

from __future__ import annotations

import asyncio
import logging

from energo_cabinet import door
from energo_cabinet.gateways.sms import Sms, SmsGateway, SmsUnavailable
from energo_cabinet.services.notice.sms import claim_sms, sms_postponed, sms_sent

AT_ONCE = 100

log = logging.getLogger(__name__)


async def deliver_sms(gateway: SmsGateway | None) -> int:
    """Send what is due, at most AT_ONCE; stops at the first sign that the gateway is away. Returns messages sent."""
    sent = 0
    for _ in range(AT_ONCE if gateway is not None else 0):
        due = await asyncio.to_thread(door.run_as_system, claim_sms)
        if due is None or gateway is None:
            break
        try:
            await gateway.send(Sms(due.message_id, due.to_phone, due.text, due.created_at))
        except SmsUnavailable as error:
            log.warning("message %s postponed: %s", due.id, error)
            await asyncio.to_thread(door.run_as_system, sms_postponed, due.id, str(error))
            break
        await asyncio.to_thread(door.run_as_system, sms_sent, due.id)
        sent += 1
    return sent
