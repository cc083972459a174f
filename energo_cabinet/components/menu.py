"""Menus, segmented choices: native elements; assets/js/menu.js closes them (Escape, click aside)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import reflex as rx

from energo_cabinet.components.button import icon_button, page_link
from energo_cabinet.components.icon import icon
from energo_cabinet.i18n.ui import language, t

Text = str | rx.Var[str]


def menu(trigger: Sequence[Any], label: Text, *items: Any, cls: str = "", trigger_cls: str = "") -> rx.Component:
    """A disclosure with a list of actions; `trigger` is what the button shows, `label` its name."""
    return rx.el.details(
        rx.el.summary(*trigger, class_name=trigger_cls, aria_label=label, title=label),
        rx.el.div(*items, class_name="menu"),
        class_name=f"drop {cls}".strip(),
        data_menu="true",
    )


def menu_button(text: Text, icon_name: str, *, danger: bool = False, **props: Any) -> rx.Component:
    """An item that does something (or submits the form around it)."""
    props = {"type": "button", **props}
    return rx.el.button(icon(icon_name), rx.el.span(text), class_name="item red" if danger else "item", **props)


def menu_line() -> rx.Component:
    """A line between groups of items."""
    return rx.el.hr()


def segments(label: Text, choices: Sequence[tuple[Text, Text, rx.Var[bool] | bool]], cls: str = "") -> rx.Component:
    """2–4 choices as links, because the choice lives in the address: (words, address, is chosen). `cls` "wrap": two
    lines on phones."""
    links = (_segment(*choice) for choice in choices)
    return rx.el.div(*links, class_name=f"seg {cls}".strip(), role="group", aria_label=label)


def _segment(words: Text, href: Text, chosen: rx.Var[bool] | bool) -> rx.Component:
    return page_link(
        words, href=href, cls=rx.cond(chosen, "on", ""), aria_current=rx.cond(chosen, "true", "false"), replace=True
    )


def language_switch() -> rx.Component:
    """RU / EN: assets/js/language.js writes the cookie and reloads the page."""

    def choice(code: str, name: str) -> rx.Component:
        return rx.el.button(
            code.upper(),
            type="button",
            lang=code,
            title=name,
            data_lang=code,
            aria_label=name,
            class_name=rx.cond(language == code, "on", ""),
            aria_pressed=rx.cond(language == code, "true", "false"),
        )

    return rx.el.div(
        choice("ru", "Русский"),
        choice("en", "English"),
        class_name="seg tiny",
        role="group",
        aria_label=t("shell.language"),
    )


def colour_mode_button() -> rx.Component:
    """Light or dark, by Reflex's own switch."""
    return icon_button("sun-moon", t("shell.colour_mode"), on_click=rx.toggle_color_mode)
