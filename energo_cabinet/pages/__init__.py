"""Pages: one module each, so that each gets its own bundle."""

from __future__ import annotations

import reflex as rx

from energo_cabinet.pages import (
    about,
    account,
    activate,
    all_events,
    bill,
    bills,
    connect,
    data,
    entry,
    events,
    help,
    help_registration,
    legal,
    load_profile,
    login,
    mobile,
    network,
    networks,
    not_found,
    notifications,
    overview,
    point,
    points,
    profile,
    readings,
    receipt,
    recover,
    register,
    reset,
    second_step,
    submission,
    ticket,
    ticket_new,
    tickets,
    transformers,
    welcome,
)

PAGES = (
    about,
    account,
    activate,
    all_events,
    bill,
    bills,
    connect,
    data,
    entry,
    events,
    help,
    help_registration,
    legal,
    load_profile,
    login,
    mobile,
    network,
    networks,
    not_found,
    notifications,
    overview,
    point,
    points,
    profile,
    readings,
    submission,
    receipt,
    recover,
    register,
    reset,
    second_step,
    ticket,
    ticket_new,
    tickets,
    transformers,
    welcome,
)
"""Every page's module; a page joins with its import and a line here."""


def add_to(app: rx.App) -> None:
    """Register every page."""
    for module in PAGES:
        module.add_to(app)
