"""A page that is not Reflex's: an answer to a plain form, which must never be raw JSON in somebody's browser."""

from __future__ import annotations

from html import escape
from urllib.parse import urlsplit

from energo_cabinet.i18n import text

_PAGE = """<!doctype html>
<html lang="{language}"><head><meta charset="utf-8"><title>{title}</title>
<meta name="viewport" content="width=device-width,initial-scale=1">
<link rel="icon" href="/favicon.svg" type="image/svg+xml">
<link rel="stylesheet" href="/cabinet.css">
<style>@layer base{{*{{box-sizing:border-box}}h1,p,ul{{margin:0;padding:0;list-style:none}}
article,li{{overflow-wrap:anywhere}}}}.public main{{max-width:800px}}</style>
<script>document.documentElement.className=matchMedia("(prefers-color-scheme: dark)").matches?"dark":"light"</script>
</head><body><div class="public {cls}"><main><div class="stack">{body}</div></main></div></body></html>
"""


def page(title: str, body: str, language: str, cls: str = "top") -> str:
    """A whole document around `body`, which is HTML; `title` is text."""
    return _PAGE.format(language=language, title=escape(title), body=body, cls=cls)


def refusal_page(words: str, back: str, language: str) -> str:
    """A sentence and the way back."""
    link = f'<p><a class="btn solid s3" href="{escape(back)}">{escape(text("error.go_back", language))}</a></p>'
    return page(words, f'<h1 role="alert">{escape(words)}</h1>{link}', language, "center")


def wants_page(path: str, accept: str) -> bool:
    """Whether a browser shows the answer to a person: it asks for HTML, as scripts and applications do not."""
    return "text/html" in accept and not path.startswith("/api/v1/")


def way_back(referer: str, host: str) -> str:
    """The page of this site that a form was on, without what its address carried; the start page if it was none."""
    parts = urlsplit(referer)
    is_own = parts.netloc == host and parts.path.startswith("/") and not parts.path.startswith(("//", "/api"))
    return parts.path if is_own else "/"
