"""Design tokens for what CSS variables cannot reach (Plotly draws with literal colours): assets/css/tokens.css."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
from typing import Literal

Mode = Literal["light", "dark"]

PHONE = "(max-width: 767px)"

_CSS = Path(__file__).parents[1] / "assets" / "css" / "tokens.css"
_BLOCK = {"light": r":root,\.light\{(.*?)\n\}", "dark": r"\n\.dark\{(.*?)\n\}"}


@lru_cache
def tokens(mode: Mode) -> dict[str, str]:
    """Token name → colour of a mode, e.g. `{"t1": "#cc4e00"}`."""
    found = re.search(_BLOCK[mode], _CSS.read_text(encoding="utf-8"), re.S)
    if found is None:
        raise RuntimeError(f"assets/css/tokens.css has no block for the {mode} mode")
    return dict(re.findall(r"--([\w-]+):(#[0-9a-f]{6})\b", found[1]))
