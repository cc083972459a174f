"""How machines send files: tokens for the HTTP drop, the watched folder."""

from __future__ import annotations

from typing import Any

import reflex as rx

from energo_cabinet import routes
from energo_cabinet.components.button import button
from energo_cabinet.components.card import card, page_head
from energo_cabinet.components.feedback import callout, dialog, empty, failed, skeleton_rows
from energo_cabinet.components.form import error_summary, field
from energo_cabinet.components.setting import dialog_feet
from energo_cabinet.i18n.ui import t
from energo_cabinet.pages.staff.frame_part import staff_page
from energo_cabinet.state.imports.staff_machines import StaffMachinesState
from energo_cabinet.state.staff.frame import StaffFrameState


def staff_import_machines() -> rx.Component:
    """The page."""
    body = rx.match(
        StaffMachinesState.status,
        ("loading", card(skeleton_rows(3))),
        ("ready", rx.fragment(_tokens(), _drop(), _folder())),
        card(failed(t("imports.failed"), t("imports.failed_text"), StaffMachinesState.load)),
    )
    add = button(t("imports.issue"), icon_name="plus", on_click=StaffMachinesState.open_add)
    back = (t("imports.title"), routes.STAFF_IMPORTS)
    head = page_head(t("imports.machines"), t("imports.machines_note"), actions=[add], back=back)
    page = rx.el.div(head, body, class_name="importpage")
    return staff_page("imports", page, _add_dialog(), _shown_dialog(), _revoke_dialog())


def _tokens() -> rx.Component:
    def line(row: Any) -> rx.Component:
        revoke = button(
            t("imports.revoke"),
            kind="outline",
            on_click=StaffMachinesState.ask_revoke(row.id),  # type: ignore[operator]
            aria_label=t("imports.revoke_one").to(str).replace("{name}", row.name),
        )
        who = rx.el.div(rx.el.b(row.name), rx.el.span(row.ending, " · ", row.issued, class_name="sub"))
        used = rx.el.div(rx.el.span(t("imports.last_used"), class_name="sub"), rx.el.span(row.used))
        return rx.el.li(who, used, revoke, key=row.id)

    found = rx.el.ul(rx.foreach(StaffMachinesState.rows, line), class_name="tokenlist")
    nothing = empty("key-round", t("imports.no_tokens"), t("imports.no_tokens_text"))
    return card(rx.cond(StaffMachinesState.rows.length() > 0, found, nothing), title=t("imports.tokens"))


def _drop() -> rx.Component:
    example = rx.el.pre(
        "curl --data-binary @file.xml \\\n  -H 'Authorization: Bearer imp_…' \\\n  '",
        StaffMachinesState.address,
        "?name=file.xml'",
        class_name="code",
        tab_index=0,
    )
    return card(rx.el.p(t("imports.drop_text")), example, title=t("imports.drop_title"))


def _folder() -> rx.Component:
    path = rx.el.p(rx.el.code(StaffMachinesState.folder, class_name="code"))
    there = rx.fragment(path, rx.el.p(t("imports.folder_text"), class_name="muted"))
    nothing = rx.el.p(t("imports.folder_off"), class_name="muted")
    return card(rx.cond(StaffMachinesState.folder != "", there, nothing), title=t("imports.folder_title"))


def _add_dialog() -> rx.Component:
    errors = StaffMachinesState.errors
    name = field(
        t("imports.token_name"),
        "title",
        error=errors["title"],
        hint=t("imports.token_name_hint"),
        required=True,
        id="token-title",
        max_length=100,
    )
    feet = dialog_feet(t("imports.issue"), False, StaffMachinesState.close)
    form = rx.el.form(
        error_summary(errors["form"]),
        name,
        feet,
        on_submit=StaffMachinesState.issue,
        class_name="form",
        no_validate=True,
    )
    return dialog(
        t("imports.issue"),
        form,
        is_open=StaffMachinesState.dialog == "add",
        on_close=StaffMachinesState.close,
        id="token-add",
    )


def _shown_dialog() -> rx.Component:
    copy = button(t("imports.copy"), kind="outline", icon_name="copy", data_copy=StaffMachinesState.token)
    once = callout(
        t("imports.shown_once_text"), title=t("imports.shown_once"), tone="warning", icon_name="triangle-alert"
    )
    done = button(t("imports.written_down"), on_click=StaffMachinesState.close)
    return dialog(
        StaffMachinesState.asked,
        once,
        rx.el.pre(StaffMachinesState.token, class_name="code secret", tab_index=0),
        rx.el.div(copy, done, class_name="dlgfoot"),
        is_open=StaffMachinesState.dialog == "shown",
        on_close=StaffMachinesState.close,
        id="token-shown",
    )


def _revoke_dialog() -> rx.Component:
    feet = dialog_feet(
        t("imports.revoke"),
        False,
        StaffMachinesState.close,
        kind="danger",
        type="button",
        on_click=StaffMachinesState.revoke,
    )
    return dialog(
        t("imports.revoke_title"),
        rx.el.p(rx.el.b(StaffMachinesState.asked)),
        rx.el.p(t("imports.revoke_text"), class_name="muted"),
        error_summary(StaffMachinesState.errors["form"]),
        feet,
        is_open=StaffMachinesState.dialog == "revoke",
        on_close=StaffMachinesState.close,
        id="token-revoke",
    )


def add_to(app: rx.App) -> None:
    """Register the route."""
    loads = [StaffFrameState.load, StaffMachinesState.load]
    app.add_page(staff_import_machines, route=routes.STAFF_IMPORT_MACHINES, title=t("imports.machines"), on_load=loads)
