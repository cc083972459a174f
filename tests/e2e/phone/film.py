"""A film for Chromium's fake camera: a picture of a page, still, as raw frames."""

from __future__ import annotations

import io
from pathlib import Path

import zxingcpp
from PIL import Image
from playwright.sync_api import Locator

WIDTH, HEIGHT, FRAMES = 640, 480, 5
SIZES = (400, 320, 260)
"""Pixels of the picture: a hand comes nearer and goes away."""


def film_of(picture: Locator, path: Path) -> Path:
    """Film an element of a page as a phone held before the screen would see it."""
    shot = Image.open(io.BytesIO(picture.screenshot())).convert("L")
    chroma = bytes([128]) * (WIDTH // 2 * HEIGHT // 2 * 2)
    head = f"YUV4MPEG2 W{WIDTH} H{HEIGHT} F10:1 Ip A1:1 C420jpeg\n".encode()
    path.write_bytes(head + b"".join((b"FRAME\n" + _frame(shot, size) + chroma) * FRAMES for size in SIZES))
    return path


def _frame(shot: Image.Image, size: int) -> bytes:
    """The picture in the middle of a bright frame, by the pixel."""
    frame = Image.new("L", (WIDTH, HEIGHT), 235)
    frame.paste(shot.resize((size, size)), ((WIDTH - size) // 2, (HEIGHT - size) // 2))
    return frame.tobytes()


def text_in(picture: Locator) -> str:
    """What a QR code of a page says."""
    (found,) = zxingcpp.read_barcodes(Image.open(io.BytesIO(picture.screenshot())))
    return found.text
