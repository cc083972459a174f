"""An account for administrators: what it is, what lets somebody in, and each thing that can be done about it."""

from __future__ import annotations

from typing import Any

import reflex as rx

from energo_cabinet import routes
from energo_cabinet.components.button import button, link_button
from energo_cabinet.components.card import card, page_head
from energo_cabinet.components.feedback import callout, empty, failed, skeleton_rows, toast
from energo_cabinet.i18n.ui import t
from energo_cabinet.pages.staff.account_dialogs_part import account_dialogs
from energo_cabinet.pages.staff.accounts import status_badge
from energo_cabinet.pages.staff.frame_part import role_words, staff_page
from energo_cabinet.state.staff.account import StaffAccountState
from energo_cabinet.state.staff.frame import StaffFrameState

VIEW = StaffAccountState.view
FACTORS = ("totp", "sms", "passkey")


def staff_account() -> rx.Component:
    """The page."""
    body = rx.match(
        StaffAccountState.status,
        ("ready", _page()),
        ("missing", card(empty("search", t("accounts.missing"), t("accounts.missing_text")))),
        ("failed", card(failed(t("accounts.failed"), t("accounts.failed_text"), StaffAccountState.load))),
        rx.el.div(card(skeleton_rows(4)), card(skeleton_rows(3)), class_name="stack"),
    )
    head = page_head(
        rx.cond(VIEW.name != "", VIEW.name, t("accounts.one")),
        VIEW.email,
        back=(t("accounts.title"), routes.STAFF_ACCOUNTS),
    )
    notice = toast(StaffAccountState.notice, StaffAccountState.close)
    page = rx.el.div(head, body, account_dialogs(), notice, on_unmount=StaffAccountState.leave)
    return staff_page("accounts", page)


def _page() -> rx.Component:
    return rx.el.div(
        _told(),
        rx.el.div(_facts(), _actions(), class_name="grid"),
        _entries("session", VIEW.sessions, "end"),
        _entries("phone", VIEW.phones, "withdraw"),
        _entries("browser", VIEW.browsers, "forget"),
        class_name="stack",
    )


def _told() -> rx.Component:
    """What is the matter, and how far the hand reaches."""
    reach = rx.match(VIEW.reach, *((name, t(f"accounts.is_{name}")) for name in ("self", "shared", "above")), "")
    held = callout(rx.el.p(VIEW.held), title=t("accounts.held"), tone="danger", icon_name="lock")
    stop = button(t("accounts.stop"), kind="outline", on_click=_open("stop"))
    reset = callout(rx.el.p(VIEW.reset_by), title=VIEW.reset, tone="warning", icon_name="triangle-alert", action=stop)
    return rx.fragment(
        rx.cond(VIEW.held != "", held, rx.fragment()),
        rx.cond(VIEW.reset != "", reset, rx.fragment()),
        rx.cond(VIEW.reach != "own", callout(rx.el.p(reach)), rx.fragment()),
    )


def _facts() -> rx.Component:
    factor = rx.match(
        VIEW.factor, *((name, t(f"accounts.factor_{name}")) for name in FACTORS), t("accounts.factor_none")
    )
    place = rx.cond(VIEW.works_for != "", " · " + VIEW.works_for.to(str), "")
    work = rx.cond(VIEW.role != "", rx.el.span(role_words(VIEW.role), place), "—")
    pairs = [
        (t("accounts.state"), status_badge(VIEW.status)),
        (t("accounts.work"), work),
        (t("accounts.contracts"), rx.cond(VIEW.contracts != "", VIEW.contracts, t("accounts.no_contracts"))),
        (t("accounts.factor"), factor),
        (t("accounts.failures"), VIEW.failures),
    ]
    lines = (rx.el.div(rx.el.dt(label), rx.el.dd(value)) for label, value in pairs)
    return card(rx.el.dl(*lines, class_name="dl"), cls="c6")


def _actions() -> rx.Component:
    def one(name: str, may: Any, kind: str = "outline") -> rx.Component:
        made = button(t(f"accounts.{name}"), kind=kind, size=3, on_click=_open(name))  # type: ignore[arg-type]
        return rx.cond(may, made, rx.fragment())

    looks = link_button(t("accounts.looks"), VIEW.looks_href, kind="outline", size=3, icon_name="eye")
    buttons = rx.el.div(
        one("disable", VIEW.may_disable, "danger"),
        one("enable", VIEW.may_enable, "solid"),
        one("sign_out", VIEW.may_end),
        one("unlock", VIEW.may_unlock),
        one("reset", VIEW.may_reset),
        looks,
        class_name="accountdeeds",
    )
    return card(buttons, title=t("accounts.access"), cls="c6")


def _entries(kind: str, rows: Any, verb: str) -> rx.Component:
    plural = {"session": "sessions", "phone": "phones", "browser": "browsers"}[kind]

    def line(row: Any) -> rx.Component:
        def named(key: str) -> Any:
            return t(f"accounts.{key}").to(str).replace("{name}", row.name)

        who = rx.el.div(rx.el.b(row.name), rx.el.span(row.note, class_name="sub"))
        end = button(
            t(f"accounts.{verb}"), kind="outline", on_click=_open(kind, row.id), aria_label=named(f"{verb}_one")
        )
        looks = link_button(t("accounts.looks"), row.href, kind="ghost", aria_label=named("looks_one"))
        acts = rx.el.div(
            rx.cond(row.href != "", looks, rx.fragment()),
            rx.cond((VIEW.reach == "own") | (VIEW.reach == "shared"), end, rx.fragment()),
            class_name="rowf",
        )
        return rx.el.li(who, acts, key=row.id)

    shown = rx.el.ul(rx.foreach(rows, line), class_name="accountlist")
    none = rx.el.p(t(f"accounts.no_{plural}"), class_name="muted accountnone")
    note = t("accounts.browsers_note") if kind == "browser" else None
    return card(rx.cond(rows.length() > 0, shown, none), title=t(f"accounts.{plural}"), sub=note, cls="flush")


def _open(dialog: str, number: Any = 0) -> Any:
    return StaffAccountState.open_dialog(dialog, number)  # type: ignore[operator]


def add_to(app: rx.App) -> None:
    """Register the route."""
    loads = [StaffFrameState.load, StaffAccountState.load]
    app.add_page(staff_account, route=routes.STAFF_ACCOUNT, title=t("accounts.one"), on_load=loads)
