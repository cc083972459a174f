"""Where letters go: an SMTP server, or in the demo a folder of .eml files."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path
from typing import Protocol
from urllib.parse import unquote, urlsplit

import aiosmtplib

from energo_cabinet.settings import LOOPBACK_HOSTS, Settings

TIMEOUT_S = 20.0


@dataclass(frozen=True, slots=True)
class Letter:
    """One letter as it leaves; `message_id` stays the same however often it is tried."""

    message_id: str
    to_email: str
    subject: str
    text: str
    html: str
    created_at: datetime


class MailRefused(Exception):
    """The server will never take this letter (unknown recipient, forbidden content)."""


class MailUnavailable(Exception):
    """Not now: no connection, a temporary answer, or settings to be corrected."""


class MailGateway(Protocol):
    """Something that takes letters."""

    async def send(self, letter: Letter) -> None:
        """Hand a letter over; MailRefused or MailUnavailable."""
        ...


def make_gateway(settings: Settings) -> MailGateway:
    """SMTP where it is configured, else the demo's folder."""
    url = settings.smtp_url.get_secret_value()
    if url:
        return SmtpGateway(url, settings.sender, settings.system_name)
    return FolderGateway(settings.data_dir / "mail", settings.sender, settings.system_name)


def compose(letter: Letter, sender: str, name: str) -> EmailMessage:
    """The MIME message: plain text with an HTML alternative. Line breaks in a header are refused by the policy."""
    message = EmailMessage(policy=SMTP)
    message["Message-ID"] = letter.message_id
    message["Date"] = letter.created_at
    message["From"] = Address(name, addr_spec=sender)
    message["To"] = letter.to_email
    message["Subject"] = letter.subject
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(letter.text)
    message.add_alternative(letter.html, subtype="html")
    return message


class SmtpGateway:
    """smtp://user:password@host:587 (STARTTLS, compulsory beyond loopback) or smtps://…:465."""

    def __init__(self, url: str, sender: str, name: str) -> None:
        parts = urlsplit(url)
        self._host, self._tls = parts.hostname or "localhost", parts.scheme == "smtps"
        self._port = parts.port or (465 if self._tls else 587)
        self._user = unquote(parts.username) if parts.username else None
        self._password = unquote(parts.password) if parts.password else None
        self._sender, self._name = sender, name
        self.start_tls = False if self._tls else (None if self._host in LOOPBACK_HOSTS else True)

    async def send(self, letter: Letter) -> None:
        """Hand over; only an answer about this letter itself is final."""
        try:
            await aiosmtplib.send(
                compose(letter, self._sender, self._name),
                hostname=self._host,
                port=self._port,
                username=self._user,
                password=self._password,
                use_tls=self._tls,
                start_tls=self.start_tls,
                timeout=TIMEOUT_S,
            )
        except (aiosmtplib.SMTPRecipientsRefused, aiosmtplib.SMTPDataError) as error:
            codes = [part.code for part in getattr(error, "recipients", [error])]
            kind = MailRefused if all(code >= 500 for code in codes) else MailUnavailable
            raise kind(f"{type(error).__name__} {codes}") from error
        except (aiosmtplib.SMTPException, OSError, TimeoutError) as error:
            raise MailUnavailable(type(error).__name__) from error


class FolderGateway:
    """Letters as .eml files, named by time; the same letter twice is one file."""

    def __init__(self, folder: Path, sender: str, name: str) -> None:
        self._folder, self._sender, self._name = folder, sender, name

    async def send(self, letter: Letter) -> None:
        """Write the file whole or not at all."""
        await asyncio.to_thread(self._write, letter)

    def _write(self, letter: Letter) -> None:
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        local = "".join(c for c in letter.message_id.partition("@")[0] if c.isalnum())
        path = self._folder / f"{letter.created_at:%Y%m%d-%H%M%S}-{local}.eml"
        half = path.with_suffix(".part")
        half.write_bytes(compose(letter, self._sender, self._name).as_bytes())
        half.replace(path)
