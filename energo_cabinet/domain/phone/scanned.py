"""What a phone's camera saw: a code of this server, of another one, or something else (Э-72)."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal
from urllib.parse import parse_qs, urlsplit

LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
_CODE = re.compile(r"[A-Za-z0-9_-]{43}", re.ASCII)
_HOST = re.compile(r"(?:[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?\.)*[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Scanned:
    """`value`: the code, or the address of the other server's page; "" for neither."""

    kind: Literal["code", "other", "nothing"]
    value: str = ""


NOTHING = Scanned("nothing")


def picture_text(base_url: str, path: str, code: str) -> str:
    """What the picture holds: the code behind the #, which browsers send to nobody."""
    return f"{base_url}{path}#c={code}"


def read_scanned(text: object, origins: Collection[str], path: str) -> Scanned:
    """Judge a scanned text, or a bare code from the page's own address."""
    if not isinstance(text, str) or len(text) > 500:
        return NOTHING
    if _CODE.fullmatch(text.strip()):
        return Scanned("code", text.strip())
    try:
        parts = urlsplit(text.strip())
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return NOTHING
    code = parse_qs(parts.fragment).get("c", [""])[0]
    if parts.path.rstrip("/") != path or not _CODE.fullmatch(code) or "@" in parts.netloc:
        return NOTHING
    if f"{parts.scheme}://{parts.netloc}" in origins:
        return Scanned("code", code)
    if not _HOST.fullmatch(host) or parts.scheme not in (("http", "https") if host in LOOPBACK else ("https",)):
        return NOTHING
    return Scanned("other", picture_text(f"{parts.scheme}://{host}" + (f":{port}" if port else ""), path, code))
