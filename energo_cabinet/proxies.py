"""Whether requests arrive through proxies that the installation does not know of: all people would be one address.

What was seen is said in the log once a process, and kept in a file for `python -m energo_cabinet check`, which is
another process. Anybody may send such a header, so it is a question to the operator and decides nothing.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from datetime import UTC, datetime

from energo_cabinet.settings import Settings, get_settings

FORWARDED = ("x-forwarded-for", "forwarded", "x-real-ip")
NOTE = "forwarded-seen.txt"
log = logging.getLogger(__name__)
_said: set[str] = set()


def note_proxy(headers: Mapping[str, str]) -> None:
    """Say it once when a request has passed a proxy and ENERGO_TRUSTED_PROXY_HOPS is 0."""
    settings = get_settings()
    place = str(settings.data_dir)
    if settings.trusted_proxy_hops or place in _said or not any(name in headers for name in FORWARDED):
        return
    _said.add(place)
    log.warning("requests come through a proxy and ENERGO_TRUSTED_PROXY_HOPS is 0: all people count as one address")
    try:
        settings.data_dir.mkdir(parents=True, exist_ok=True)
        (settings.data_dir / NOTE).write_text(f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC")
    except OSError as error:
        log.warning("what was seen of a proxy could not be kept: %s", type(error).__name__)


def proxy_seen(settings: Settings) -> str:
    """When a server of this installation last began to see it; "" when none did, or when the number is set."""
    note = settings.data_dir / NOTE
    return note.read_text() if not settings.trusted_proxy_hops and note.is_file() else ""
