"""/cabinet.css and /cabinet.js: joined from many small sources, so that a page asks for one file of each kind.

Plain concatenation in the order written here needs no tool: Vite bundles what is imported, while these two are also
served as they are, to offline.html and to pages that React does not draw.
"""

from __future__ import annotations

from pathlib import Path

ASSETS = Path(__file__).parents[1] / "assets"
SOURCES = ("css", "js")
"""Folders of `assets` that are joined and not served themselves."""
STYLES = (
    "tokens",
    "cabinet",
)
"""Files of assets/css in their order."""
SCRIPTS = ("cabinet",)
"""Files of assets/js in their order; each is whole by itself (a function called at once)."""


def cabinet_css() -> str:
    """The one style sheet."""
    return "".join(_source("css", name) for name in STYLES)


def cabinet_js() -> str:
    """The one script that acts before the first paint."""
    return "".join(_source("js", name) for name in SCRIPTS)


def _source(kind: str, name: str) -> str:
    return (ASSETS / kind / f"{name}.{kind}").read_text("utf-8").rstrip() + "\n"
