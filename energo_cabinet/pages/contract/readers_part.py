"""«Кто ещё видит Ваши договоры» on the page of account data, with the dialog that objects."""

from __future__ import annotations

from typing import Any

import reflex as rx

from energo_cabinet.components.button import button
from energo_cabinet.components.card import card
from energo_cabinet.components.feedback import dialog, failed, skeleton_rows
from energo_cabinet.components.form import error_summary
from energo_cabinet.components.setting import dialog_feet
from energo_cabinet.i18n.ui import t
from energo_cabinet.state.contract.readers import ReadersState


def readers_card() -> rx.Component:
    """Who else reads, since when, by what they came."""
    nobody = rx.el.div(rx.el.b(t("reader.none")), rx.el.span(t("reader.none_text"), class_name="sub"))
    rows = rx.el.ul(rx.foreach(ReadersState.rows, _reader), class_name="lines")
    body = rx.match(
        ReadersState.status,
        ("ready", rx.cond(ReadersState.rows.length() > 0, rows, nobody)),
        ("failed", failed(t("registered.failed"), t("registered.failed_text"), ReadersState.load)),
        skeleton_rows(2),
    )
    whole = rx.el.div(body, _objection(), on_unmount=ReadersState.leave)
    return card(whole, title=t("reader.title"), sub=t("reader.sub"), id="readers")


def _reader(reader: Any) -> rx.Component:
    words = rx.el.div(
        rx.el.b(reader.name),
        rx.el.span(reader.email, class_name="sub"),
        rx.el.span(t("reader.contract"), " ", reader.number, " · ", reader.since, ", ", reader.how, class_name="sub"),
    )
    objected = ReadersState.open_objection(reader.link_id)  # type: ignore[operator]
    no = rx.cond(reader.may_object, button(t("reader.object"), kind="ghost", on_click=objected), rx.fragment())
    return rx.el.li(rx.el.div(words, no, class_name="rowf between wrap"), key=reader.link_id)


def _objection() -> rx.Component:
    against = ReadersState.against
    words = rx.cond(against.way == "staff", t("reader.object_text_staff"), t("reader.object_text")).to(str)
    said = words.replace("{name}", against.name).replace("{number}", against.number)
    feet = dialog_feet(t("reader.object"), ReadersState.is_busy, ReadersState.close, kind="danger")
    form = rx.el.form(
        rx.el.p(said), error_summary(ReadersState.errors["form"]), feet, on_submit=ReadersState.object,
        class_name="form", no_validate=True,
    )  # fmt: skip
    return dialog(
        t("reader.object_title"),
        form,
        is_open=ReadersState.dialog == "object",
        on_close=ReadersState.close,
        id="dialog-object",
    )
