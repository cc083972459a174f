"""«Оплатить»: the QR of ГОСТ Р 56042-2014, the details to copy, a receipt to print. No card data anywhere (Н-43)."""

from __future__ import annotations

from typing import Any

import reflex as rx

from energo_cabinet import routes
from energo_cabinet.components.button import button, icon_button
from energo_cabinet.components.card import card, page_head
from energo_cabinet.components.feedback import callout, empty
from energo_cabinet.components.figure import fig
from energo_cabinet.i18n.ui import t, words_in
from energo_cabinet.pages.bill.bill import bill_page, lines_table
from energo_cabinet.state.bill.bill import BillState
from energo_cabinet.state.frame.session import SessionState


def receipt() -> rx.Component:
    """The page; printed it is a receipt of one sheet."""
    view = BillState.receipt
    head = page_head(
        view.title,
        rx.el.span(view.sub),
        actions=[button(t("bills.print"), kind="outline", icon_name="printer", data_print="true", cls="no-print")],
        back=(t("bills.back_to_bill"), view.back),
    )
    paid = card(empty("circle-check", t("bills.nothing_to_pay"), t("bills.nothing_to_pay_text")), cls="c12")
    ways = rx.cond(view.fields.length() > 0, _ways(), _no_details())
    body = rx.cond(BillState.view.pay != "", ways, paid)
    return bill_page(
        rx.el.div(
            rx.el.p(t("bills.receipt"), class_name="only-print payslip-name"),
            head,
            rx.el.div(body, _slip(), class_name="grid bills payslip"),
        )
    )


def _ways() -> rx.Component:
    view = BillState.receipt
    code = card(
        _sum(),
        rx.cond(view.qr != "", _code(), _no_code()),
        rx.el.p(view.note, class_name="note"),
        title=t("bills.by_code"),
        cls="c4 paycode",
    )
    details = card(
        rx.el.dl(rx.foreach(view.fields, _field), class_name="dl one copy"),
        rx.el.p("", class_name="note no-print", role="status", data_copy_status="true"),
        rx.el.p(t("bills.no_card"), class_name="note no-print"),
        title=t("bills.details"),
        sub=t("bills.details_sub"),
        cls="c8",
    )
    return rx.fragment(code, details)


def _sum() -> rx.Component:
    label = rx.el.span(t("bills.to_pay"), class_name="label")
    return rx.el.div(label, fig(BillState.receipt.amount, "₽", "mid"), class_name="balance-sum")


def _code() -> rx.Component:
    """Dark on white in both modes: scanners need it so."""
    square = rx.el.svg(
        rx.el.path(d=BillState.receipt.qr),
        view_box=BillState.receipt.box,
        class_name="qr",
        role="img",
        aria_label=t("bills.code"),
        custom_attrs={"shapeRendering": "crispEdges"},
    )
    return rx.el.figure(square, rx.el.figcaption(t("bills.scan"), class_name="note"), class_name="qrbox")


def _no_code() -> rx.Component:
    return callout(rx.el.span(t("bills.no_code")), tone="warning")


def _field(field: Any) -> rx.Component:
    copy = icon_button(
        "copy",
        t("bills.copy").to(str) + ": " + field.label,  # type: ignore[attr-defined]
        cls="no-print",
        data_copy=field.copied,
        data_said=field.said,
    )
    return rx.el.div(rx.el.dt(field.label), rx.el.dd(rx.el.span(field.value), copy), key=field.label)


def _no_details() -> rx.Component:
    view = BillState.receipt
    contact = rx.el.p(view.supplier, rx.cond(view.contact != "", " · " + view.contact, ""))
    box = callout(rx.el.p(t("bills.no_details_text")), contact, title=t("bills.no_details"), tone="warning")
    return card(
        rx.el.div(rx.el.span(t("bills.to_pay"), class_name="label"), fig(view.amount, "₽", "mid")), box, cls="c12"
    )


def _slip() -> rx.Component:
    view = BillState.receipt
    facts = rx.el.dl(
        rx.foreach(view.slip, lambda f: rx.el.div(rx.el.dt(f.label), rx.el.dd(f.value), key=f.label)),
        class_name="dl two",
    )
    return card(
        facts,
        rx.el.div(lines_table(BillState.view), class_name="slip-lines"),
        rx.el.p(view.made_on, class_name="note only-print"),
        title=t("bills.what_for"),
        cls="c12",
    )


def add_to(app: rx.App) -> None:
    """Register the route."""
    title = words_in("bills.pay_page", "ru")
    app.add_page(receipt, route=routes.RECEIPT, title=title, on_load=[SessionState.load, BillState.load])
