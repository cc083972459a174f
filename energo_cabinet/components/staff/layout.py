"""Frame of the pages of `/staff`: sidebar and top bar; on phones a bar with the sections in a menu."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import reflex as rx

from energo_cabinet import routes
from energo_cabinet.components.button import page_link
from energo_cabinet.components.frame.layout import brand, sign_out, skip_link
from energo_cabinet.components.icon import icon
from energo_cabinet.components.menu import colour_mode_button, language_switch, menu, menu_line
from energo_cabinet.components.staff.navigation import staff_sections
from energo_cabinet.i18n.ui import t


@dataclass(frozen=True)
class StaffFrameVars:
    """What the frame shows; `role` in words, `supplier` "" for administrators of the installation."""

    name: rx.Var[str]
    initials: rx.Var[str]
    email: rx.Var[str]
    role: rx.Var[str]
    supplier: rx.Var[str]
    permissions: rx.Var[list[str]]


def staff_frame(v: StaffFrameVars, active: str, *content: Any) -> rx.Component:
    """Frame of a page of the staff."""
    body = rx.el.main(*content, class_name="content", id="content")
    return rx.el.div(
        skip_link(),
        _sidebar(v, active),
        rx.el.div(_topbar(v), _phonebar(v, active), body, class_name="main"),
        class_name="frame",
    )


def _sidebar(v: StaffFrameVars, active: str) -> rx.Component:
    sections = rx.el.nav(*staff_sections(active, v.permissions), class_name="navs", aria_label=t("staff.sections"))
    inside = rx.el.div(
        brand(routes.STAFF),
        rx.el.h2(t("staff.title"), class_name="over"),
        sections,
        rx.el.div(_own_cabinet("nav"), sign_out("nav"), class_name="side-foot"),
    )
    return rx.el.aside(inside, class_name="sidebar dark", aria_label=t("staff.sections"))


def _own_cabinet(cls: str) -> rx.Component:
    return page_link(icon("house"), rx.el.span(t("staff.own_cabinet")), href=routes.START, cls=cls)


def _place(v: StaffFrameVars) -> rx.Component:
    name = rx.cond(v.supplier != "", v.supplier, t("staff.installation"))
    return rx.el.div(rx.el.b(name), rx.el.span(v.role), class_name="ctx")


def _topbar(v: StaffFrameVars) -> rx.Component:
    face = [rx.el.i(v.initials, class_name="ava"), rx.el.span(v.name), icon("chevron-down", 14)]
    return rx.el.header(
        _place(v),
        rx.el.div(class_name="grow"),
        language_switch(),
        colour_mode_button(),
        _person(v, face, "me"),
        class_name="topbar",
    )


def _person(v: StaffFrameVars, trigger: list[Any], cls: str, *more: Any) -> rx.Component:
    profile = page_link(icon("user-round"), rx.el.span(t("person.title")), href=routes.PROFILE, cls="item")
    who = rx.el.div(rx.el.b(v.name), v.email, class_name="who")
    items = [who, menu_line(), *more, profile, _own_cabinet("item"), sign_out("item")]
    return menu(trigger, t("shell.profile"), *items, trigger_cls=cls)


def _phonebar(v: StaffFrameVars, active: str) -> rx.Component:
    now = rx.el.span(
        rx.el.b(t("staff.title")), rx.el.em(rx.cond(v.supplier != "", v.supplier, t("staff.installation")))
    )
    sections = menu(
        [now, icon("chevrons-up-down")],
        t("staff.sections"),
        *staff_sections(active, v.permissions, "item"),
        cls="switchbox start",
        trigger_cls="switch",
    )
    modes = rx.el.div(language_switch(), colour_mode_button(), class_name="rowf between")
    person = _person(v, [rx.el.i(v.initials, class_name="ava")], "icon", modes, menu_line())
    return rx.el.header(sections, person, class_name="phonebar")
