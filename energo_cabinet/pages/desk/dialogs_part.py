"""Dialogs of the desk: close, hand on, merge, keys."""

from __future__ import annotations

from typing import Any

import reflex as rx

from energo_cabinet.components.button import button
from energo_cabinet.components.feedback import dialog
from energo_cabinet.components.form import error_summary, select_field, text_area
from energo_cabinet.i18n.ui import t
from energo_cabinet.state.desk.action import DeskActionState
from energo_cabinet.state.desk.desk import DeskState
from energo_cabinet.state.desk.thread import DeskTicketState

VIEW, ERRORS = DeskTicketState.view, DeskTicketState.errors
CATEGORIES = ("meter", "readings", "verification", "quality", "charges", "tariff", "other")
KEYS = (("J", "next"), ("K", "previous"), ("R", "answer"), ("A", "take"), ("C", "close"), ("N", "note"))


def desk_dialogs() -> rx.Component:
    """All of them, each while it is open."""
    return rx.fragment(_close(), _transfer(), _merge(), _keys())


def _dialog(name: str, title: Any, *body: Any, note: Any = None) -> rx.Component:
    return dialog(
        title,
        *body,
        is_open=DeskTicketState.dialog == name,
        on_close=DeskTicketState.dismiss,
        id=f"desk-{name}",
        note=note,
    )


def _cancel() -> rx.Component:
    return button(t("form.cancel"), kind="outline", size=3, on_click=DeskTicketState.dismiss)


def _close() -> rx.Component:
    confirm = button(t("desk.close"), size=3, on_click=DeskTicketState.change("closed"), data_first="true")  # type: ignore[operator]
    feet = rx.el.div(_cancel(), confirm, class_name="dlgfoot")
    return _dialog("close", t("desk.close_title"), feet, note=t("desk.close_text"))


def _transfer() -> rx.Component:
    form = rx.el.form(
        error_summary(ERRORS["form"]),
        select_field(
            t("desk.category_label"),
            "category",
            [(name, t(f"tickets.category.{name}")) for name in CATEGORIES],
            error=ERRORS["category"],
            default_value=VIEW.category,
            id="desk-category",
        ),
        select_field(
            t("desk.assignee_label"),
            "assignee",
            DeskState.colleagues,
            placeholder=t("desk.release"),
            error=ERRORS["assignee"],
            id="desk-assignee",
        ),
        text_area(
            t("desk.transfer_reason"),
            "text",
            error=ERRORS["text"],
            rows=3,
            max_length=4000,
            id="desk-reason",
            required=True,
        ),
        rx.el.div(_cancel(), button(t("desk.transfer"), size=3, type="submit"), class_name="dlgfoot"),
        on_submit=DeskActionState.transfer,
        class_name="form",
        no_validate=True,
    )
    return _dialog("transfer", t("desk.transfer_title"), form, note=t("desk.transfer_text"))


def _merge() -> rx.Component:
    def option(one: Any) -> rx.Component:
        return rx.cond(one.is_open, rx.el.option(one.words, value=one.id), rx.fragment())

    box = rx.el.select(rx.foreach(VIEW.others, option), name="into", id="desk-into")
    label = rx.el.label(t("desk.merge_into"), html_for="desk-into")
    into = rx.el.div(label, rx.el.div(box, class_name="input selectbox"), class_name="field")
    form = rx.el.form(
        error_summary(rx.cond(ERRORS["into"] != "", ERRORS["into"], ERRORS["form"])),
        into,
        rx.el.div(_cancel(), button(t("desk.merge"), size=3, type="submit"), class_name="dlgfoot"),
        on_submit=DeskActionState.merge,
        class_name="form",
        no_validate=True,
    )
    nothing = rx.fragment(rx.el.p(t("desk.merge_none"), class_name="muted"), rx.el.div(_cancel(), class_name="dlgfoot"))
    body = rx.cond(VIEW.others.length() > 0, form, nothing)
    return _dialog("merge", t("desk.merge_title"), body, note=t("desk.merge_text"))


def _keys() -> rx.Component:
    def line(key: str, word: str) -> rx.Component:
        return rx.el.div(rx.el.dt(rx.el.kbd(key)), rx.el.dd(t(f"desk.key.{word}")))

    known = [line(key, word) for key, word in (*KEYS, ("/", "search"), ("?", "help"))]
    return _dialog("keys", t("desk.key.title"), rx.el.dl(*known, class_name="keys"), note=t("desk.key.hint"))
