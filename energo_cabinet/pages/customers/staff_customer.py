"""A customer's page for staff: the contract, its people, points, money, tickets, notifications."""

from __future__ import annotations

from typing import Any

import reflex as rx

from energo_cabinet import routes
from energo_cabinet.components.button import button, page_link
from energo_cabinet.components.card import badge, card, page_head
from energo_cabinet.components.feedback import callout, empty, failed, skeleton_figures, skeleton_rows, toast
from energo_cabinet.components.form import hidden, post_form
from energo_cabinet.i18n.ui import t
from energo_cabinet.pages.customers.staff_dialogs_part import dialogs
from energo_cabinet.pages.staff.frame_part import staff_page
from energo_cabinet.state.customers.staff_customer import StaffCustomerState
from energo_cabinet.state.staff.frame import StaffFrameState

CLASSES = ("flat", "premises", "company", "house")
VIEW = StaffCustomerState.view


def staff_customer() -> rx.Component:
    """The page."""
    retry = failed(t("customers.failed"), t("customers.failed_text"), StaffCustomerState.load)
    body = rx.match(
        StaffCustomerState.status,
        ("ready", _page()),
        ("missing", card(empty("search", t("customers.missing"), t("customers.missing_text")))),
        ("failed", card(retry)),
        rx.el.div(card(skeleton_figures(4)), card(skeleton_rows(6)), class_name="stack"),
    )
    title = rx.cond(VIEW.number != "", t("customers.contract").to(str).replace("{number}", VIEW.number), "")
    head = page_head(
        rx.cond(VIEW.name != "", VIEW.name, t("customers.one")),
        title,
        actions=[rx.cond(StaffCustomerState.status == "ready", _actions(), rx.fragment())],
        back=(t("customers.title"), routes.STAFF_CUSTOMERS),
    )
    notice = toast(StaffCustomerState.notice, StaffCustomerState.close)
    return staff_page("customers", rx.el.div(head, body, dialogs(), notice, on_unmount=StaffCustomerState.leave))


def _actions() -> rx.Component:
    sheet = button(t("customers.sheet"), icon_name="printer", on_click=_open("sheet"))
    block = button(t("customers.block"), kind="outline", icon_name="lock", on_click=_open("block"))
    unblock = button(t("customers.unblock"), kind="outline", icon_name="lock-open", on_click=_open("unblock"))
    return rx.el.div(
        rx.cond(VIEW.can_print, sheet, rx.fragment()), rx.cond(VIEW.blocked != "", unblock, block), class_name="rowf"
    )


def _open(dialog: str, person: Any = 0) -> Any:
    return StaffCustomerState.open_dialog(dialog, person)  # type: ignore[operator]


def _page() -> rx.Component:
    blocked = callout(
        rx.el.p(VIEW.blocked),
        rx.el.p(VIEW.blocked_note, class_name="sub"),
        title=t("customers.is_blocked"),
        tone="warning",
        icon_name="lock",
    )
    none = callout(title=t("customers.no_password"), icon_name="printer")
    return rx.el.div(
        rx.cond(VIEW.blocked != "", blocked, rx.fragment()),
        rx.cond(VIEW.can_print & ~VIEW.has_password, none, rx.fragment()),
        rx.el.div(
            _facts(),
            _money(),
            _people(),
            _lines("points", VIEW.points, "c6"),
            _lines("bills", VIEW.bills, "c6"),
            _lines("tickets", VIEW.tickets, "c6", "desk"),
            _lines("sent", VIEW.sent, "c6"),
            class_name="grid",
        ),
        class_name="stack",
    )


def _facts() -> rx.Component:
    kind = rx.match(VIEW.consumer_class, *((name, t(f"class.{name}")) for name in CLASSES), "")
    pairs = [(t("customers.number"), VIEW.number), (t("customers.name"), VIEW.name)]
    pairs += [(t("customers.address"), VIEW.address), (t("customers.class"), kind)]
    reached = rx.cond(VIEW.contact_email + VIEW.contact_phone != "", _reached(), t("customers.contact_none"))
    pairs += [(t("customers.contact"), reached)]
    lines = (rx.el.div(rx.el.dt(label), rx.el.dd(value)) for label, value in pairs)
    change = button(t("customers.contact_change"), kind="outline", on_click=_open("contact"))
    facts = rx.el.dl(*lines, class_name="dl custfacts")
    return card(facts, title=t("customers.contract_card"), action=change, cls="c6")


