"""«Контроль отклонений» (Э-58): alarm, board, journal."""

from __future__ import annotations

from typing import Any

import reflex as rx

from energo_cabinet import routes
from energo_cabinet.components.button import button, link_button, page_link
from energo_cabinet.components.card import badge, card, page_head
from energo_cabinet.components.feedback import callout, dialog, empty, failed, skeleton_rows, toast
from energo_cabinet.components.form import text_area
from energo_cabinet.components.menu import segments
from energo_cabinet.i18n.ui import t
from energo_cabinet.pages.frame.frame_part import cabinet_page
from energo_cabinet.state.control.deviations import DeviationsState
from energo_cabinet.state.frame.session import SessionState

BOARD = ("target", "kind", "limit", "now", "deviation", "standing")
JOURNAL = ("begin", "what", "lasted", "size", "accepted")


def deviations() -> rx.Component:
    """The page."""
    body = rx.match(
        DeviationsState.status,
        ("loading", rx.el.div(card(skeleton_rows(5)), card(skeleton_rows(4)), class_name="stack")),
        ("ready", rx.el.div(_alarm(), _board(), _journal(), class_name="stack")),
        ("empty", card(empty("sliders-horizontal", t("deviations.empty"), t("deviations.empty_text"), _set("solid")))),
        ("no_contracts", card(empty("file-text", t("deviations.no_contracts"), t("deviations.no_contracts_text")))),
        card(failed(t("deviations.failed"), t("deviations.failed_text"), DeviationsState.load)),
    )
    head = page_head(t("deviations.title"), rx.el.span(DeviationsState.head["sub"], role="status"), actions=[_limits()])
    confirmed = toast(DeviationsState.notice, DeviationsState.close)
    return cabinet_page("deviations", rx.el.div(head, body, _dialog(), confirmed, on_unmount=DeviationsState.leave))


def _limits() -> rx.Component:
    return link_button(t("deviations.limits"), routes.LIMITS, kind="outline", icon_name="settings-2")


def _set(kind: Any) -> rx.Component:
    return link_button(t("deviations.set_limits"), routes.LIMITS, kind=kind)


def _alarm() -> rx.Component:
    head = DeviationsState.head
    accept = button(
        t("deviations.accept_title"),
        kind="outline",
        on_click=DeviationsState.open_accept(DeviationsState.alarm),  # type: ignore[operator]
    )
    shown = callout(head["alarm_text"], title=head["alarm"], tone="danger", icon_name="triangle-alert", action=accept)
    return rx.cond(DeviationsState.alarm > 0, shown, rx.fragment())


def _board() -> rx.Component:
    heads = [
        rx.el.th(t(f"deviations.column_{name}"), scope="col", class_name="n" if i > 1 else "")
        for i, name in enumerate(BOARD)
    ]
    table = rx.el.table(
        rx.el.caption(t("deviations.board"), class_name="hide"),
        rx.el.thead(rx.el.tr(*heads)),
        rx.el.tbody(rx.foreach(DeviationsState.board, _board_row)),
        class_name="t",
    )
    wide = rx.el.div(table, class_name="tablewrap hide-phone")
    lines = rx.el.ul(rx.foreach(DeviationsState.board, _board_line), class_name="mlist only-phone")
    return card(wide, lines, title=t("deviations.board"))


def _board_row(row: Any) -> rx.Component:
    at = rx.cond(row.at != "", rx.el.span(row.at, class_name="sub"), rx.fragment())
    return rx.el.tr(
        rx.el.td(page_link(rx.el.b(row.name), href=row.href)),
        rx.el.td(row.kind),
        rx.el.td(row.limit, class_name="n"),
        rx.el.td(row.now, at, class_name="n"),
        rx.el.td(row.deviation, class_name="n"),
        rx.el.td(badge(row.standing, row.tone), class_name="n"),
        key=row.key,
    )


def _board_line(row: Any) -> rx.Component:
    left = rx.el.div(rx.el.b(row.name), rx.el.span(row.kind, ": ", row.limit), rx.el.span(row.at))
    right = rx.el.div(badge(row.standing, row.tone), rx.el.b(row.now), rx.el.span(row.deviation), class_name="r")
    return rx.el.li(page_link(left, right, href=row.href, cls="mlink"), class_name="linked", key=row.key)


