"""Pages: one module each, so that each gets its own bundle."""

from __future__ import annotations

import reflex as rx

from energo_cabinet.pages import (
    activate,
    all_events,
    bill,
    bills,
    events,
    legal,
    load_profile,
    login,
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
    ticket,
    ticket_new,
    tickets,
    transformers,
    welcome,
)


def add_to(app: rx.App) -> None:
    """Register every page."""
    public = (welcome, register, activate, login, recover, reset, legal, not_found)
    of_points = (points, point, readings, load_profile, events, transformers)
    of_tickets = (tickets, ticket_new, ticket)
    for module in (*public, overview, *of_points, notifications, *of_tickets):
        module.add_to(app)
    for module in (profile, all_events, network, networks):
        module.add_to(app)
    for module in (bills, bill, receipt):
        module.add_to(app)
