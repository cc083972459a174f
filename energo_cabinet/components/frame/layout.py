"""Frames of the pages: public (header, footer), signed in (sidebar, top bar; on phones a bar and a navigation below).

No state is imported here: what the frames show comes in as Vars (pages/frame.py binds them to the states).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Any

import reflex as rx

from energo_cabinet import routes
from energo_cabinet.components.button import button, link_button, page_link
from energo_cabinet.components.form import post_form
from energo_cabinet.components.frame.navigation import Section, bottom_navigation, side_navigation
from energo_cabinet.components.icon import icon, mark
from energo_cabinet.components.menu import colour_mode_button, language_switch, menu, menu_button, menu_line
from energo_cabinet.i18n.ui import t
from energo_cabinet.settings import get_settings


@dataclass(frozen=True)
class FrameVars:
    """What the signed-in frame shows; `add`, `edit`, `unlink` are events."""

    name: rx.Var[str]
    initials: rx.Var[str]
    email: rx.Var[str]
    contracts: rx.Var[list[dict[str, str]]]  # link_id, title, supplier, number
    selected: rx.Var[str]  # link_id of the contract in view
    title: rx.Var[str]
    supplier: rx.Var[str]
    number: rx.Var[str]
    is_staff: rx.Var[bool]
    unread: rx.Var[int]  # notifications
    unread_links: rx.Var[list[str]]  # link_ids of the contracts they are about
    add: Any
    edit: Any
    unlink: Any


def brand(href: str = routes.HOME) -> rx.Component:
    """The sign with the system's name, a link home."""
    words = rx.el.div(rx.el.b(get_settings().system_name), rx.el.span(t("app.tagline")))
    return page_link(mark(), words, href=href, cls="brand")


def public_page(*content: Any, cls: str = "") -> rx.Component:
    """Frame of a page for everybody; `cls` "center" (a single card) or "top" (a form)."""
    bar = rx.el.header(
        brand(),
        rx.el.div(class_name="grow"),
        page_link(t("help.link"), href=routes.HELP, cls="publink"),
        language_switch(),
        colour_mode_button(),
        class_name="pubbar",
    )
    return rx.el.div(skip_link(), bar, rx.el.main(*content, id="content"), _foot(), class_name=f"public {cls}".strip())


def cabinet_frame(v: FrameVars, active: Section, *content: Any) -> rx.Component:
    """Frame of a signed-in page."""
    inside = rx.el.div(
        _topbar(v), _phonebar(v), rx.el.main(*content, class_name="content", id="content"), class_name="main"
    )
    wide = rx.el.div(skip_link(), _sidebar(v, active), inside, class_name="frame")
    return rx.el.div(wide, bottom_navigation(active, partial(_number, v)), _title_number(v))


def skip_link() -> rx.Component:
    """«Перейти к содержанию», first of every page."""
    return rx.el.a(t("shell.skip"), href="#content", class_name="skiplink")


def _foot() -> rx.Component:
    email = get_settings().support_email
    mail = rx.el.a(email, href=f"mailto:{email}", class_name="link")
    support = [rx.el.span(t("shell.support"), " ", mail)] if email else []
    return rx.el.footer(
        rx.el.span(get_settings().system_name),
        *support,
        rx.el.span(class_name="grow"),
        page_link(t("help.link"), href=routes.HELP),
        page_link(t("about.link"), href=routes.ABOUT),
        page_link(t("shell.terms"), href=routes.TERMS),
        page_link(t("shell.personal_data"), href=routes.PERSONAL_DATA),
        class_name="pubfoot",
    )


def _number(v: FrameVars, href: str, tag: Any) -> Any:
    """How many notifications are unread, beside the words of their section."""
    if href != routes.NOTIFICATIONS:
        return rx.fragment()
    shown = rx.cond(v.unread > 99, "99+", v.unread.to_string())  # type: ignore[operator]
    return rx.cond(v.unread, tag(shown), rx.fragment())


def _sign(v: FrameVars, link_id: rx.Var[str]) -> rx.Component:
    """The (!) of a contract with unread notifications (Н-129)."""
    words = t("notifications.sign")
    sign = rx.el.i("!", class_name="bang", role="img", aria_label=words, title=words)
    return rx.cond(v.unread_links.contains(link_id), sign, rx.fragment())  # type: ignore[attr-defined]


def _title_number(v: FrameVars) -> rx.Component:
    """assets/js/unread.js puts it before the page's title."""
    return rx.el.span(data_unread=v.unread.to_string(), hidden=True)


