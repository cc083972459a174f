"""The card «Подключённые устройства» with its question: on «Подключить мобильный клиент» and in the profile (F-21)."""

from __future__ import annotations

from typing import Any

import reflex as rx

from energo_cabinet.components.button import button
from energo_cabinet.components.card import badge, card
from energo_cabinet.components.feedback import dialog, failed, skeleton_rows
from energo_cabinet.i18n.ui import t
from energo_cabinet.state.phone.devices import PairedDevicesState


def phones(cls: str = "", action: rx.Component | None = None) -> rx.Component:
    """The card."""
    body = rx.match(
        PairedDevicesState.status,
        ("loading", skeleton_rows(2)),
        ("ready", rx.el.ul(rx.foreach(PairedDevicesState.rows, _phone), class_name="mlist phones")),
        ("empty", rx.el.p(t("connect.no_devices"), class_name="muted")),
        failed(t("connect.devices_failed"), None, PairedDevicesState.load),
    )
    return card(body, title=t("connect.devices"), cls=cls, action=action)


def _phone(row: Any) -> rx.Component:
    mine = rx.cond(row.is_this, badge(t("connect.this"), "info"), rx.fragment())
    words = rx.el.div(
        rx.el.b(row.name),
        rx.el.span(row.kind),
        rx.el.span(t("connect.paired"), " ", row.paired),
        rx.el.span(t("connect.seen"), " ", row.seen),
        mine,
    )
    off = button(t("connect.revoke"), kind="outline", on_click=PairedDevicesState.ask(row.id))  # type: ignore[operator]
    return rx.el.li(words, off, key=row.id)


def phones_dialog() -> rx.Component:
    """«Отключить устройство?»."""
    return dialog(
        t("connect.revoke_title"),
        rx.el.p(rx.el.b(PairedDevicesState.asked_name)),
        rx.el.p(t("connect.revoke_text"), class_name="muted"),
        rx.el.div(
            button(t("form.cancel"), kind="outline", size=3, on_click=PairedDevicesState.close),
            button(t("connect.revoke"), kind="danger", size=3, on_click=PairedDevicesState.revoke),
            class_name="dlgfoot",
        ),
        is_open=PairedDevicesState.asked > 0,
        on_close=PairedDevicesState.close,
        id="device-revoke",
    )
