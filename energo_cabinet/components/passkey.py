"""What asks the browser for a passkey, in any form that takes one."""

from __future__ import annotations

from typing import Any

import reflex as rx

from energo_cabinet.components.button import Kind, button
from energo_cabinet.i18n.ui import t

Text = str | rx.Var[str]
PASSKEY_ERRORS = ("passkey_expired", "passkey_refused", "passkey_disabled", "passkey_copied")
"""What the server may say to an answer."""
WORDS = ("asking", "cancelled", "unsupported", "known", "address", "failed")


def passkey_button(
    words: Text, address: str = "", *, options: rx.Var[str] | None = None, kind: Kind = "solid", **props: Any
) -> rx.Component:
    """A button and what comes of it: the browser's answer is sent in the form's hidden field "answer".

    The options come from `address` (POST, {"get": …} or {"create": …}) or are given. assets/js/passkey.js does it.
    """
    given: dict[str, Any] = {} if options is None else {"data_options": options}
    said: dict[str, Any] = {f"data_word_{name}": t(f"passkey.{name}") for name in WORDS}
    press = button(words, kind=kind, size=3, icon_name="fingerprint", data_passkey=address, **given, **said, **props)
    return rx.el.div(
        rx.el.input(type="hidden", name="answer", default_value=""),
        press,
        rx.el.p(data_passkey_said="true", aria_live="assertive"),
        class_name="askskey",
    )
