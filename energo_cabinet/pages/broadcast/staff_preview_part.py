"""What the customer will see: a phone, a line of the list on a wide screen, the letter."""

from __future__ import annotations

from typing import Any

import reflex as rx

from energo_cabinet.components.card import badge, card
from energo_cabinet.components.feedback import callout
from energo_cabinet.components.icon import icon
from energo_cabinet.components.notice.notice import works_line
from energo_cabinet.i18n.ui import t
from energo_cabinet.state.broadcast.staff_broadcast import BroadcastState as State

BAR = ("house", "gauge", "bell", "message-square", "menu")


def preview() -> rx.Component:
    """All three, in the language chosen."""
    example = rx.el.p(t("broadcast.preview_as").to(str).replace("{number}", State.preview.number), class_name="note")
    nobody = callout(t("broadcast.preview_nobody"))
    return card(
        rx.cond(State.preview.number != "", example, nobody),
        rx.el.div(
            _titled(t("broadcast.preview_list"), _list(), cls="inlist"),
            _titled(t("broadcast.preview_phone"), _phone()),
            _titled(t("broadcast.preview_letter"), _letter()),
            class_name="previews",
        ),
        title=t("broadcast.preview"),
        action=rx.cond(State.view.has_english, _languages(), rx.fragment()),
    )


def _languages() -> rx.Component:
    def choice(code: str, name: str) -> rx.Component:
        here = State.preview_language == code
        return rx.el.button(
            t(f"broadcast.{name}"),
            type="button",
            on_click=State.show_language(code),  # type: ignore[operator]
            class_name=rx.cond(here, "on", ""),
            aria_pressed=rx.cond(here, "true", "false"),
        )

    both = (choice("ru", "in_russian"), choice("en", "in_english"))
    return rx.el.div(*both, class_name="seg", role="group", aria_label=t("broadcast.language"))


def _titled(words: Any, body: rx.Component, cls: str = "") -> rx.Component:
    return rx.el.figure(rx.el.figcaption(words, class_name="label"), body, class_name=cls)


def _unread() -> rx.Component:
    return badge(t("notifications.not_read"), "info", cls="status")


def _phone() -> rx.Component:
    """The page «Уведомления» of 10a, with this one on top."""
    first = rx.el.div(rx.el.span(State.preview.day, class_name="date"), _unread(), class_name="rowf between")
    line = rx.el.div(first, rx.el.b(State.preview.title), _words(""), _works(), class_name="phone-notice")
    bar = rx.el.div(
        *(icon(name, 16) for name in ("house", "gauge", "bell", "message-square", "menu")), class_name="bar"
    )
    return rx.el.div(
        rx.el.div(
            rx.el.b(t("broadcast.notices"), class_name="h"),
            line,
            rx.el.i(class_name="ghost"),
            rx.el.i(class_name="ghost"),
            class_name="screen",
        ),
        bar,
        class_name="phonemock",
    )


def _list() -> rx.Component:
    """A row of the table on a wide screen."""
    return rx.el.div(
        rx.el.span(State.preview.day, class_name="date"),
        rx.el.div(rx.el.b(State.preview.title), _words("short"), _works()),
        rx.el.span(State.preview.supplier, class_name="sender"),
        _unread(),
        class_name="listmock",
    )


def _letter() -> rx.Component:
    subject = rx.el.p(
        rx.el.span(t("broadcast.preview_subject"), ": ", class_name="muted"), rx.el.b(State.preview.letter_subject)
    )
    return rx.el.div(subject, rx.el.p(State.preview.letter_text, class_name="said"), class_name="lettermock")


def _words(cls: str) -> rx.Component:
    return rx.el.p(State.preview.text, class_name=f"words {cls}".strip())


def _works() -> rx.Component:
    return works_line(State.preview.period, State.preview.works_address, False)
