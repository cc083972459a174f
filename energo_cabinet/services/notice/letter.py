"""Letters: composed of the catalogue's texts, put into the outbox in the transaction of what they tell about."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from html import escape
from typing import Any
from urllib.parse import urlsplit

from sqlmodel import Session

from energo_cabinet.auth.access import Subject
from energo_cabinet.i18n import text
from energo_cabinet.models import OutboxLetter
from energo_cabinet.settings import get_settings

_PAGE = """<!doctype html>
<html lang="{language}"><head><meta charset="utf-8"><title>{subject}</title></head>
<body style="margin:0;background:#f9f9fb;color:#1c2024;font:16px/1.5 Inter,Arial,sans-serif">
<div style="max-width:560px;margin:0 auto;padding:32px 24px">
<p style="font-weight:600;color:#3a5bc7">{system}</p>
{paragraphs}
</div></body></html>
"""


@dataclass(frozen=True, slots=True)
class Word:
    """A part of a letter that is itself a text of the catalogue."""

    key: str


def post(session: Session, subject: Subject, kind: str, to_email: str, language: str, **params: object) -> None:
    """Put the letter `letter.<kind>` into the outbox; `link` among the params becomes a link in the HTML."""
    session.add(OutboxLetter(**composed(subject, kind, to_email, language, **params)))


def composed(subject: Subject, kind: str, to_email: str, language: str, **params: object) -> dict[str, Any]:
    """The columns of that letter, for many at once."""
    settings = get_settings()
    words = {name: text(value.key, language) for name, value in params.items() if isinstance(value, Word)}
    filled = {"system": settings.system_name, **params, **words}
    title = text(f"letter.{kind}.subject", language, **filled)
    body = text(f"letter.{kind}.body", language, **filled).strip()
    return {
        "message_id": f"<{secrets.token_hex(16)}@{urlsplit(settings.base_url).hostname}>",
        "to_email": to_email,
        "subject": title,
        "text": body + "\n",
        "html": _html(title, body, language, str(params.get("link", ""))),
        "created_at": subject.at,
        "next_try_at": subject.at,
    }


def _html(title: str, body: str, language: str, link: str) -> str:
    paragraphs = [f"<p>{escape(part).replace(chr(10), '<br>')}</p>" for part in body.split("\n\n")]
    joined = "\n".join(paragraphs)
    if link:
        shown = escape(link)
        joined = joined.replace(shown, f'<a href="{shown}" style="color:#3a5bc7">{shown}</a>')
    system = escape(get_settings().system_name)
    return _PAGE.format(language=language, subject=escape(title), system=system, paragraphs=joined)
