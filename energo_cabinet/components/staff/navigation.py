"""The sections of `/staff`, each for whoever has its permission. A section joins with one line in `_sections`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import reflex as rx

from energo_cabinet import routes
from energo_cabinet.components.button import page_link
from energo_cabinet.components.icon import icon
from energo_cabinet.i18n.ui import t


@dataclass(frozen=True, eq=False)
class _Entry:
    """A line of the navigation. Vars have no truth to compare."""

    section: str
    permission: str
    icon: str
    words: rx.Var[str]
    href: str


def _sections() -> list[_Entry]:
    """In the order of the sidebar; only sections whose page exists."""
    return [
        _Entry("dashboard", "dashboard", "layout-dashboard", t("staff.dashboard"), routes.STAFF),
        _Entry("desk", "desk", "inbox", t("desk.title"), routes.STAFF_TICKETS),
        _Entry("notices", "notices", "bell", t("broadcast.section"), routes.STAFF_NOTICES),
        _Entry("registry", "registry", "gauge", t("registry.title"), routes.STAFF_REGISTRY),
        _Entry("quality", "quality", "grid-3x3", t("quality.title"), routes.STAFF_QUALITY),
        _Entry("suppliers", "admin", "cloud", t("sync.title"), routes.STAFF_SUPPLIERS),
        _Entry("customers", "customers", "search", t("customers.title"), routes.STAFF_CUSTOMERS),
        _Entry("imports", "imports", "upload", t("imports.title"), routes.STAFF_IMPORTS),
        _Entry("settings", "admin", "sliders-horizontal", t("staff.settings"), routes.STAFF_SETTINGS),
        _Entry("members", "admin", "users", t("staff.members"), routes.STAFF_MEMBERS),
        _Entry("accounts", "admin", "user-round", t("accounts.title"), routes.STAFF_ACCOUNTS),
        _Entry("incident", "admin", "triangle-alert", t("incident.title"), routes.STAFF_INCIDENT),
        _Entry("audit", "audit", "shield-check", t("staff.audit"), routes.STAFF_AUDIT),
    ]


def staff_sections(active: str, permissions: rx.Var[list[str]], cls: str = "nav") -> list[rx.Component]:
    """Links to the sections that the member may open."""
    return [_line(entry, active, permissions, cls) for entry in _sections()]


def _line(entry: _Entry, active: str, permissions: rx.Var[list[str]], cls: str) -> rx.Component:
    here = entry.section == active
    current: dict[str, Any] = {"aria_current": "page"} if here else {}
    link = page_link(
        icon(entry.icon), rx.el.span(entry.words), href=entry.href, cls=f"{cls} on" if here else cls, **current
    )
    return rx.cond(permissions.contains(entry.permission), link, rx.fragment())  # type: ignore[attr-defined]
