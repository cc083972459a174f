"""What stands around every page instead of Reflex's English banner, toasts and error page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import reflex as rx
from reflex_components_core.base.error_boundary import ErrorBoundary
from reflex_components_core.core.banner import has_connection_errors

from energo_cabinet.components.button import icon_button
from energo_cabinet.components.icon import icon
from energo_cabinet.i18n import LANGUAGES
from energo_cabinet.i18n.ui import t, words_in

Wrap = Callable[[bool], rx.Component | None]


def app_wraps(has_fault: rx.Var[bool], is_view: rx.Var[bool], forget_fault: Any) -> dict[tuple[int, str], Wrap]:
    """The wraps of `rx.App`, by priority: a boundary for rendering errors, and what is said over the page."""
    return {
        (55, "ErrorBoundary"): lambda _stateful: ErrorBoundary.create(fallback_render=_crashed()),
        (5, "Overlay"): lambda _stateful: rx.fragment(_offline(), _fault(has_fault, is_view, forget_fault)),
    }


def _offline() -> rx.Component:
    """Said as soon as the socket is lost, gone as soon as it is back."""
    box = rx.el.div(icon("wifi-off"), rx.el.span(t("shell.offline")), class_name="offline")
    return rx.el.div(rx.cond(has_connection_errors, box, rx.fragment()), role="status")


def _fault(has_fault: rx.Var[bool], is_view: rx.Var[bool], forget_fault: Any) -> rx.Component:
    """A handler failed unexpectedly: a general sentence, the details are in the server's log."""
    close = icon_button("x", t("shell.close"), on_click=forget_fault)
    words = rx.el.span(rx.cond(is_view, t("error.view_is_read_only"), t("error.fault")))
    box = rx.el.div(icon("circle-alert"), words, close, class_name="offline bad")
    return rx.el.div(rx.cond(has_fault, box, rx.fragment()), role="alert")


def _crashed() -> rx.Component:
    """In both languages, because nothing that asks for the language can be trusted here; html[lang] shows one."""
    return rx.el.main(*(_crashed_in(code) for code in LANGUAGES), class_name="state bad")


def _crashed_in(code: str) -> rx.Component:
    return rx.el.div(
        rx.el.h1(words_in("shell.crashed_title", code)),
        rx.el.p(words_in("shell.crashed_text", code)),
        rx.el.a(words_in("shell.reload", code), href="", reload_document=True, class_name="btn solid s3"),
        lang=code,
        class_name=f"only-{code} state",
    )