def _reached() -> rx.Component:
    both = (VIEW.contact_email != "") & (VIEW.contact_phone != "")
    return rx.el.span(VIEW.contact_phone, rx.cond(both, " · ", ""), VIEW.contact_email)


def _money() -> rx.Component:
    balance = VIEW.balance
    figure = rx.el.div(
        rx.el.div(balance.label, class_name="label"),
        rx.el.span(balance.amount, rx.el.small(" ₽"), class_name="fig small"),
        rx.el.p(balance.sentence, class_name="sub"),
        rx.cond(balance.stated != "", rx.el.p(balance.stated, class_name="sub"), rx.fragment()),
        class_name="stat",
    )
    shown = rx.cond(balance.status != "", figure, rx.el.p(t("customers.no_balance"), class_name="sub"))
    return card(shown, title=t("customers.balance"), cls="c6")


def _people() -> rx.Component:
    def linked(row: Any) -> rx.Component:
        look = post_form(
            "/api/staff/view",
            hidden("customer_id", row.id.to_string()),
            button(t("customers.view"), kind="outline", icon_name="eye", type="submit"),
            cls="",
        )
        unlink = button(t("customers.unlink"), kind="outline", on_click=_open("unlink", row.id))
        shut = button(t("customers.shut"), kind="outline", on_click=_open("shut", row.id))
        return _person(row, look, unlink, shut)

    def shut_out(row: Any) -> rx.Component:
        return _person(row, button(t("customers.let"), kind="outline", on_click=_open("let", row.id)))

    rows = rx.el.ul(rx.foreach(VIEW.people, linked), rx.foreach(VIEW.shut_out, shut_out), class_name="peoplelist")
    nobody = empty("users", t("customers.nobody"), t("customers.nobody_text"))
    count = VIEW.people.length() + VIEW.shut_out.length()  # type: ignore[operator]
    return card(rx.cond(count > 0, rows, nobody), title=t("customers.people"), cls="c12 flush")


def _person(row: Any, *actions: Any) -> rx.Component:
    shut = rx.cond(row.reason != "", badge(t("customers.is_shut"), "warning"), rx.fragment())
    why = rx.cond(row.reason != "", rx.el.span(row.reason, class_name="sub"), rx.fragment())
    notes = (rx.el.span(words, class_name="sub") for words in (row.contact, row.note))
    who = rx.el.div(rx.el.b(row.name), " ", shut, *notes, why)
    return rx.el.li(who, rx.el.div(*actions, class_name="rowf"), key=row.id)


def _lines(name: str, lines: Any, cls: str, permission: str = "registry") -> rx.Component:
    def line(row: Any) -> rx.Component:
        may_open = (row.href != "") & StaffFrameState.permissions.contains(permission)  # type: ignore[attr-defined]
        title = rx.cond(may_open, page_link(row.title, href=row.href, cls="link"), rx.el.b(row.title))
        left = rx.el.div(title, rx.el.span(row.note))
        return rx.el.li(left, rx.el.div(rx.el.b(row.value), rx.el.span(row.value_note), class_name="r"), key=row.id)

    shown = rx.el.ul(rx.foreach(lines, line), class_name="mlist custlines")
    none = rx.el.p(t(f"customers.no_{name}"), class_name="sub")
    return card(rx.cond(lines.length() > 0, shown, none), title=t(f"customers.{name}"), cls=cls)


def add_to(app: rx.App) -> None:
    """Register the route."""
    app.add_page(
        staff_customer,
        route=routes.STAFF_CUSTOMER,
        title=t("customers.one"),
        on_load=[StaffFrameState.load, StaffCustomerState.load],
    )
