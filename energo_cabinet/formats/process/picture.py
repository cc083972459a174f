"""Photos made anew: decoded, turned upright, made smaller and written without metadata.

What a camera wrote beside the picture (place, owner, thumbnail) and what a stranger hid behind it does not survive.
Decoding hostile files happens in a process of its own: `formats.process.picture_worker`.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from energo_cabinet.formats.files.bounds import bare_environment

MOST_PIXELS = 64_000_000
"""A phone's photo has up to 50 million."""

LONGEST_SIDE = 2560
"""Pixels of the longer side; digits of a register stay readable."""

WALL_SECONDS = 20
_ROOT = Path(__file__).parents[3]


class PictureRefused(Exception):
    """The file is no picture that can be used."""


def make_anew(source: Path, target: Path, wall_seconds: float = WALL_SECONDS) -> None:
    """Write the picture of `source` (JPEG, PNG, HEIC) to `target` as JPEG, or PNG when it was one; PictureRefused."""
    command = [
        sys.executable,
        "-m",
        "energo_cabinet.formats.process.picture_worker",
        str(source.resolve()),
        str(target),
    ]
    try:
        done = subprocess.run(  # noqa: S603  our own interpreter and module
            command,
            timeout=wall_seconds,
            env=bare_environment(_ROOT),
            check=False,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
    except subprocess.TimeoutExpired as error:
        target.unlink(missing_ok=True)
        raise PictureRefused("time") from error
    if done.returncode or not target.exists():
        target.unlink(missing_ok=True)
        raise PictureRefused("unreadable")


def redraw(source: Path, target: Path) -> None:
    """The work itself, in the worker: any exception means refusal."""
    import pillow_heif
    from PIL import Image, ImageOps

    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    pillow_heif.register_heif_opener(thumbnails=False)
    with Image.open(source, formats=["JPEG", "PNG", "HEIF"]) as opened:
        if opened.width * opened.height > MOST_PIXELS:
            raise PictureRefused("pixels")
        kind = "PNG" if opened.format == "PNG" else "JPEG"
        opened.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))  # a JPEG is decoded smaller at once
        upright = ImageOps.exif_transpose(opened)
        upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
        bare = Image.new("RGB", upright.size, "white")
        shown = upright.convert("RGBA") if upright.has_transparency_data else upright.convert("RGB")
        bare.paste(shown, mask=shown if shown.mode == "RGBA" else None)
    bare.save(target, kind, quality=85, optimize=True)
