"""Form fields: label above, hint or error below, the error tied to its field for screen readers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import reflex as rx
from reflex_components_core.el.elements.base import BaseHTML

from energo_cabinet.components.icon import icon
from energo_cabinet.i18n.ui import t

Text = str | rx.Var[str]


class PlainForm(BaseHTML):
    """A form the browser submits itself (`rx.el.form` always prevents that)."""

    tag = "form"
    action: rx.Var[str]
    method: rx.Var[str]
    no_validate: rx.Var[bool]


def post_form(action: str, *children: Any, cls: str = "form", **props: Any) -> rx.Component:
    """A plain POST form to a REST route that answers 303; a second click while it is under way does nothing."""
    return PlainForm.create(*children, action=action, method="post", class_name=cls, data_once="true", **props)


def hidden(name: str, value: Text) -> rx.Component:
    """A hidden field of a plain form."""
    return rx.el.input(type="hidden", name=name, value=value, read_only=True)


def field(
    label: Text,
    name: str,
    *,
    kind: str = "text",
    error: rx.Var[str] | None = None,
    hint: Text | None = None,
    required: bool = False,
    id: str = "",
    cls: str = "",
    **props: Any,
) -> rx.Component:
    """An input with label; `error` "" means none. Extra props (auto_complete, default_value, max_length…) go to it."""
    key = id or name
    control = rx.el.input(id=key, name=name, type=kind, **_described(key, error, hint), **_needed(required), **props)
    return _framed(label, key, rx.el.div(control, class_name="input"), error, hint, required, cls)


def password_field(
    label: Text,
    name: str,
    *,
    error: rx.Var[str] | None = None,
    hint: Text | None = None,
    required: bool = True,
    id: str = "",
    auto_complete: str = "current-password",
    **props: Any,
) -> rx.Component:
    """A password input with a button that shows it (assets/js/password.js switches the type, no round trip)."""
    key = id or name
    control = rx.el.input(
        id=key,
        name=name,
        type="password",
        auto_complete=auto_complete,
        max_length=256,
        **_described(key, error, hint),
        **_needed(required),
        **props,
    )
    eye = rx.el.button(
        icon("eye", 16, "eye-open"),
        icon("eye-off", 16, "eye-shut"),
        type="button",
        class_name="slot",
        aria_label=t("form.show_password"),
        aria_pressed="false",
        aria_controls=key,
        data_eye=key,
    )
    return _framed(label, key, rx.el.div(control, eye, class_name="input eyed"), error, hint, required, "")


def select_field(
    label: Text,
    name: str,
    options: rx.Var[list[dict[str, str]]] | Sequence[tuple[str, Text]],
    *,
    placeholder: Text | None = None,
    error: rx.Var[str] | None = None,
    hint: Text | None = None,
    required: bool = False,
    id: str = "",
    **props: Any,
) -> rx.Component:
    """A native select; `options` is a Var of {"value", "label"} or a sequence of (value, label)."""
    key = id or name
    first = [rx.el.option(placeholder, value="")] if placeholder is not None else []
    if isinstance(options, rx.Var):
        rest = [rx.foreach(options, lambda o: rx.el.option(o["label"], value=o["value"], key=o["value"]))]
    else:
        rest = [rx.el.option(words, value=value) for value, words in options]
    control = rx.el.select(
        *first, *rest, id=key, name=name, **_described(key, error, hint), **_needed(required), **props
    )
    box = rx.el.div(control, icon("chevron-down", 14), class_name="input selectbox")
    return _framed(label, key, box, error, hint, required, "")


def text_area(
    label: Text,
    name: str,
    *,
    error: rx.Var[str] | None = None,
    hint: Text | None = None,
    required: bool = False,
    id: str = "",
    rows: int = 5,
    cls: str = "",
    **props: Any,
) -> rx.Component:
    """A field of several lines that grows with its text."""
    key = id or name
    control = rx.el.textarea(
        id=key, name=name, rows=str(rows), **_described(key, error, hint), **_needed(required), **props
    )
    return _framed(label, key, rx.el.div(control, class_name="input"), error, hint, required, cls)


def checkbox(*words: Any, name: str, error: rx.Var[str] | None = None, id: str = "", **props: Any) -> rx.Component:
    """A tick box with its words (links may stand among them)."""
    key = id or name
    box = rx.el.label(
        rx.el.input(type="checkbox", id=key, name=name, **_described(key, error, None), **props),
        rx.el.i(icon("check", 12)),
        rx.el.span(*words),
        class_name="check",
        html_for=key,
    )
    return rx.el.div(box, _message(key, error, None), class_name="checkbox")


def error_summary(error: rx.Var[str], title: Text | None = None) -> rx.Component:
    """What concerns the whole form, announced as it appears; nothing while `error` is ""."""
    head = [rx.el.b(title)] if title is not None else []
    return rx.el.div(
        rx.cond(
            error != "",
            rx.el.div(icon("circle-alert"), rx.el.div(*head, rx.el.span(error)), class_name="callout danger"),
            rx.fragment(),
        ),
        role="alert",
        class_name="alert-slot",
    )


def _needed(required: bool) -> dict[str, str]:
    return {"aria_required": "true"} if required else {}


def _described(key: str, error: rx.Var[str] | None, hint: Text | None) -> dict[str, Any]:
    if error is None:
        return {"aria_describedby": f"{key}-note"} if hint is not None else {}
    note = f"{key}-note"
    return {
        "aria_invalid": rx.cond(error != "", "true", "false"),
        "aria_describedby": note if hint is not None else rx.cond(error != "", note, ""),
    }


def _message(key: str, error: rx.Var[str] | None, hint: Text | None) -> rx.Component:
    quiet = rx.el.p(hint, id=f"{key}-note", class_name="hint") if hint is not None else rx.fragment()
    if error is None:
        return quiet
    loud = rx.el.p(icon("circle-alert", 14), rx.el.span(error), id=f"{key}-note", class_name="err")
    return rx.cond(error != "", loud, quiet)


def _framed(
    label: Text,
    key: str,
    control: rx.Component,
    error: rx.Var[str] | None,
    hint: Text | None,
    required: bool,
    cls: str,
) -> rx.Component:
    star = [rx.el.span(" *", class_name="req", aria_hidden="true")] if required else []
    bad = "" if error is None else rx.cond(error != "", " bad", "")
    return rx.el.div(
        rx.el.label(label, *star, html_for=key),
        control,
        _message(key, error, hint),
        class_name=rx.Var.create(f"field {cls}".strip()) + bad,
    )
