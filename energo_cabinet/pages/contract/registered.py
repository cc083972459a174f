"""«Учетные данные» (Э-55): who, contracts, objects, points, other readers, adding by number and code."""

from __future__ import annotations

from typing import Any

import reflex as rx

from energo_cabinet import routes
from energo_cabinet.components.button import button, link_button, page_link, text_link
from energo_cabinet.components.card import badge, card, page_head
from energo_cabinet.components.feedback import empty, failed, skeleton_rows, toast
from energo_cabinet.components.form import error_summary
from energo_cabinet.i18n.ui import t
from energo_cabinet.pages.contract.adding_part import adding_forms
from energo_cabinet.pages.contract.readers_part import readers_card
from energo_cabinet.pages.frame.frame_part import cabinet_page
from energo_cabinet.state.contract.adding import AddingState
from energo_cabinet.state.contract.contract import ContractState
from energo_cabinet.state.contract.readers import ReadersState
from energo_cabinet.state.contract.registered import AccountState
from energo_cabinet.state.frame.session import SessionState
from energo_cabinet.state.supplier.entry import EntryState

CLASSES = ("flat", "premises", "company", "house")


def account() -> rx.Component:
    """The page."""
    body = rx.match(
        AccountState.status,
        ("ready", _page()),
        ("failed", card(failed(t("registered.failed"), t("registered.failed_text"), AccountState.load))),
        card(skeleton_rows(6)),
    )
    return cabinet_page(
        "account",
        rx.el.div(page_head(t("registered.title"), t("registered.sub")), body, on_unmount=AccountState.leave),
        toast(AccountState.notice, AccountState.close_notice),
        toast(ReadersState.notice, ReadersState.close),
        toast(AddingState.notice, AddingState.close_notice),
    )


def _page() -> rx.Component:
    nothing = empty("file-text", t("registered.no_contracts"), t("registered.no_contracts_text"), _add())
    contracts = rx.cond(
        AccountState.contracts.length() > 0, rx.foreach(AccountState.contracts, _contract), card(nothing)
    )
    return rx.el.div(_person(), rx.el.div(contracts, class_name="stack"), readers_card(), _adding(), class_name="stack")


def _add() -> rx.Component:
    return button(t("contract.add"), icon_name="plus", on_click=ContractState.open_add)


def _person() -> rx.Component:
    names = ("full_name", "email", "phone", "address", "contract_number")
    lines = [_pair(t(f"registered.{name}"), AccountState.person[name]) for name in names]
    kind = AccountState.person["consumer_class"]
    lines.append(rx.cond(kind != "", _pair(t("registered.consumer_class"), _class(kind)), rx.fragment()))
    return card(rx.el.dl(*lines, class_name="dl two"), title=t("registered.person"))


def _class(kind: Any) -> rx.Component:
    return rx.match(kind, *((name, t(f"class.{name}")) for name in CLASSES), "")


def _pair(word: Any, value: Any) -> rx.Component:
    return rx.el.div(rx.el.dt(word), rx.el.dd(value))


def _contract(contract: Any) -> rx.Component:
    pairs = rx.el.dl(
        _pair(t("registered.supplier"), contract.supplier),
        _pair(t("registered.number"), contract.number),
        _pair(t("registered.customer"), contract.customer),
        _pair(t("registered.object"), contract.place),
        class_name="dl two",
    )
    more = text_link(t("registered.all_points"), contract.all_points, after="chevron-right")
    points = rx.el.div(
        rx.el.h3(contract.count, class_name="over flat"),
        rx.el.ul(rx.foreach(contract.points, _point), class_name="lines"),
        rx.cond(contract.has_more, more, rx.fragment()),
    )
    return card(
        pairs,
        points,
        title=contract.title,
        sub=_class(contract.kind),
        action=link_button(t("registered.change"), contract.change, kind="outline"),
        foot=rx.el.p(t("registered.change_note"), class_name="muted small"),
        key=contract.key,
    )


def _point(point: Any) -> rx.Component:
    return rx.el.li(page_link(rx.el.b(point.title), href=point.address), rx.el.span(point.place, class_name="sub"))


def _adding() -> rx.Component:
    """A contract by its number; requests that wait."""
    asked = rx.el.ul(rx.foreach(AccountState.requests, _request), class_name="lines")
    return card(
        rx.el.p(t("registered.requests_note"), class_name="muted"),
        rx.cond(AccountState.requests.length() > 0, asked, rx.fragment()),
        error_summary(AccountState.error),
        adding_forms(),
        title=t("registered.requests"),
    )


def _request(request: Any) -> rx.Component:
    waiting = rx.fragment(
        badge(t("registered.status_waiting"), "warning"),
        button(t("registered.withdraw"), kind="ghost", on_click=AccountState.withdraw(request.id)),  # type: ignore[operator]
    )
    status = rx.match(
        request.status,
        ("waiting", waiting),
        ("linked", badge(t("registered.status_linked"), "success")),
        badge(t("registered.status_refused"), "danger"),
    )
    why = rx.match(request.status, ("waiting", t("registered.waiting_text")), request.reason)
    words = rx.el.div(
        rx.el.b(request.number),
        rx.el.span(request.supplier, " · ", request.asked_on, class_name="sub"),
        rx.el.span(why, class_name="sub"),
    )
    return rx.el.li(rx.el.div(words, rx.el.div(status, class_name="rowf"), class_name="rowf between"), key=request.id)


def add_to(app: rx.App) -> None:
    """Register the route."""
    app.add_page(
        account,
        route=routes.ACCOUNT,
        title=t("registered.title"),
        description=t("site.description"),
        image="/favicon.svg",
        on_load=[SessionState.load, AccountState.load, ReadersState.load, EntryState.load],
    )
