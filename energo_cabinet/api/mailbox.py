"""The demo's mailbox: letters of data_dir/mail at /demo/mailbox. Exists in the demo only."""

from __future__ import annotations

from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from html import escape
from pathlib import Path
from urllib.parse import quote

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from energo_cabinet import routes
from energo_cabinet.api import door
from energo_cabinet.errors import NotFound
from energo_cabinet.i18n import text
from energo_cabinet.settings import get_settings
from energo_cabinet.words_page import page

SHOWN = 200
router = APIRouter(include_in_schema=False)


@router.get(routes.MAILBOX.removeprefix("/demo"), response_class=HTMLResponse)
def mailbox(request: Request, letter: str = "") -> HTMLResponse:
    """The list of letters, or one letter."""
    language = door.caller(request).language
    body = _one(letter, language) if letter else _list(language)
    return HTMLResponse(page(text("mailbox.title", language), body, language))


def _files() -> list[Path]:
    return sorted((get_settings().data_dir / "mail").glob("*.eml"), reverse=True)[:SHOWN]


def _read(path: Path) -> EmailMessage:
    with path.open("rb") as file:
        return BytesParser(EmailMessage, policy=policy.default).parse(file)


def _list(language: str) -> str:
    rows = "".join(_row(path) for path in _files())
    note = escape(text("mailbox.note", language, folder=get_settings().data_dir / "mail"))
    empty = f'<p class="card">{text("mailbox.empty", language)}</p>'
    home = f'<p><a class="link" href="/">{text("mailbox.home", language)}</a></p>'
    head = f'<h1>{text("mailbox.title", language)}</h1><p class="muted">{note}</p>'
    return head + (f'<ul class="stack">{rows}</ul>' if rows else empty) + home


def _row(path: Path) -> str:
    message = _read(path)
    address = f"{routes.MAILBOX}?letter={quote(path.stem)}"
    link = f'<a class="link" href="{address}">{escape(str(message["Subject"]))}</a>'
    return f'<li class="card">{link}<span class="sub">{escape(str(message["To"]))}, {_date(message)}</span></li>'


def _one(stem: str, language: str) -> str:
    """One letter; the name must be one of the list, so no path can be made of it."""
    path = next((path for path in _files() if path.stem == stem), None)
    if path is None:
        raise NotFound
    message = _read(path)
    facts = "".join(
        f'<span class="sub">{text(f"mailbox.{name}", language)}: {value}</span>'
        for name, value in (("to", escape(str(message["To"]))), ("date", _date(message)))
    )
    back = f'<p><a class="link" href="{routes.MAILBOX}">{text("mailbox.back", language)}</a></p>'
    title = escape(str(message["Subject"]))
    return f'{back}<h1>{title}</h1><div>{facts}</div><article class="card">{_content(message)}</article>'


def _content(message: EmailMessage) -> str:
    """The plain text with its links made clickable: a letter's HTML must not run in the site's origin."""
    plain = message.get_body(("plain",))
    words = escape(plain.get_content() if plain else "")
    base = escape(get_settings().base_url)
    lines = [" ".join(_link(word, base) for word in line.split(" ")) for line in words.splitlines()]
    return f"<p>{'<br>'.join(lines)}</p>"


def _link(word: str, base: str) -> str:
    return f'<a class="link" style="display:inline" href="{word}">{word}</a>' if word.startswith(f"{base}/") else word


def _date(message: EmailMessage) -> str:
    return f"{message['Date'].datetime:%Y-%m-%d %H:%M} UTC"
