"""The sheet with a contract's login and password as a page to print; it stands alone, without a script of ours."""

from __future__ import annotations

from html import escape

from energo_cabinet.errors import CabinetError
from energo_cabinet.formatting import day
from energo_cabinet.i18n import text
from energo_cabinet.services.customers.contract import Sheet
from energo_cabinet.settings import get_settings

_STYLE = """
:root{color-scheme:light}body{margin:0;background:#f0f0f3;color:#1c2024;font:16px/1.5 Inter,system-ui,sans-serif}
main{box-sizing:border-box;max-width:720px;margin:24px auto;padding:48px;background:#fff;border-radius:8px}
h1{font-size:22px;margin:32px 0 8px}dl{display:grid;grid-template-columns:max-content 1fr;gap:8px 24px;margin:24px 0}
dt{color:#60646c}dd{margin:0;font-weight:500}dd.key{font:600 20px/1.4 ui-monospace,monospace;letter-spacing:.04em}
ol{padding-left:20px}footer{margin-top:32px;border-top:1px solid #d9d9e0;padding-top:16px;color:#60646c}
nav{display:flex;gap:12px;flex-wrap:wrap;max-width:720px;margin:24px auto 0;padding:0 16px;align-items:center}
nav p{flex:1 1 260px;margin:0}button,nav a{font:500 15px/24px inherit;padding:8px 16px;border-radius:6px;cursor:pointer}
button{border:0;background:#3e63dd;color:#fff}nav a{border:1px solid #8b8d98;color:#1c2024;text-decoration:none}
:focus-visible{outline:2px solid #3e63dd;outline-offset:2px}
@media(max-width:640px){main{margin:16px 0;padding:24px 16px;border-radius:0}}
@media(max-width:640px){dl{grid-template-columns:1fr;gap:2px}dd{margin-bottom:10px}}
@media print{nav{display:none}body{background:#fff}main{margin:0;padding:0;max-width:none}}
"""


def page(sheet: Sheet, back: str, language: str) -> str:
    """The sheet itself with a bar that does not print."""
    rows = [("supplier", sheet.supplier_name), ("number", sheet.number), ("name", sheet.customer_name)]
    rows += [("address", sheet.address)]
    facts = "".join(f"<dt>{_t(f'row_{key}', language)}</dt><dd>{escape(value)}</dd>" for key, value in rows if value)
    keys = "".join(
        f"<dt>{_t(f'row_{key}', language)}</dt><dd class=key id={key}>{escape(value)}</dd>"
        for key, value in (("login", sheet.login), ("password", sheet.password))
    )
    steps = "".join(f"<li>{_t(f'step_{i}', language, site=get_settings().base_url)}</li>" for i in (1, 2, 3))
    reach = " · ".join(
        escape(part) for part in (sheet.supplier_name, sheet.supplier_phone, sheet.supplier_email) if part
    )
    body = (
        f"<h1>{_t('title', language, number=sheet.number)}</h1><p>{_t('lead', language)}</p><dl>{facts}{keys}</dl>"
        f"<ol>{steps}</ol><p>{_t('secret', language)}</p><footer>{reach}<br>{day(sheet.at.date())}</footer>"
    )
    bar = f"<p>{_t('once', language)}</p><button onclick='print()'>{_t('print', language)}</button>"
    return _html(bar, body, back, language)


def refused(error: CabinetError, back: str, language: str) -> str:
    """Why there is no sheet: it has been shown, or may not be."""
    words = escape(text(f"error.{error.code}", language, **error.params))
    return _html("", f"<h1>{_t('gone', language)}</h1><p role=alert>{words}</p>", back, language)


def _html(bar: str, body: str, back: str, language: str) -> str:
    title = _t("gone" if not bar else "head", language)
    link = f"<a href='{escape(back)}'>{_t('back', language)}</a>"
    return (
        f"<!doctype html><html lang={language}><meta charset=utf-8><meta name=viewport content='width=device-width'>"
        f"<title>{title}</title><style>{_STYLE}</style><nav>{bar}{link}</nav><main>{body}</main></html>"
    )


def _t(key: str, language: str, **params: object) -> str:
    return escape(text(f"sheet.{key}", language, **params))
