"""«Журналы событий» of a metering point (Н-103…Н-113, Э-57)."""

from __future__ import annotations

import reflex as rx

from energo_cabinet import routes
from energo_cabinet.components.card import card
from energo_cabinet.components.feedback import skeleton_rows
from energo_cabinet.i18n.ui import words_in
from energo_cabinet.pages.journal.journal_part import journal, journal_toolbar
from energo_cabinet.pages.point.frame_part import point_page
from energo_cabinet.state.frame.session import SessionState
from energo_cabinet.state.journal.events import EventsState


def events() -> rx.Component:
    """The page."""
    waiting = card(skeleton_rows(10))
    return point_page(
        EventsState, "events", waiting=waiting, content=journal(EventsState), toolbar=journal_toolbar(EventsState)
    )


def add_to(app: rx.App) -> None:
    """Register the route."""
    app.add_page(
        events,
        route=routes.POINT_EVENTS,
        title=words_in("events.tab", "ru"),
        on_load=[SessionState.load, EventsState.load],
    )
