"""Where text messages go: an HTTP gateway, or in the demo the folder of letters, so that the mailbox shows them."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path
from typing import Protocol
from urllib.parse import parse_qs, urlsplit

import httpx

from energo_cabinet.settings import LOOPBACK_HOSTS, Settings

TIMEOUT_S = 10.0


@dataclass(frozen=True, slots=True)
class Sms:
    """One message as it leaves; `message_id` stays the same however often it is tried."""

    message_id: str
    to_phone: str
    text: str
    created_at: datetime


class SmsUnavailable(Exception):
    """The gateway did not take it."""


class SmsGateway(Protocol):
    """Something that takes text messages."""

    async def send(self, sms: Sms) -> None:
        """Hand a message over; SmsUnavailable."""
        ...


def make_sms_gateway(settings: Settings) -> SmsGateway | None:
    """HTTP where it is configured, else the demo's folder; None when no codes can be sent."""
    url = settings.sms_url.get_secret_value()
    if url:
        return HttpSmsGateway(url)
    return FolderSmsGateway(settings.data_dir / "mail", settings.system_name) if settings.is_demo else None


class HttpSmsGateway:
    """POST {"id", "to", "from", "text"} as JSON with a bearer token; `https://TOKEN@host/path?from=NAME`."""

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme != "https" and parts.hostname not in LOOPBACK_HOSTS:
            raise ValueError("an SMS gateway beyond this machine needs https")
        port = f":{parts.port}" if parts.port else ""
        self._url = f"{parts.scheme}://{parts.hostname}{port}{parts.path}"
        self._token = parts.username or ""
        self._sender = parse_qs(parts.query).get("from", [""])[0]

    async def send(self, sms: Sms) -> None:
        """Hand over; redirects are not followed, any answer but 2xx is a failure. Nothing of the message is logged."""
        body = {"id": sms.message_id, "to": sms.to_phone, "from": self._sender, "text": sms.text}
        headers = {"Authorization": f"Bearer {self._token}", "Idempotency-Key": sms.message_id}
        try:
            async with httpx.AsyncClient(timeout=TIMEOUT_S, follow_redirects=False) as client:
                answer = await client.post(self._url, json=body, headers=headers)
        except httpx.HTTPError as error:
            raise SmsUnavailable(type(error).__name__) from error
        if not answer.is_success:
            raise SmsUnavailable(f"HTTP {answer.status_code}")


class FolderSmsGateway:
    """Messages as .eml files beside the letters."""

    def __init__(self, folder: Path, name: str) -> None:
        self._folder, self._name = folder, name

    async def send(self, sms: Sms) -> None:
        """Write the file whole or not at all."""
        await asyncio.to_thread(self._write, sms)

    def _write(self, sms: Sms) -> None:
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        message = EmailMessage(policy=SMTP)
        message["Date"] = sms.created_at
        message["To"] = f"{sms.to_phone}@sms.local"
        message["Subject"] = f"SMS: {self._name}"
        message.set_content(sms.text)
        path = self._folder / f"{sms.created_at:%Y%m%d-%H%M%S}-sms{sms.message_id}.eml"
        half = path.with_suffix(".part")
        half.write_bytes(message.as_bytes())
        half.replace(path)
