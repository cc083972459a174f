"""What a notification of planned works says beside its words: when, where, «ЗАВЕРШЕНО»."""

from __future__ import annotations

from typing import Any

import reflex as rx

from energo_cabinet.components.card import badge
from energo_cabinet.components.icon import icon
from energo_cabinet.i18n.ui import t


def works_line(period: Any, address: Any, is_over: Any) -> rx.Component:
    """Period and place; nothing while `period` is ""."""
    over = rx.cond(is_over, badge(t("broadcast.works_over"), "gray", cls="status"), rx.fragment())
    when = rx.el.span(icon("calendar-clock", 14), rx.el.span(period), over)
    where = rx.cond(address != "", rx.el.span(icon("map-pin", 14), rx.el.span(address)), rx.fragment())
    return rx.cond(period != "", rx.el.p(when, where, class_name="worksline"), rx.fragment())
