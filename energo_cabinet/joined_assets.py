"""/cabinet.css and /cabinet.js: joined from many small sources, so that a page asks for one file of each kind.

They are served as they are, also to offline.html and to pages that React does not draw, so Vite, which bundles what
pages import, is no help. Style sheets are concatenated in the order written here. Scripts are real modules, so that
each says what it needs and the checker follows it; bun, which the build needs anyway, makes one classic script of them.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
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
SCRIPT = ASSETS / "js" / "cabinet.js"
"""The module that imports the others in their order."""


def cabinet_css() -> str:
    """The one style sheet."""
    layers = (f"@layer {layer}{{\n{_sources(names)}}}\n" for layer, names in STYLES.items())
    return f"@layer {','.join(STYLES)};\n{_source('css', TOKENS)}{''.join(layers)}"


def cabinet_js(script: Path = SCRIPT) -> str:
    """A module and what it imports as one script: classic, because a module would wait until the page is parsed."""
    bun = shutil.which("bun", path=str(Path(sys.executable).parent)) or shutil.which("bun") or "bun"
    command = [bun, "build", str(script), "--format=iife", "--target=browser", "--minify"]
    made = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)  # noqa: S603
    if made.returncode:
        raise RuntimeError(f"bun could not join assets/js: {made.stderr}")
    return made.stdout


def _sources(names: tuple[str, ...]) -> str:
    return "".join(_source("css", name) for name in names)


def _source(kind: str, name: str) -> str:
    return (ASSETS / kind / f"{name}.{kind}").read_text("utf-8").rstrip() + "\n"
