"""Above every page while a member of the staff looks through a customer's eyes."""

from __future__ import annotations

from typing import Any

import reflex as rx

from energo_cabinet.components.button import button
from energo_cabinet.components.form import post_form
from energo_cabinet.components.icon import icon
from energo_cabinet.i18n.ui import t


def view_banner(is_view: rx.Var[bool], name: Any) -> rx.Component:
    """Whose eyes, read only, and the way back; nothing for everybody else."""
    end = post_form("/api/staff/view/end", button(t("customers.view_end"), type="submit"), cls="")
    words = rx.el.span(t("customers.view_banner").to(str).replace("{name}", name))
    return rx.cond(is_view, rx.el.div(icon("eye"), words, end, class_name="viewbanner", role="status"), rx.fragment())
