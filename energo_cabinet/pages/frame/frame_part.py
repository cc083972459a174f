"""The signed-in frame bound to its states, with the dialogs of a contract."""

from __future__ import annotations

from typing import Any

import reflex as rx

from energo_cabinet.components.button import button, link_button
from energo_cabinet.components.card import card
from energo_cabinet.components.feedback import callout, dialog, empty, toast
from energo_cabinet.components.form import error_summary, field, password_field, select_field
from energo_cabinet.components.frame.layout import FrameVars, Section, cabinet_frame
from energo_cabinet.components.frame.view_banner import view_banner
from energo_cabinet.i18n.ui import t
from energo_cabinet.routes import PROFILE
from energo_cabinet.state.contract.contract import ContractState
from energo_cabinet.state.frame.session import SessionState
from energo_cabinet.state.notice.unread import UnreadState
from energo_cabinet.state.staff.invitation import InvitationState

CLOSED_IN_VIEW = frozenset({"", "account"})
"""Sections that are the person's own (auth.view); "" are the profile and the phones."""


def cabinet_page(active: Section, *content: Any) -> rx.Component:
    """A signed-in page; its `on_load` begins with `SessionState.load`."""
    bound = FrameVars(
        name=SessionState.name,
        initials=SessionState.initials,
        email=SessionState.email,
        contracts=SessionState.contracts,
        selected=SessionState.selected,
        title=SessionState.title,
        supplier=SessionState.supplier,
        number=SessionState.number,
        is_staff=SessionState.is_staff,
        unread=UnreadState.total,
        unread_links=UnreadState.links,
        add=ContractState.open_add,
        edit=ContractState.open_edit,
        unlink=ContractState.open_unlink,
    )
    return rx.fragment(
        view_banner(SessionState.is_view, SessionState.name),
        cabinet_frame(bound, active, _erasure(active), _invitation(), _blocked(), _content(active, content)),
        _add_dialog(),
        _edit_dialog(),
        _unlink_dialog(),
        toast(ContractState.notice, ContractState.close),
    )


def _content(active: Section, content: tuple[Any, ...]) -> rx.Component:
    """What is the person's own is closed to whoever looks through their eyes."""
    if active not in CLOSED_IN_VIEW:
        return rx.fragment(*content)
    closed = card(empty("lock", t("customers.closed"), t("customers.closed_text")))
    return rx.cond(SessionState.is_view, closed, rx.fragment(*content))


def _blocked() -> rx.Component:
    """Why the supplier has closed the contract in view to new cabinets."""
    words = t("customers.blocked_note").to(str).replace("{reason}", SessionState.blocked)
    box = callout(title=words, tone="warning", icon_name="lock", role="status")
    return rx.cond(SessionState.blocked != "", box, rx.fragment())


def _erasure(active: Section) -> rx.Component:
    """Whoever signs in is told that the account will be erased, and where that is cancelled (R-37)."""
    words = t("person.erasure_waiting").to(str).replace("{date}", SessionState.erased_on)
    there = link_button(t("person.title"), f"{PROFILE}#data", kind="outline")
    box = callout(
        title=words, tone="warning", icon_name="triangle-alert", action=there, role="status", data_over="true"
    )
    return rx.cond(SessionState.erased_on != "", box, rx.fragment())


def _invitation() -> rx.Component:
    """Nobody becomes staff but by their own word."""
    asker = rx.cond(InvitationState.supplier != "", InvitationState.supplier, t("staff.installation"))
    words = t("staff.invited").to(str).replace("{supplier}", asker)
    answers = rx.el.div(
        button(t("staff.decline"), kind="outline", on_click=InvitationState.answer(False)),  # type: ignore[operator]
        button(t("staff.accept"), on_click=InvitationState.answer(True)),  # type: ignore[operator]
        class_name="rowf",
    )
    box = callout(
        rx.el.p(t("staff.invited_text")), rx.cond(InvitationState.error != "", InvitationState.error, ""),
        title=words, tone="info", icon_name="shield-check", action=answers, role="status",
        data_over="true",
    )  # fmt: skip
    return rx.cond(InvitationState.role != "", box, rx.fragment())


def _feet(words: rx.Var[str], kind: str = "solid", **props: Any) -> rx.Component:
    return rx.el.div(
        button(t("form.cancel"), kind="outline", size=3, on_click=ContractState.close),
        button(words, kind=kind, size=3, busy=ContractState.is_busy, **props),  # type: ignore[arg-type]
        class_name="dlgfoot",
    )


def _add_dialog() -> rx.Component:
    form = rx.el.form(
        error_summary(ContractState.errors["form"]),
        _supplier(),
        _title("contract-title"),
        rx.el.div(_login(), _password(), class_name="two"),
        _feet(t("contract.submit"), type="submit"),
        on_submit=ContractState.add,
        class_name="form",
        no_validate=True,
    )
    return dialog(
        t("contract.add"),
        form,
        is_open=ContractState.dialog == "add",
        on_close=ContractState.close,
        id="contract-add",
        note=t("contract.add_note"),
    )


def _supplier() -> rx.Component:
    return select_field(
        t("contract.supplier"),
        "supplier",
        ContractState.suppliers,
        placeholder=t("contract.supplier_choose"),
        error=ContractState.errors["supplier"],
        required=True,
        id="contract-supplier",
    )


def _title(key: str, **props: Any) -> rx.Component:
    return field(
        t("contract.title"),
        "title",
        hint=t("contract.title_hint"),
        error=ContractState.errors["title"],
        required=True,
        id=key,
        auto_complete="off",
        max_length=100,
        **props,
    )


def _login() -> rx.Component:
    return field(
        t("contract.login"),
        "login",
        error=ContractState.errors["login"],
        required=True,
        id="contract-login",
        auto_complete="off",
        max_length=100,
    )


def _password() -> rx.Component:
    return password_field(
        t("contract.password"),
        "password",
        error=ContractState.errors["password"],
        id="contract-password",
        auto_complete="off",
    )


def _edit_dialog() -> rx.Component:
    form = rx.el.form(
        error_summary(ContractState.errors["form"]),
        _title("contract-new-title", default_value=SessionState.title),
        _feet(t("contract.save"), type="submit"),
        on_submit=ContractState.rename,
        class_name="form",
        no_validate=True,
    )
    return dialog(
        t("contract.edit_title"),
        form,
        is_open=ContractState.dialog == "edit",
        on_close=ContractState.close,
        id="contract-edit",
    )


def _unlink_dialog() -> rx.Component:
    return dialog(
        t("contract.unlink_title"),
        rx.el.p(rx.el.b(SessionState.title)),
        rx.el.p(t("contract.unlink_text"), class_name="muted"),
        error_summary(ContractState.errors["form"]),
        _feet(t("contract.unlink_submit"), kind="danger", on_click=ContractState.unlink),
        is_open=ContractState.dialog == "unlink",
        on_close=ContractState.close,
        id="contract-unlink",
    )
