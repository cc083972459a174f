"""«Заявки на договоры»: what a person asked for beside what the supplier keeps, yes and no."""

from __future__ import annotations

from typing import Any

import reflex as rx

from energo_cabinet import routes
from energo_cabinet.components.button import button, page_link
from energo_cabinet.components.card import badge, card, page_head
from energo_cabinet.components.feedback import dialog, empty, failed, skeleton_rows, toast
from energo_cabinet.components.form import error_summary, field, text_area
from energo_cabinet.components.setting import dialog_feet
from energo_cabinet.i18n.ui import t
from energo_cabinet.pages.staff.frame_part import staff_page
from energo_cabinet.state.customers.staff_requests import StaffRequestsState
from energo_cabinet.state.staff.frame import StaffFrameState


def staff_requests() -> rx.Component:
    """The page."""
    body = rx.match(
        StaffRequestsState.status,
        ("ready", _list()),
        ("empty", card(empty("inbox", t("customers.no_requests"), t("customers.no_requests_text")))),
        ("failed", card(failed(t("customers.failed"), t("customers.failed_text"), StaffRequestsState.load))),
        card(skeleton_rows(4)),
    )
    head = page_head(
        t("customers.requests"), t("customers.requests_sub"), back=(t("customers.title"), routes.STAFF_CUSTOMERS)
    )
    notice = toast(StaffRequestsState.notice, StaffRequestsState.close)
    parts = (head, body, _accept(), _refuse(), _decide("let_in", "solid"), _decide("keep_out", "danger"), notice)
    return staff_page("customers", rx.el.div(*parts, on_unmount=StaffRequestsState.leave))


def _list() -> rx.Component:
    more = rx.cond(
        StaffRequestsState.has_more,
        button(t("customers.more"), kind="outline", on_click=StaffRequestsState.more),
        rx.fragment(),
    )
    objections = rx.foreach(StaffRequestsState.objections, _objection)
    return rx.el.div(objections, rx.foreach(StaffRequestsState.rows, _request), more, class_name="stack")


def _objection(row: Any) -> rx.Component:
    reader = rx.el.div(
        rx.el.h3(t("customers.new_reader"), class_name="over"),
        rx.el.b(row.reader),
        rx.el.span(row.came, class_name="sub"),
        rx.cond(row.is_out, badge(t("customers.is_out"), "warning"), badge(t("customers.still_reads"), "danger")),
    )
    objector = rx.el.div(
        rx.el.h3(t("customers.objects"), class_name="over"),
        rx.el.b(row.objected),
        page_link(row.customer, href=row.href, cls="link"),
    )
    feet = [
        button(
            t(f"customers.{name}"),
            kind=kind,
            on_click=StaffRequestsState.open_objection(name, row.id),  # type: ignore[operator]
        )
        for name, kind in (("keep_out", "outline"), ("let_in", "solid"))
    ]
    return card(
        rx.el.div(reader, objector, class_name="beside"),
        foot=rx.el.div(*feet, class_name="rowf"),
        title=t("customers.objection").to(str).replace("{number}", row.number),
        key=row.id,
    )


def _request(row: Any) -> rx.Component:
    asked = rx.el.div(
        rx.el.h3(t("customers.asked_for"), class_name="over"),
        rx.el.b(row.name),
        rx.el.span(row.address, class_name="sub"),
        rx.el.span(row.contact, class_name="sub"),
        rx.el.span(row.at, class_name="sub"),
    )
    same = rx.cond(
        row.is_same_name, badge(t("customers.same_name"), "success"), badge(t("customers.other_name"), "warning")
    )
    known = rx.el.div(
        rx.el.h3(t("customers.kept"), class_name="over"),
        rx.cond(
            row.known_href != "",
            rx.fragment(
                page_link(row.known_name, href=row.known_href, cls="link"),
                rx.el.span(row.known_address, class_name="sub"),
                rx.el.span(same),
            ),
            rx.el.span(t("customers.unknown_number"), class_name="sub"),
        ),
    )
    return card(
        rx.el.div(asked, known, class_name="beside"),
        foot=rx.el.div(_button("refuse", row.id, "outline"), _button("accept", row.id, "solid"), class_name="rowf"),
        title=t("customers.contract").to(str).replace("{number}", row.number),
        key=row.id,
    )


def _button(name: str, key: Any, kind: Any) -> rx.Component:
    opened = StaffRequestsState.open_dialog(name, key)  # type: ignore[operator]
    return button(t(f"customers.{name}"), kind=kind, on_click=opened)


def _accept() -> rx.Component:
    number = field(
        t("customers.number"),
        "number",
        error=StaffRequestsState.errors["number"],
        hint=t("customers.accept_hint"),
        default_value=StaffRequestsState.asked_number,
        max_length=60,
        id="accept-number",
    )
    return _dialog("accept", number, StaffRequestsState.accept, "solid")


def _refuse() -> rx.Component:
    reason = text_area(
        t("customers.reason"),
        "reason",
        error=StaffRequestsState.errors["reason"],
        hint=t("customers.reason_hint"),
        required=True,
        max_length=500,
        rows=3,
        id="refuse-reason",
    )
    return _dialog("refuse", reason, StaffRequestsState.refuse, "danger")


def _decide(name: str, kind: str) -> rx.Component:
    reason = text_area(
        t("customers.reason"),
        "reason",
        error=StaffRequestsState.errors["reason"],
        hint=t("customers.decision_hint"),
        required=True,
        max_length=500,
        rows=3,
        id=f"{name}-reason",
    )
    return _dialog(name, reason, StaffRequestsState.decide, kind)


def _dialog(name: str, inside: rx.Component, submit: Any, kind: str) -> rx.Component:
    feet = dialog_feet(t(f"customers.{name}"), StaffRequestsState.is_busy, StaffRequestsState.close, kind=kind)
    form = rx.el.form(
        inside, error_summary(StaffRequestsState.errors["form"]), feet, on_submit=submit, class_name="form",
        no_validate=True,
    )  # fmt: skip
    return dialog(
        t(f"customers.{name}_title"),
        form,
        is_open=StaffRequestsState.dialog == name,
        on_close=StaffRequestsState.close,
        id=f"dialog-{name}",
    )


def add_to(app: rx.App) -> None:
    """Register the route."""
    app.add_page(
        staff_requests,
        route=routes.STAFF_CUSTOMER_REQUESTS,
        title=t("customers.requests"),
        on_load=[StaffFrameState.load, StaffRequestsState.load],
    )
