"""/cabinet.css and /cabinet.js: joined from many small sources, so that a page asks for one file of each kind.

Plain concatenation in the order written here needs no tool: Vite bundles what is imported, while these two are also
served as they are, to offline.html and to pages that React does not draw.
"""

from __future__ import annotations

from pathlib import Path

ASSETS = Path(__file__).parents[1] / "assets"
SOURCES = ("css", "js")
"""Folders of `assets` that are joined and not served themselves."""
TOKENS = "tokens"
STYLES = {
    "base": ("base",),
    "house": (
        "frame",
        "card",
        "figure",
        "chart",
        "table",
        "button",
        "form",
        "feedback",
        "dialog",
        "public",
        "thread",
    ),
    "rooms": (
        "rooms/notice",
        "rooms/point",
        "rooms/tariff",
        "rooms/registry",
        "rooms/reading",
        "rooms/energy",
        "rooms/quality",
        "rooms/journal",
        "rooms/network",
        "rooms/control",
        "rooms/bill",
        "rooms/ticket",
        "rooms/imports",
        "rooms/supplier",
        "rooms/desk",
        "rooms/broadcast",
        "rooms/person",
        "rooms/phone",
        "rooms/customers",
        "rooms/staff",
        "rooms/home",
    ),
}
"""Cascade layer → files of assets/css in their order: a room's rule beats the house's whatever their selectors."""
SCRIPTS = ("cabinet",)
"""Files of assets/js in their order; each is whole by itself (a function called at once)."""


def cabinet_css() -> str:
    """The one style sheet."""
    layers = (f"@layer {layer}{{\n{_sources(names)}}}\n" for layer, names in STYLES.items())
    return f"@layer {','.join(STYLES)};\n{_source('css', TOKENS)}{''.join(layers)}"


def cabinet_js() -> str:
    """The one script that acts before the first paint."""
    return "".join(_source("js", name) for name in SCRIPTS)


def _sources(names: tuple[str, ...]) -> str:
    return "".join(_source("css", name) for name in names)


def _source(kind: str, name: str) -> str:
    return (ASSETS / kind / f"{name}.{kind}").read_text("utf-8").rstrip() + "\n"
