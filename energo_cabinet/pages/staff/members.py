"""«Сотрудники»: table on a wide screen, cards on a phone."""

from __future__ import annotations

from typing import Any

import reflex as rx

from energo_cabinet import routes
from energo_cabinet.components.button import button
from energo_cabinet.components.card import badge, card, page_head
from energo_cabinet.components.feedback import dialog, failed, skeleton_rows, toast
from energo_cabinet.components.form import error_summary, field, select_field
from energo_cabinet.components.setting import dialog_feet
from energo_cabinet.i18n.ui import t
from energo_cabinet.pages.staff.changes_part import changes_card
from energo_cabinet.pages.staff.frame_part import role_words, staff_page
from energo_cabinet.state.staff.changes import StaffChangesState
from energo_cabinet.state.staff.frame import StaffFrameState
from energo_cabinet.state.staff.members import StaffMembersState

OF_SUPPLIER = ("operator", "engineer", "supplier_admin")


def staff_members() -> rx.Component:
    """The page."""
    body = rx.match(
        StaffMembersState.status,
        ("loading", card(skeleton_rows(4))),
        ("ready", card(rx.el.ul(rx.foreach(StaffMembersState.rows, _member), class_name="memberlist"), cls="flush")),
        card(failed(t("staff.failed"), t("staff.failed_text"), StaffMembersState.load)),
    )
    add = button(t("staff.add_member"), icon_name="plus", on_click=StaffMembersState.open_add)
    head = page_head(t("staff.members"), t("staff.members_note"), actions=[add])
    notice = toast(StaffMembersState.notice, StaffMembersState.close)
    body = rx.el.div(changes_card(), body, class_name="stack")
    return staff_page("members", head, body, _add_dialog(), _role_dialog(), _remove_dialog(), notice)


def _member(row: Any) -> rx.Component:
    factor = rx.cond(
        row.has_second_factor, badge(t("staff.has_factor"), "success"), badge(t("staff.no_factor"), "warning")
    )
    who = rx.el.div(
        rx.el.b(row.name),
        rx.el.span(row.email, rx.cond(StaffFrameState.supplier == "", _works_for(row), ""), class_name="sub"),
        class_name="grow",
    )
    role = rx.el.div(
        rx.el.span(role_words(row.role)), rx.el.span(t("staff.since"), " ", row.added_on, class_name="sub")
    )
    factor = rx.cond(row.has_accepted, factor, badge(t("staff.not_accepted"), "gray"))
    return rx.el.li(who, role, factor, rx.cond(row.is_self, badge(t("staff.you")), _actions(row)), key=row.id)


def _works_for(row: Any) -> Any:
    """Which supplier, where members of several are listed."""
    return rx.cond(row.supplier != "", rx.Var.create(" · ") + row.supplier, "")


def _actions(row: Any) -> rx.Component:
    def one(dialog_name: str, label: str) -> rx.Component:
        return button(
            t(f"staff.{label}"),
            kind="outline",
            on_click=StaffMembersState.open_for(dialog_name, row.id),  # type: ignore[operator]
            aria_label=t(f"staff.{label}_one").to(str).replace("{name}", row.name),
        )

    return rx.el.div(one("role", "change_role"), one("remove", "remove"), class_name="rowf")


def _roles(key: str) -> rx.Component:
    more = [("system_admin", t("staff.role.system_admin"))]
    every = [(name, t(f"staff.role.{name}")) for name in OF_SUPPLIER]

    def choice(options: list[Any]) -> rx.Component:
        return select_field(
            t("staff.column_role"), "role", options, error=StaffMembersState.errors["role"], required=True, id=key
        )

    may_make_all = StaffFrameState.permissions.contains("system")  # type: ignore[attr-defined]
    return rx.cond(may_make_all, choice(every + more), choice(every))


def _add_dialog() -> rx.Component:
    supplier = select_field(
        t("staff.works_for"),
        "supplier",
        StaffMembersState.suppliers,
        placeholder=t("staff.installation"),
        error=StaffMembersState.errors["supplier"],
        id="member-supplier",
    )
    errors = StaffMembersState.errors
    form = rx.el.form(
        error_summary(errors["form"]),
        field(t("staff.email"), "email", kind="email", error=errors["email"], required=True, id="member-email"),
        field(t("staff.name"), "name", error=errors["name"], required=True, id="member-name", max_length=200),
        rx.cond(StaffFrameState.supplier == "", supplier, rx.fragment()),
        _roles("member-role"),
        dialog_feet(t("staff.add_submit"), StaffMembersState.is_busy, StaffMembersState.close),
        on_submit=StaffMembersState.add,
        class_name="form",
        no_validate=True,
    )
    return dialog(
        t("staff.add_member"),
        form,
        is_open=StaffMembersState.dialog == "add",
        on_close=StaffMembersState.close,
        id="member-add",
        note=t("staff.add_note"),
    )


def _role_dialog() -> rx.Component:
    form = rx.el.form(
        error_summary(StaffMembersState.errors["form"]),
        rx.el.p(rx.el.b(StaffMembersState.asked_name)),
        _roles("member-new-role"),
        dialog_feet(t("staff.save"), StaffMembersState.is_busy, StaffMembersState.close),
        on_submit=StaffMembersState.change,
        class_name="form",
        no_validate=True,
    )
    return dialog(
        t("staff.change_role"),
        form,
        is_open=StaffMembersState.dialog == "role",
        on_close=StaffMembersState.close,
        id="member-change",
        note=t("staff.role_note"),
    )


def _remove_dialog() -> rx.Component:
    feet = dialog_feet(
        t("staff.remove"),
        StaffMembersState.is_busy,
        StaffMembersState.close,
        kind="danger",
        type="button",
        on_click=StaffMembersState.remove,
    )
    return dialog(
        t("staff.remove_title"),
        rx.el.p(rx.el.b(StaffMembersState.asked_name)),
        rx.el.p(t("staff.remove_text"), class_name="muted"),
        error_summary(StaffMembersState.errors["form"]),
        feet,
        is_open=StaffMembersState.dialog == "remove",
        on_close=StaffMembersState.close,
        id="member-remove",
    )


def add_to(app: rx.App) -> None:
    """Register the route."""
    loads = [StaffFrameState.load, StaffMembersState.load, StaffChangesState.load]
    app.add_page(staff_members, route=routes.STAFF_MEMBERS, title=t("staff.members"), on_load=loads)
