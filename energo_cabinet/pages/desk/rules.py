"""«Шаблоны и сроки ответа» of the desk."""

from __future__ import annotations

from typing import Any

import reflex as rx

from energo_cabinet import routes
from energo_cabinet.components.button import button, icon_button
from energo_cabinet.components.card import badge, card, page_head
from energo_cabinet.components.feedback import dialog, empty, failed, skeleton_rows, toast
from energo_cabinet.components.form import error_summary, field, select_field, text_area
from energo_cabinet.i18n.ui import t
from energo_cabinet.pages.staff.frame_part import staff_page
from energo_cabinet.state.desk.rules import DeskRulesState
from energo_cabinet.state.staff.frame import StaffFrameState

STATE, ERRORS = DeskRulesState, DeskRulesState.errors
CATEGORIES = ("meter", "readings", "verification", "quality", "charges", "tariff", "other")


def staff_desk_rules() -> rx.Component:
    """The page."""
    side = rx.el.div(_terms(), _calendar(), class_name="stack")
    body = rx.match(
        STATE.status,
        ("loading", card(skeleton_rows(5))),
        ("ready", rx.el.div(_templates(), side, class_name="deskrules")),
        card(failed(t("desk.rules.failed"), t("desk.failed_text"), STATE.load)),
    )
    return staff_page(
        "desk",
        page_head(t("desk.rules.title"), back=(t("desk.title"), routes.STAFF_TICKETS)),
        body,
        _template_dialog(),
        _remove_dialog(),
        _term_dialog(),
        _day_dialog(),
        toast(STATE.notice, STATE.open("", "")),  # type: ignore[operator]
    )


def _opens(name: str, key: Any) -> Any:
    return STATE.open(name, key)  # type: ignore[operator]


def _templates() -> rx.Component:
    def line(one: Any) -> rx.Component:
        about = rx.cond(one.about != "", badge(one.about), rx.fragment())
        key = one.id.to_string()
        acts = rx.el.div(
            icon_button("pencil", t("desk.rules.change"), on_click=_opens("template", key)),
            icon_button("trash-2", t("desk.rules.remove"), on_click=_opens("remove", key)),
            class_name="rowf nowrap",
        )
        head = rx.el.div(rx.el.div(rx.el.b(one.title), about, class_name="rowf"), acts, class_name="ruletop")
        return rx.el.li(head, rx.el.p(one.text, class_name="said"), rx.el.span(one.by, class_name="note"), key=one.id)

    full = rx.el.ul(rx.foreach(STATE.templates, line), class_name="rulelist")
    nothing = empty("message-square-text", t("desk.rules.empty"), t("desk.rules.empty_text"))
    return card(
        rx.cond(STATE.templates.length() > 0, full, nothing),
        title=t("desk.rules.templates"),
        action=button(t("desk.rules.add"), icon_name="plus", on_click=_opens("template", "")),
    )


def _terms() -> rx.Component:
    is_admin = StaffFrameState.permissions.contains("admin")

    def line(one: Any) -> rx.Component:
        change = icon_button("pencil", t("desk.rules.change"), on_click=_opens("term", one.category))
        words = rx.el.div(rx.el.b(one.about), rx.el.span(one.shown, class_name="note"))
        right = rx.el.div(rx.el.b(one.days), rx.cond(is_admin, change, rx.fragment()), class_name="rowf nowrap")
        return rx.el.li(words, right, class_name="pair", key=one.category)

    admin = rx.cond(is_admin, rx.fragment(), rx.el.p(t("desk.rules.admin_only"), class_name="note"))
    return card(
        rx.el.p(t("desk.rules.terms_text"), class_name="muted"),
        rx.el.ul(rx.foreach(STATE.terms, line), class_name="rulelist"),
        admin,
        title=t("desk.rules.terms"),
    )


