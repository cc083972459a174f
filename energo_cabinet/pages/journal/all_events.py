"""«Журналы событий» across all points (Э-57)."""

from __future__ import annotations

from typing import Any

import reflex as rx

from energo_cabinet import routes
from energo_cabinet.components.button import link_button
from energo_cabinet.components.card import card, page_head
from energo_cabinet.components.feedback import empty, failed, skeleton_rows
from energo_cabinet.i18n.ui import t, words_in
from energo_cabinet.pages.frame.frame_part import cabinet_page
from energo_cabinet.pages.journal.journal_part import journal, journal_select, journal_toolbar
from energo_cabinet.state.frame.session import SessionState
from energo_cabinet.state.journal.all_events import AllEventsState


def all_events() -> rx.Component:
    """The page."""
    again = link_button(t("points.show_default"), routes.EVENTS, kind="outline")
    body = rx.match(
        AllEventsState.status,
        ("loading", card(skeleton_rows(10))),
        ("ready", journal(AllEventsState, with_point=True)),
        ("none", card(empty("list", t("events.none_all"), t("events.none_text")))),
        ("invalid", card(empty("calendar-x", t("points.invalid"), AllEventsState.message, again))),
        ("missing", card(empty("list", t("events.missing"), t("points.missing_text"), again))),
        card(failed(t("points.failed"), t("points.failed_text"), AllEventsState.load)),
    )
    toolbar = rx.cond(
        AllEventsState.period.words != "",
        journal_toolbar(AllEventsState, journal_select(AllEventsState, "point", _points())),
        rx.fragment(),
    )
    head = page_head(t("events.title"), t("events.sub"))
    return cabinet_page("events", rx.el.div(head, toolbar, body, on_unmount=AllEventsState.leave))


def _points() -> list[Any]:
    return [
        rx.foreach(AllEventsState.points, lambda o: rx.el.option(o.label, value=o.value, key=o.value)),
    ]


def add_to(app: rx.App) -> None:
    """Register the route."""
    title = words_in("events.title", "ru")
    app.add_page(all_events, route=routes.EVENTS, title=title, on_load=[SessionState.load, AllEventsState.load])