def _journal() -> rx.Component:
    show = DeviationsState.head["show"]
    choices = [
        (t("deviations.show_all"), routes.DEVIATIONS, show == "all"),
        (t("deviations.show_open"), f"{routes.DEVIATIONS}?show=open", show == "open"),
    ]
    heads = [
        rx.el.th(t(f"deviations.column_{name}"), scope="col", class_name="n" if i > 1 else "")
        for i, name in enumerate(JOURNAL)
    ]
    table = rx.el.table(
        rx.el.caption(t("deviations.journal"), class_name="hide"),
        rx.el.thead(rx.el.tr(*heads)),
        rx.el.tbody(rx.foreach(DeviationsState.rows, _journal_row)),
        class_name="t journal",
    )
    lines = rx.el.ul(rx.foreach(DeviationsState.rows, _journal_line), class_name="mlist until-desk journal")
    nothing = empty("circle-check", t("deviations.journal_empty"), t("deviations.journal_empty_text"))
    filled = rx.fragment(rx.el.div(table, class_name="tablewrap from-desk"), lines, _more())
    return card(
        rx.cond(DeviationsState.rows.length() > 0, filled, nothing),
        title=t("deviations.journal"),
        action=segments(t("deviations.show"), choices),
    )


def _more() -> rx.Component:
    next_page = button(t("deviations.more"), kind="outline", on_click=DeviationsState.more)
    return rx.cond(DeviationsState.has_more, rx.el.div(next_page, class_name="more"), rx.fragment())


def _journal_row(row: Any) -> rx.Component:
    return rx.el.tr(
        rx.el.td(row.began, class_name="nowrap"),
        rx.el.td(page_link(rx.el.b(row.name), href=row.href), ": ", row.what),
        rx.el.td(row.lasted, class_name="n"),
        rx.el.td(row.size, rx.el.span(row.detail, class_name="sub"), class_name="n"),
        rx.el.td(_accepted(row), class_name="n accepted"),
        key=row.id,
    )


def _journal_line(row: Any) -> rx.Component:
    head = rx.el.b(page_link(row.name, href=row.href), ": ", row.what)
    left = rx.el.div(head, rx.el.span(row.began, " · ", row.lasted), _accepted(row))
    right = rx.el.div(rx.el.b(row.size), rx.el.span(row.detail), class_name="r")
    return rx.el.li(left, right, key=row.id)


def _accepted(row: Any) -> rx.Component:
    accept = button(
        t("deviations.accept"),
        kind="outline",
        on_click=DeviationsState.open_accept(row.id),  # type: ignore[operator]
        aria_label=t("deviations.accept").to(str) + ": " + row.name + ", " + row.began,
    )
    waiting = rx.el.div(badge(row.status, "danger"), accept, class_name="toaccept")
    done = rx.fragment(
        rx.el.span(row.status), rx.cond(row.comment != "", rx.el.span(row.comment, class_name="sub"), rx.fragment())
    )
    return rx.cond(row.can_accept, waiting, done)


def _dialog() -> rx.Component:
    form = rx.el.form(
        text_area(
            t("deviations.comment"),
            "comment",
            error=DeviationsState.error,
            hint=t("deviations.comment_hint"),
            required=True,
            max_length=500,
        ),
        rx.el.div(
            button(t("form.cancel"), kind="outline", size=3, on_click=DeviationsState.close),
            button(t("deviations.accept"), type="submit", size=3),
            class_name="dlgfoot",
        ),
        on_submit=DeviationsState.accept,
        class_name="form",
        no_validate=True,
    )
    return dialog(
        t("deviations.accept_title"),
        form,
        is_open=DeviationsState.accepting > 0,
        on_close=DeviationsState.close,
        id="deviation-accept",
        note=DeviationsState.about,
    )


def add_to(app: rx.App) -> None:
    """Register the route."""
    on_load = [SessionState.load, DeviationsState.load]
    app.add_page(deviations, route=routes.DEVIATIONS, title=t("deviations.title"), on_load=on_load)
