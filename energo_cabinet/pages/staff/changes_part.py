"""«Ждут второго администратора» over the lists they would change."""

from __future__ import annotations

from typing import Any

import reflex as rx

from energo_cabinet.components.button import button
from energo_cabinet.components.card import card
from energo_cabinet.components.feedback import toast
from energo_cabinet.components.form import error_summary
from energo_cabinet.i18n.ui import t
from energo_cabinet.state.staff.changes import StaffChangesState


def changes_card() -> rx.Component:
    """What waits, with its answers; nothing at all when nothing waits."""
    rows = rx.el.ul(rx.foreach(StaffChangesState.rows, _change), class_name="lines")
    made = card(
        error_summary(StaffChangesState.errors["form"]), rows, title=t("staff.changes"), sub=t("staff.changes_note")
    )
    notice = toast(StaffChangesState.notice, StaffChangesState.close)
    return rx.fragment(rx.cond(StaffChangesState.rows.length() > 0, made, rx.fragment()), notice)


def _change(row: Any) -> rx.Component:
    words = rx.el.div(
        rx.el.b(row.what), rx.el.span(row.about, class_name="sub"), rx.el.span(row.asked, class_name="sub")
    )
    no = StaffChangesState.decide(row.id, False)  # type: ignore[operator]
    yes = StaffChangesState.decide(row.id, True)  # type: ignore[operator]
    both = rx.fragment(
        button(t("staff.change_refuse"), kind="outline", on_click=no),
        button(t("staff.change_confirm"), on_click=yes),
    )
    answers = rx.cond(row.is_own, button(t("staff.change_back"), kind="outline", on_click=no), both)
    return rx.el.li(rx.el.div(words, rx.el.div(answers, class_name="rowf"), class_name="rowf between wrap"), key=row.id)
