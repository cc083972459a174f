"""«Подключить мобильный клиент» (Э-65, Э-66, Э-72): the picture, who has claimed it, «Подтвердить», the phones."""

from __future__ import annotations

from typing import Any

import reflex as rx

from energo_cabinet import routes
from energo_cabinet.components.button import button
from energo_cabinet.components.card import card, page_head
from energo_cabinet.components.feedback import callout, empty, failed, skeleton
from energo_cabinet.i18n.ui import t
from energo_cabinet.pages.frame.frame_part import cabinet_page
from energo_cabinet.pages.phone.devices_part import phones, phones_dialog
from energo_cabinet.state.frame.session import SessionState
from energo_cabinet.state.phone.connect import PairingState
from energo_cabinet.state.phone.devices import PairedDevicesState


def connect() -> rx.Component:
    """The page."""
    body = rx.el.div(card(_pairing(), cls="c8"), phones("c4"), class_name="grid")
    head = page_head(t("connect.title"), t("connect.sentence"))
    return cabinet_page("", rx.el.div(head, body, on_unmount=PairingState.leave), phones_dialog())


def _pairing() -> rx.Component:
    waiting = rx.el.div(skeleton("232px", "232px"), class_name="pairing", aria_busy="true")
    shown = rx.match(
        PairingState.status,
        ("loading", waiting),
        ("shown", _shown()),
        ("claimed", _claimed()),
        ("confirmed", _outcome("circle-check", t("connect.confirmed"), t("connect.confirmed_text"))),
        ("refused", _outcome("shield-check", t("connect.refused"), t("connect.refused_text"))),
        ("paused", _outcome("smartphone", t("connect.paused"), t("connect.paused_text"))),
        failed(t("connect.failed"), PairingState.error, PairingState.load),
    )
    return rx.el.div(shown, aria_live="polite")


def _shown() -> rx.Component:
    clock = rx.el.div(
        rx.el.p(t("connect.left"), class_name="muted"),
        rx.el.span(class_name="countdown fig", data_countdown=PairingState.seconds, aria_hidden="true"),
        rx.el.div(rx.el.i(style={"animation-duration": PairingState.seconds.to_string() + "s"}), class_name="progress"),
        rx.el.p(t("connect.once"), class_name="note"),
        button(t("connect.renew"), kind="outline", icon_name="refresh-cw", on_click=PairingState.load),
        class_name="pairing-side",
        key=PairingState.picture,
    )
    picture = rx.el.img(src=PairingState.picture, alt=t("connect.picture"), class_name="pairqr")
    typed = rx.el.p(t("connect.typed"), " ", rx.el.code(PairingState.typed, class_name="fig"), class_name="typed")
    return rx.el.div(
        rx.el.div(picture, clock, class_name="pairing"),
        typed,
        callout(t("connect.warning"), tone="warning", icon_name="shield-check"),
    )


def _claimed() -> rx.Component:
    return rx.el.div(
        rx.el.h2(t("connect.claimed"), class_name="h20"),
        rx.el.p(rx.el.b(PairingState.device)),
        rx.el.p(t("connect.check"), " ", rx.el.b(PairingState.check, class_name="fig checknumber")),
        rx.el.p(t("connect.check_text"), class_name="muted"),
        rx.el.div(
            button(t("connect.confirm"), size=3, on_click=PairingState.confirm),
            button(t("connect.refuse"), kind="outline", size=3, on_click=PairingState.refuse),
            class_name="rowf",
        ),
        class_name="stack claimed",
    )


def _outcome(icon_name: str, title: Any, text: Any) -> rx.Component:
    again = button(t("connect.renew"), kind="outline", icon_name="refresh-cw", on_click=PairingState.load)
    return empty(icon_name, title, text, again)


def add_to(app: rx.App) -> None:
    """Register the route."""
    app.add_page(
        connect,
        route=routes.CONNECT,
        title=t("connect.title"),
        on_load=[SessionState.load, PairingState.load, PairedDevicesState.load],
    )
