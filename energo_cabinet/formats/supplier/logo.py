"""A supplier's sign as a small PNG of our own making: whatever else its file carried is left behind."""

from __future__ import annotations

import io
import warnings

from PIL import Image, UnidentifiedImageError

LARGEST_FILE = 1 << 20
MOST_PIXELS = 4_000_000
WIDEST, HIGHEST = 480, 144
"""Pixels; shown at a third of that at most."""


class LogoRefused(Exception):
    """No PNG or JPEG picture, or one too large."""


def logo_png(picture: bytes) -> bytes:
    """PNG bytes of at most WIDEST × HIGHEST pixels from PNG or JPEG bytes; LogoRefused."""
    if len(picture) > LARGEST_FILE:
        raise LogoRefused("size")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")  # Pillow only warns of a decompression bomb
            return _redrawn(picture)
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Warning) as error:
        raise LogoRefused("unreadable") from error


def _redrawn(picture: bytes) -> bytes:
    with Image.open(io.BytesIO(picture), formats=["PNG", "JPEG"]) as opened:
        if opened.width * opened.height > MOST_PIXELS:
            raise LogoRefused("pixels")
        shown = opened.convert("RGBA")
    shown.thumbnail((WIDEST, HIGHEST))
    bare = Image.new("RGBA", shown.size)
    bare.paste(shown)
    target = io.BytesIO()
    bare.save(target, "PNG", optimize=True)
    return target.getvalue()
