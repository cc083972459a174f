"""«Инцидент»: what is pressed first, and the ways on."""

from __future__ import annotations

from typing import Any

import reflex as rx

from energo_cabinet import routes
from energo_cabinet.components.button import button, page_link
from energo_cabinet.components.card import card, page_head
from energo_cabinet.components.feedback import dialog, failed, skeleton_rows, toast
from energo_cabinet.components.form import error_summary, field, select_field
from energo_cabinet.components.icon import icon
from energo_cabinet.components.setting import dialog_feet
from energo_cabinet.i18n.ui import t
from energo_cabinet.pages.staff.frame_part import staff_page
from energo_cabinet.state.staff.frame import StaffFrameState
from energo_cabinet.state.staff.incident import StaffIncidentState


def staff_incident() -> rx.Component:
    """The page."""
    body = rx.match(
        StaffIncidentState.status,
        ("loading", rx.el.div(card(skeleton_rows(3)), card(skeleton_rows(2)), class_name="stack")),
        ("choose", rx.el.div(_choose(), _ways(), class_name="stack")),
        ("ready", rx.el.div(_choose(), _end(), _ways(), _tokens(), class_name="stack")),
        card(failed(t("incident.failed"), t("incident.failed_text"), StaffIncidentState.load)),
    )
    head = page_head(t("incident.title"), t("incident.note"))
    notice = toast(StaffIncidentState.notice, StaffIncidentState.close)
    return staff_page("incident", head, body, _end_dialog(), _token_dialog(), notice)


def _choose() -> rx.Component:
    """Of which supplier, for an administrator of the installation."""
    choice = select_field(
        t("incident.supplier"),
        "supplier",
        StaffIncidentState.suppliers,
        placeholder=t("incident.choose"),
        id="incident-supplier",
        default_value=StaffIncidentState.supplier.to_string(),
        key=StaffIncidentState.supplier,
    )
    form = rx.el.form(
        choice, button(t("incident.show"), kind="outline", size=3, type="submit"),
        on_submit=StaffIncidentState.choose, class_name="lookform",
    )  # fmt: skip
    return rx.cond(StaffFrameState.supplier == "", card(form), rx.fragment())


def _end() -> rx.Component:
    press = button(
        t("incident.end"), kind="danger", size=3, icon_name="log-out",
        on_click=StaffIncidentState.open_dialog("end", 0),  # type: ignore[operator]
    )  # fmt: skip
    return card(
        rx.el.p(t("incident.end_text")),
        rx.el.p(StaffIncidentState.people, " ", StaffIncidentState.now, class_name="muted"),
        rx.el.div(press, class_name="incidentpress"),
        title=t("incident.end_title"),
        sub=StaffIncidentState.name,
    )


def _ways() -> rx.Component:
    ways = [
        ("user-round", routes.STAFF_ACCOUNTS, t("incident.accounts"), t("incident.accounts_text")),
        ("eye", routes.STAFF_LOOKS, t("incident.looks"), t("incident.looks_text")),
        ("users", routes.STAFF_MEMBERS, t("incident.members"), t("incident.members_text")),
        ("shield-check", routes.STAFF_AUDIT, t("staff.audit"), t("incident.audit_text")),
    ]
    lines = (
        rx.el.li(icon(name), rx.el.div(page_link(title, href=href, cls="link"), rx.el.span(words, class_name="sub")))
        for name, href, title, words in ways
    )
    return card(rx.el.ul(*lines, class_name="incidentways"), title=t("incident.more"), cls="flush")


def _tokens() -> rx.Component:
    def line(row: Any) -> rx.Component:
        withdraw = button(
            t("incident.withdraw"),
            kind="outline",
            on_click=StaffIncidentState.open_dialog("token", row.id),  # type: ignore[operator]
            aria_label=t("incident.withdraw_one").to(str).replace("{name}", row.name),
        )
        who = rx.el.div(rx.el.b(row.name), rx.el.span(row.note, class_name="sub"))
        return rx.el.li(who, rx.el.div(withdraw, class_name="rowf"), key=row.id)

    found = rx.el.ul(rx.foreach(StaffIncidentState.tokens, line), class_name="accountlist")
    none = rx.el.p(t("incident.no_tokens"), class_name="muted accountnone")
    shown = rx.cond(StaffIncidentState.tokens.length() > 0, found, none)
    return card(shown, title=t("incident.tokens"), sub=t("incident.tokens_note"), cls="flush")


def _end_dialog() -> rx.Component:
    errors, code = StaffIncidentState.errors, StaffIncidentState.code
    form = rx.el.form(
        rx.el.p(t("incident.end_ask_text"), class_name="muted"),
        field(
            t("incident.typed").to(str).replace("{code}", code),
            "typed",
            error=errors["typed"],
            required=True,
            id="incident-typed",
            auto_complete="off",
            auto_capitalize="none",
            spell_check=False,
            max_length=40,
        ),
        error_summary(errors["form"]),
        dialog_feet(t("incident.end"), StaffIncidentState.is_busy, StaffIncidentState.close, kind="danger"),
        on_submit=StaffIncidentState.end_all,
        class_name="form",
        no_validate=True,
    )
    return dialog(
        t("incident.end_ask"),
        form,
        is_open=StaffIncidentState.dialog == "end",
        on_close=StaffIncidentState.close,
        id="incident-end",
        note=StaffIncidentState.name,
    )


def _token_dialog() -> rx.Component:
    feet = dialog_feet(
        t("incident.withdraw"),
        StaffIncidentState.is_busy,
        StaffIncidentState.close,
        kind="danger",
        type="button",
        on_click=StaffIncidentState.withdraw,
    )
    return dialog(
        t("incident.withdraw_ask"),
        rx.el.p(rx.el.b(StaffIncidentState.asked_name)),
        rx.el.p(t("incident.withdraw_text"), class_name="muted"),
        error_summary(StaffIncidentState.errors["form"]),
        feet,
        is_open=StaffIncidentState.dialog == "token",
        on_close=StaffIncidentState.close,
        id="incident-token",
    )


def add_to(app: rx.App) -> None:
    """Register the route."""
    loads = [StaffFrameState.load, StaffIncidentState.load]
    app.add_page(staff_incident, route=routes.STAFF_INCIDENT, title=t("incident.title"), on_load=loads)