def _calendar() -> rx.Component:
    is_admin = StaffFrameState.permissions.contains("admin")

    def line(one: Any) -> rx.Component:
        kind = rx.cond(one.is_working, badge(t("desk.rules.working"), "info"), badge(t("desk.rules.off"), "warning"))
        remove = icon_button("trash-2", t("desk.rules.remove"), on_click=STATE.remove_day(one.day))  # type: ignore[operator]
        words = rx.el.div(rx.el.b(one.shown), rx.el.span(one.note, class_name="note"))
        right = rx.el.div(kind, rx.cond(is_admin, remove, rx.fragment()), class_name="rowf nowrap")
        return rx.el.li(words, right, class_name="pair", key=one.day)

    add = button(t("desk.rules.add_day"), kind="outline", icon_name="plus", on_click=_opens("day", ""))
    nothing = rx.el.p(t("desk.rules.calendar_empty"), class_name="muted")
    full = rx.el.ul(rx.foreach(STATE.days, line), class_name="rulelist")
    return card(
        rx.el.p(t("desk.rules.calendar_text"), class_name="muted"),
        rx.cond(STATE.days.length() > 0, full, nothing),
        title=t("desk.rules.calendar"),
        action=rx.cond(is_admin, add, rx.fragment()),
    )


def _dialog(name: str, title: Any, *body: Any, note: Any = None) -> rx.Component:
    is_open = STATE.dialog == name
    return dialog(title, *body, is_open=is_open, on_close=_opens("", ""), id=f"desk-{name}", note=note)


def _feet(words: Any, **props: Any) -> rx.Component:
    cancel = button(t("form.cancel"), kind="outline", size=3, on_click=_opens("", ""))
    return rx.el.div(cancel, button(words, size=3, **props), class_name="dlgfoot")


def _form(submit: Any, *fields: Any) -> rx.Component:
    feet = _feet(t("desk.rules.save"), type="submit")
    return rx.el.form(
        error_summary(ERRORS["form"]), *fields, feet, on_submit=submit, class_name="form", no_validate=True
    )


def _template_dialog() -> rx.Component:
    chosen = STATE.chosen
    form = _form(
        STATE.save_template,
        field(
            t("desk.rules.template_title"),
            "title",
            error=ERRORS["title"],
            id="rule-title",
            default_value=chosen.title,
            max_length=100,
            required=True,
        ),
        select_field(
            t("desk.rules.template_category"),
            "category",
            [(name, t(f"tickets.category.{name}")) for name in CATEGORIES],
            placeholder=t("desk.rules.any_category"),
            error=ERRORS["category"],
            id="rule-category",
            default_value=chosen.category,
        ),
        text_area(
            t("desk.rules.template_text"),
            "text",
            error=ERRORS["text"],
            id="rule-text",
            default_value=chosen.text,
            max_length=4000,
            rows=6,
            required=True,
        ),
        rx.el.p(t("desk.rules.templates_text"), class_name="note"),
    )
    title = rx.cond(chosen.id > 0, t("desk.rules.change"), t("desk.rules.add"))
    return _dialog("template", title, form)


def _remove_dialog() -> rx.Component:
    feet = _feet(t("desk.rules.remove"), kind="danger", on_click=STATE.remove_template)
    return _dialog("remove", t("desk.rules.remove_title"), error_summary(ERRORS["form"]), feet, note=STATE.chosen.title)


def _term_dialog() -> rx.Component:
    term = STATE.term
    form = _form(
        STATE.save_term,
        field(
            t("desk.rules.days"),
            "days",
            error=ERRORS["days"],
            id="rule-days",
            default_value=term["days"],
            input_mode="numeric",
            max_length=3,
            required=True,
        ),
        field(
            t("desk.rules.source"),
            "source",
            error=ERRORS["source"],
            id="rule-source",
            default_value=term["source"],
            max_length=300,
            required=True,
        ),
    )
    return _dialog("term", t("desk.rules.terms"), form, note=term["about"])


def _day_dialog() -> rx.Component:
    kinds = [(name, t(f"desk.rules.{name}")) for name in ("off", "working")]
    form = _form(
        STATE.save_day,
        field(t("desk.rules.day"), "day", kind="date", error=ERRORS["day"], id="rule-day", required=True),
        select_field(t("desk.rules.kind"), "kind", kinds, id="rule-kind"),
        field(t("desk.rules.reason"), "reason", error=ERRORS["reason"], id="rule-reason", max_length=100),
    )
    return _dialog("day", t("desk.rules.add_day"), form, note=t("desk.rules.calendar_text"))


def add_to(app: rx.App) -> None:
    """Register the route."""
    app.add_page(
        staff_desk_rules,
        route=routes.STAFF_TICKET_RULES,
        title=t("desk.rules.title"),
        on_load=[StaffFrameState.load, DeskRulesState.load],
    )
