"""The frame of `/staff` bound to its state; without a second factor it shows how to turn it on, and nothing else."""

from __future__ import annotations

from typing import Any

import reflex as rx

from energo_cabinet.components.button import link_button
from energo_cabinet.components.card import card
from energo_cabinet.components.feedback import empty
from energo_cabinet.components.staff.layout import StaffFrameVars, staff_frame
from energo_cabinet.i18n.ui import t
from energo_cabinet.pages.sign_in.step_up_part import step_up_dialog
from energo_cabinet.routes import PROFILE
from energo_cabinet.state.staff.frame import StaffFrameState

ROLES = ("operator", "engineer", "supplier_admin", "system_admin")


def staff_page(section: str, *content: Any) -> rx.Component:
    """A page of the staff; its `on_load` begins with `StaffFrameState.load`."""
    bound = StaffFrameVars(
        name=StaffFrameState.name,
        initials=StaffFrameState.initials,
        email=StaffFrameState.email,
        role=role_words(StaffFrameState.role),
        supplier=StaffFrameState.supplier,
        permissions=StaffFrameState.permissions,
    )
    body = rx.cond(StaffFrameState.needs_second_factor, _second_factor_first(), rx.fragment(*content))
    return rx.fragment(staff_frame(bound, section, body), step_up_dialog())


def role_words(role: Any) -> Any:
    """A role's name in words."""
    return rx.match(role, *((name, t(f"staff.role.{name}")) for name in ROLES), "")


def _second_factor_first() -> rx.Component:
    there = link_button(t("staff.second_factor_on"), f"{PROFILE}#security")
    return card(empty("shield-check", t("staff.second_factor_title"), t("staff.second_factor_text"), there))
