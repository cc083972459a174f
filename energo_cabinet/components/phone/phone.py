"""What only a phone's page needs: the picture of a code, the camera, the code in a scanned address (Э-66, Э-70)."""

from __future__ import annotations

import base64
import io

import qrcode
import reflex as rx
from qrcode.constants import ERROR_CORRECT_M
from qrcode.image.svg import SvgPathImage

_TEXT = rx.event.passthrough_event_spec(str)


def picture_of(text: str) -> str:
    """A QR code as the address of an SVG image: black on white in either colour mode, with its quiet zone."""
    code = qrcode.QRCode(error_correction=ERROR_CORRECT_M, border=4, image_factory=SvgPathImage)
    code.add_data(text)
    out = io.BytesIO()
    code.make_image().save(out)
    return "data:image/svg+xml;base64," + base64.b64encode(out.getvalue()).decode()


class LinkCode(rx.Component):
    """Tells the code behind the # of the page's address, "" when there is none (frontend_plugin.PHONE_JS)."""

    library = "$/utils/phone"
    tag = "LinkCode"
    on_code: rx.EventHandler[_TEXT]  # type: ignore


class Scanner(rx.Component):
    """The camera: `on_code` gets what it reads, `on_problem` "denied", "absent" or "busy"."""

    library = "$/utils/phone"
    tag = "Scanner"
    lib_dependencies: list[str] = ["qr-scanner@1.4.2"]
    label: rx.Var[str]
    on_code: rx.EventHandler[_TEXT]  # type: ignore
    on_problem: rx.EventHandler[_TEXT]  # type: ignore