def _contract(v: FrameVars, contract: Any, cls: str) -> rx.Component:
    here = contract["link_id"] == v.selected
    return page_link(
        rx.el.b(contract["title"]),
        _sign(v, contract["link_id"]),
        rx.el.span(contract["supplier"]),
        rx.el.span(contract["number"]),
        href=rx.Var.create(f"{routes.START}?contract=") + contract["link_id"],
        cls=rx.cond(here, f"{cls} on", cls),
        aria_current=rx.cond(here, "true", "false"),
        key=contract["link_id"],
    )


def _sidebar(v: FrameVars, active: Section) -> rx.Component:
    inside = rx.el.div(
        brand(routes.START),
        rx.el.h2(t("shell.cabinet"), class_name="over"),
        rx.el.div(rx.foreach(v.contracts, lambda c: _contract(v, c, "contract")), class_name="contracts"),
        button(t("contract.add"), kind="outline", icon_name="plus", cls="wide add", on_click=v.add),
        *side_navigation(active, partial(_number, v)),
        rx.el.div(_help_link("nav"), sign_out("nav"), class_name="side-foot"),
    )
    return rx.el.aside(inside, class_name="sidebar dark", aria_label=t("shell.side"))


def _help_link(cls: str) -> rx.Component:
    return page_link(icon("circle-help"), rx.el.span(t("help.link")), href=routes.HELP, cls=cls)


def sign_out(cls: str) -> rx.Component:
    """«Выйти»: a plain form, because the cookie goes."""
    leave = rx.el.button(icon("log-out"), rx.el.span(t("shell.sign_out")), type="submit", class_name=cls)
    return post_form("/api/logout", leave, cls="")


def _contract_menu(v: FrameVars) -> rx.Component:
    dots = menu(
        [icon("ellipsis-vertical")],
        t("contract.actions"),
        menu_button(t("contract.edit"), "pencil", on_click=v.edit),
        menu_line(),
        menu_button(t("contract.unlink"), "x", danger=True, on_click=v.unlink),
        cls="start",
        trigger_cls="icon",
    )
    return rx.cond(v.selected != "", dots, rx.fragment())


def _profile_menu(v: FrameVars, trigger: list[Any], cls: str) -> rx.Component:
    who = rx.el.div(rx.el.b(v.name), v.email, class_name="who")
    items = [who, menu_line(), _to_profile(), _to_staff(v), sign_out("item")]
    return menu(trigger, t("shell.profile"), *items, trigger_cls=cls)


def _to_profile() -> rx.Component:
    """«Профиль» (Н-51)."""
    return page_link(icon("user-round"), rx.el.span(t("person.title")), href=routes.PROFILE, cls="item")


def _to_staff(v: FrameVars) -> rx.Component:
    """The way to `/staff` for whoever works there."""
    link = page_link(icon("briefcase"), rx.el.span(t("staff.title")), href=routes.STAFF, cls="item")
    return rx.cond(v.is_staff, link, rx.fragment())


def _topbar(v: FrameVars) -> rx.Component:
    place = rx.el.div(
        rx.el.b(v.title),
        _contract_menu(v),
        rx.el.span(v.supplier, " · ", v.number, class_name="from-xl"),
        class_name="ctx",
    )
    face = [rx.el.i(v.initials, class_name="ava"), rx.el.span(v.name), icon("chevron-down", 14)]
    return rx.el.header(
        rx.cond(v.selected != "", place, rx.fragment()),
        rx.el.div(class_name="grow"),
        link_button(t("connect.title"), routes.CONNECT, kind="outline", icon_name="qr-code", cls="qrbtn"),
        language_switch(),
        colour_mode_button(),
        _profile_menu(v, face, "me"),
        class_name="topbar",
    )


def _phonebar(v: FrameVars) -> rx.Component:
    now = rx.el.span(
        rx.el.b(rx.cond(v.title != "", v.title, get_settings().system_name)),
        rx.el.em(rx.cond(v.number != "", v.number, t("app.tagline"))),
    )
    switch = menu(
        [now, icon("chevrons-up-down")],
        t("shell.contracts"),
        rx.foreach(v.contracts, lambda c: _contract(v, c, "contract item")),
        menu_line(),
        menu_button(t("contract.add"), "plus", on_click=v.add),
        cls="switchbox start",
        trigger_cls="switch",
    )
    person = menu(
        [rx.el.i(v.initials, class_name="ava")],
        t("shell.profile"),
        rx.el.div(rx.el.b(v.name), v.email, class_name="who"),
        menu_line(),
        rx.el.div(language_switch(), colour_mode_button(), class_name="rowf between"),
        menu_line(),
        _to_profile(),
        _to_staff(v),
        sign_out("item"),
        trigger_cls="icon",
    )
    return rx.el.header(switch, _sign(v, v.selected), _contract_menu(v), person, class_name="phonebar")
