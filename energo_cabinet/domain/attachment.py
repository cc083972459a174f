"""What may be attached, what it is by its first bytes, and the name it is shown under."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from energo_cabinet.domain.form_text import has_forbidden
from energo_cabinet.domain.typed import whole_number
from energo_cabinet.models import AttachmentPurpose

LARGEST = 10 << 20
"""Bytes of one file."""

LONGEST_NAME = 120
HEAD = 32
"""First bytes by which a file is known."""

JPEG, PNG, HEIC, PDF = "image/jpeg", "image/png", "image/heic", "application/pdf"
PICTURES = frozenset({JPEG, PNG, HEIC})
ALLOWED = {AttachmentPurpose.READING: PICTURES, AttachmentPurpose.TICKET: PICTURES | {PDF}}
MOST = {AttachmentPurpose.READING: 3, AttachmentPurpose.TICKET: 5}
"""Files of one record."""

_ENDINGS = {JPEG: ".jpg", PNG: ".png", PDF: ".pdf"}
_HEIC_BRANDS = frozenset({b"heic", b"heix", b"hevc", b"heim", b"heis", b"hevm", b"hevs", b"mif1", b"msf1"})


def media_type_of(head: bytes) -> str:
    """The media type told by a file's first bytes; "" for anything that is not taken."""
    if head.startswith(b"\xff\xd8\xff"):
        return JPEG
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return PNG
    if head[4:8] == b"ftyp" and head[8:12] in _HEIC_BRANDS:
        return HEIC
    return PDF if head.startswith(b"%PDF-") else ""


def shown_name(given: str, media_type: str) -> str:
    """The sender's name without folders, signs that mislead and a wrong ending: `..\\фото.heic` is `фото.jpg`."""
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", given))[-1]
    clean = "".join(c for c in last if not has_forbidden(c) and unicodedata.category(c) != "Cf" and c not in '<>:"|?*')
    stem = clean.rpartition(".")[0] if "." in clean else clean
    ending = _ENDINGS[media_type]
    return (stem.strip(" .")[: LONGEST_NAME - len(ending)].rstrip(" .") or "file") + ending


def attachment_ids(text: object) -> list[int]:
    """The ids in a form's hidden field, "12,15"; nothing else gets through, at most twenty."""
    parts: Iterable[str] = text.split(",")[:20] if isinstance(text, str) else ()
    found = (whole_number(part.strip(), 9) for part in parts)
    return list(dict.fromkeys(number for number in found if number is not None))
