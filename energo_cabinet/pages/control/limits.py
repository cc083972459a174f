"""«Уставки»: limits of a point or a group of points (Н-94…Н-96, F-7)."""

from __future__ import annotations

from typing import Any

import reflex as rx

from energo_cabinet import routes
from energo_cabinet.components.button import button, link_button
from energo_cabinet.components.card import card, page_head
from energo_cabinet.components.control.target_select import target_select
from energo_cabinet.components.feedback import dialog, empty, failed, skeleton_rows, toast
from energo_cabinet.components.form import error_summary, field
from energo_cabinet.components.icon import icon
from energo_cabinet.i18n.ui import t
from energo_cabinet.pages.frame.frame_part import cabinet_page
from energo_cabinet.state.control.limits import KINDS, LimitsState
from energo_cabinet.state.frame.session import SessionState


def limits() -> rx.Component:
    """The page."""
    body = rx.match(
        LimitsState.status,
        ("loading", card(skeleton_rows(6))),
        ("ready", rx.fragment(_toolbar(), _form())),
        ("none", card(empty("sliders-horizontal", t("plan.none"), t("plan.none_text")))),
        ("missing", card(empty("sliders-horizontal", t("plan.missing"), t("plan.missing_text"), _away()))),
        card(failed(t("deviations.failed"), t("deviations.failed_text"), LimitsState.load)),
    )
    sub = rx.cond(LimitsState.target.startswith("group"), t("limits.sub_group"), t("limits.sub"))
    head = page_head(t("limits.title"), sub, back=(t("limits.back"), routes.DEVIATIONS))
    confirmed = toast(LimitsState.notice, LimitsState.open(""))  # type: ignore[operator]
    dialogs = rx.fragment(_group(), _delete())
    return cabinet_page("deviations", rx.el.div(head, body, dialogs, confirmed, on_unmount=LimitsState.leave))


def _away() -> rx.Component:
    return link_button(t("limits.back"), routes.DEVIATIONS, kind="outline")


def _toolbar() -> rx.Component:
    is_group = LimitsState.target.startswith("group")
    change = rx.fragment(
        button(t("plan.group_edit"), kind="outline", icon_name="pencil", on_click=LimitsState.open("group")),  # type: ignore[operator]
        button(t("plan.group_delete"), kind="danger", icon_name="trash-2", on_click=LimitsState.open("delete")),  # type: ignore[operator]
    )
    return rx.el.div(
        target_select(LimitsState.targets, LimitsState.target, LimitsState.choose),
        rx.el.div(class_name="grow only-wide"),
        rx.cond(is_group, change, rx.fragment()),
        button(t("plan.group_new"), kind="outline", icon_name="plus", on_click=LimitsState.open("new")),  # type: ignore[operator]
        class_name="toolbar",
    )


def _form() -> rx.Component:
    form = rx.el.form(
        error_summary(LimitsState.errors["form"]),
        rx.foreach(LimitsState.rows, _limit),
        rx.el.div(button(t("limits.save"), type="submit", size=3), class_name="rowf"),
        on_submit=LimitsState.save,
        class_name="form planform limits",
        no_validate=True,
        key=LimitsState.target,
    )
    return card(form, title=LimitsState.name)


def _limit(row: Any) -> rx.Component:
    return rx.match(row.kind, *((kind, _pair(kind, row)) for kind in KINDS), rx.fragment())


def _pair(kind: str, row: Any) -> rx.Component:
    errors = LimitsState.errors
    value = field(
        t(f"limits.{kind}"), kind, error=errors[kind], hint=row.hint, default_value=row.value, input_mode="decimal",
        max_length=20, auto_complete="off", id=f"limit-{kind}",
    )  # fmt: skip
    after = field(
        t(f"limits.after_{kind}"), f"after_{kind}", error=errors[f"after_{kind}"], kind="number", min="1", max="1000",
        default_value=row.after, id=f"limit-after-{kind}",
    )  # fmt: skip
    return rx.el.div(value, after, class_name="two", key=kind)


def _group() -> rx.Component:
    title = rx.cond(LimitsState.is_new, "", LimitsState.name)
    problem = LimitsState.errors["members"]
    form = rx.el.form(
        field(
            t("plan.group_title"), "title", error=LimitsState.errors["title"], required=True, default_value=title,
            max_length=100, auto_complete="off", id="group-title",
        ),
        rx.el.fieldset(
            rx.el.legend(t("plan.group_points"), class_name="over"),
            rx.foreach(LimitsState.members, _member),
            error_summary(problem),
        ),
        rx.el.div(
            button(t("form.cancel"), kind="outline", size=3, on_click=LimitsState.open("")),  # type: ignore[operator]
            button(t("plan.group_save"), type="submit", size=3),
            class_name="dlgfoot",
        ),
        on_submit=LimitsState.save_group,
        class_name="form",
        no_validate=True,
    )  # fmt: skip
    words = rx.cond(LimitsState.is_new, t("plan.group_new"), t("plan.group_edit"))
    shown = LimitsState.dialog == "group"
    return dialog(words, form, is_open=shown, on_close=LimitsState.open(""), id="group-edit")  # type: ignore[operator]


def _member(member: Any) -> rx.Component:
    return rx.el.label(
        rx.el.input(type="checkbox", name=member.key, default_checked=member.is_in),
        rx.el.i(icon("check", 12)),
        rx.el.span(member.name),
        class_name="check",
        key=member.key,
    )


def _delete() -> rx.Component:
    feet = rx.el.div(
        button(t("form.cancel"), kind="outline", size=3, on_click=LimitsState.open("")),  # type: ignore[operator]
        button(t("plan.group_delete"), kind="danger", size=3, on_click=LimitsState.delete_group),
        class_name="dlgfoot",
    )
    return dialog(
        t("plan.group_delete"),
        rx.el.p(rx.el.b(LimitsState.name)),
        rx.el.p(t("plan.group_delete_ask"), class_name="muted"),
        error_summary(LimitsState.errors["form"]),
        feet,
        is_open=LimitsState.dialog == "delete",
        on_close=LimitsState.open(""),  # type: ignore[operator]
        id="group-delete",
    )


def add_to(app: rx.App) -> None:
    """Register the route."""
    on_load = [SessionState.load, LimitsState.load]
    app.add_page(limits, route=routes.LIMITS, title=t("limits.title"), on_load=on_load)
