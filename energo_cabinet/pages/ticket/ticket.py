"""A ticket with its thread (Н-144…Н-146, F-16)."""

from __future__ import annotations

from typing import Any

import reflex as rx

from energo_cabinet import routes
from energo_cabinet.components.attachment_field import attachment_field, file_links
from energo_cabinet.components.button import button, link_button, text_link
from energo_cabinet.components.card import badge, card, page_head
from energo_cabinet.components.feedback import callout, dialog, empty, failed, skeleton_rows, toast
from energo_cabinet.components.form import error_summary, field, hidden, text_area
from energo_cabinet.components.icon import icon
from energo_cabinet.i18n.ui import t
from energo_cabinet.pages.frame.frame_part import cabinet_page
from energo_cabinet.pages.ticket.tickets import write_instead
from energo_cabinet.state.frame.session import SessionState
from energo_cabinet.state.ticket.ticket import TicketState

VIEW = TicketState.view


def ticket() -> rx.Component:
    """The page."""
    to_list = link_button(t("tickets.to_list"), routes.TICKETS, kind="outline")
    body = rx.match(
        TicketState.status,
        ("loading", card(skeleton_rows(6))),
        ("ready", rx.el.div(_thread_card(), _facts(), class_name="ticketgrid")),
        ("missing", card(empty("message-square", t("tickets.missing"), t("tickets.missing_text"), to_list))),
        card(failed(t("tickets.thread_failed"), t("tickets.failed_text"), TicketState.load)),
    )
    theme = rx.cond(VIEW.theme != "", VIEW.theme, t("tickets.one"))
    title = rx.cond(VIEW.title != "", VIEW.title, "\u00a0")
    head = page_head(theme, rx.el.span(title), back=(t("tickets.title"), routes.TICKETS))
    return cabinet_page(
        "tickets",
        rx.el.div(head, body, class_name="ticketpage", on_unmount=TicketState.leave),
        _close_dialog(),
        toast(TicketState.notice, TicketState.dismiss),
    )


def _thread_card() -> rx.Component:
    state = rx.el.span(VIEW.status, class_name=rx.Var.create("badge status ") + VIEW.tone)
    due = rx.el.span(VIEW.due, class_name=rx.cond(VIEW.is_late, "note late", "note"))
    waits = callout(t("tickets.awaiting_text"), tone="warning", icon_name="message-square-reply")
    return rx.el.section(
        rx.el.div(state, due, class_name="rowf between"),
        _progress(),
        rx.el.h2(t("tickets.thread"), class_name="hide"),
        rx.el.ol(rx.foreach(VIEW.lines, _line), class_name="thread", aria_live="polite"),
        rx.cond(VIEW.state == "awaiting", waits, rx.fragment()),
        rx.cond(VIEW.merged != "", _merged(), _own_part()),
        class_name="card",
    )


def _own_part() -> rx.Component:
    """What the customer does: rate what is closed, write."""
    return rx.fragment(rx.cond(VIEW.state == "closed", _rating(), rx.fragment()), _reply())


def _merged() -> rx.Component:
    """A duplicate is not answered twice: where to read on."""
    there = text_link(t("tickets.merged_open"), VIEW.merged_address, after="chevron-right")
    return callout(t("tickets.merged_text"), title=VIEW.merged, icon_name="message-square", action=there)


def _progress() -> rx.Component:
    """НОВОЕ → В РАБОТЕ → ЗАКРЫТО."""
    middle = rx.cond(VIEW.state == "awaiting", t("tickets.stage.awaiting"), t("tickets.stage.in_work"))
    words = (t("tickets.stage.new"), middle, t("tickets.stage.closed"))

    def stage(number: int, label: Any) -> rx.Component:
        cls = rx.cond(VIEW.stage == number, "now", rx.cond(VIEW.stage > number, "done", ""))
        return rx.el.li(rx.el.i(), label, class_name=cls, aria_current=rx.cond(VIEW.stage == number, "step", "false"))

    return rx.el.ol(*(stage(n, label) for n, label in enumerate(words)), class_name="stages")


def _line(line: Any) -> rx.Component:
    step = rx.el.li(
        icon("history", 14),
        rx.el.span(line.at, ": ", line.text),
        class_name="step",
        key=line.key,
    )
    fresh = rx.cond(line.is_fresh, badge(t("tickets.fresh"), "info", cls="status"), rx.fragment())
    way = rx.cond(line.way != "", badge(line.way, line.way_tone, cls="status"), rx.fragment())
    said = rx.el.li(
        rx.el.i(line.initials, class_name="ava", aria_hidden="true"),
        rx.el.div(
            rx.el.div(rx.el.b(line.by), rx.el.span(line.at, class_name="note"), fresh, way, class_name="by"),
            rx.el.p(line.text, class_name="said"),
            rx.cond(line.files.length() > 0, file_links(line.files), rx.fragment()),
        ),
        _seer(line),
        class_name=rx.Var.create("msg ") + line.kind,
        key=line.key,
    )
    return rx.cond(line.kind == "step", step, said)


def _seer(line: Any) -> rx.Component:
    """assets/js/seen.js presses it when the answer is in view of somebody who looks."""
    press = rx.el.button(type="button", hidden=True, data_see="true", on_click=TicketState.see, tab_index=-1)
    return rx.cond(line.is_fresh & VIEW.is_unread, press, rx.fragment())


def _reply() -> rx.Component:
    is_closed = VIEW.state == "closed"
    words = {f"data_{name}": t(f"tickets.draft_{name}") for name in ("saved", "offline")}
    close = button(t("tickets.close"), kind="outline", size=3, icon_name="check", on_click=TicketState.ask_close)
    send = button(
        rx.cond(is_closed, t("tickets.reopen"), t("tickets.send")),
        size=3,
        type="submit",
        busy=TicketState.is_busy,
        icon_name="send",
    )
    return rx.el.form(
        error_summary(TicketState.errors["form"]),
        hidden("key", VIEW.reply_key),
        text_area(
            rx.cond(is_closed, t("tickets.reopen_label"), t("tickets.reply_label")),
            "text",
            error=TicketState.errors["text"],
            id="ticket-reply",
            rows=4,
            max_length=4000,
            default_value=TicketState.draft,
        ),
        attachment_field("ticket", error=TicketState.errors["attachments"]),
        rx.el.p(class_name="hint", role="status", data_draft_state="true", **words),
        rx.el.div(rx.cond(is_closed, rx.el.span(class_name="grow"), close), send, class_name="dlgfoot ticketfoot"),
        on_submit=TicketState.reply,
        class_name="form",
        no_validate=True,
        key=TicketState.turn.to_string(),
        custom_attrs={
            "data-draft": rx.Var.create("reply-") + VIEW.id.to_string(),
            "data-draft-key": VIEW.reply_key,
            "data-draft-url": rx.Var.create("/api/tickets/drafts/reply/") + VIEW.id.to_string(),
        },
    )


def _rating() -> rx.Component:
    def choice(number: int) -> rx.Component:
        return rx.el.label(
            rx.el.input(
                type="radio",
                name="rating",
                value=str(number),
                default_checked=VIEW.rating == number,
            ),
            rx.el.b(str(number)),
            rx.el.span(t(f"tickets.rating.{number}")),
            class_name="rate",
        )

    ask = rx.el.form(
        rx.el.fieldset(
            rx.el.legend(t("tickets.rate_label")),
            rx.el.div(*(choice(n) for n in range(1, 6)), class_name="rates"),
            _problem(TicketState.errors["rating"]),
        ),
        field(
            t("tickets.rate_note"),
            "note",
            error=TicketState.errors["note"],
            id="ticket-note",
            auto_complete="off",
            max_length=300,
            default_value=VIEW.rating_note,
        ),
        button(t("tickets.rate"), kind="outline", size=3, type="submit"),
        on_submit=TicketState.rate,
        class_name="form rating",
        no_validate=True,
        key=VIEW.rating.to_string(),
    )
    stars = rx.el.span(VIEW.rating.to_string(), " — ", _rating_word())
    note = rx.cond(VIEW.rating_note != "", rx.el.span(" · ", VIEW.rating_note), rx.fragment())
    told = rx.el.p(t("tickets.rated"), " ", stars, note, class_name="said rated")
    return rx.cond(VIEW.rating > 0, told, ask)


def _rating_word() -> Any:
    return rx.match(VIEW.rating, *((n, t(f"tickets.rating.{n}")) for n in range(1, 5)), t("tickets.rating.5"))


def _problem(error: Any) -> rx.Component:
    return rx.cond(
        error != "",
        rx.el.p(icon("circle-alert", 14), rx.el.span(error), class_name="err", role="alert"),
        rx.fragment(),
    )


def _facts() -> rx.Component:
    def fact(key: str, value: Any) -> rx.Component:
        shown = rx.el.div(rx.el.dt(t(f"tickets.{key}")), rx.el.dd(value))
        return rx.cond(value != "", shown, rx.fragment())

    facts = rx.el.dl(
        fact("category_label", VIEW.category),
        fact("supplier", VIEW.supplier),
        fact("contract", VIEW.contract),
        fact("point", VIEW.point),
        fact("phone", VIEW.phone),
        fact("email", VIEW.email),
        class_name="dl one stacked",
    )
    return card(facts, title=t("tickets.facts"), foot=write_instead(VIEW.supplier_email))


def _close_dialog() -> rx.Component:
    feet = rx.el.div(
        button(t("form.cancel"), kind="outline", size=3, on_click=TicketState.dismiss),
        button(t("tickets.close"), size=3, on_click=TicketState.close),
        class_name="dlgfoot",
    )
    return dialog(
        t("tickets.close_title"),
        rx.el.p(t("tickets.close_text"), class_name="muted"),
        feet,
        is_open=TicketState.is_closing,
        on_close=TicketState.dismiss,
        id="ticket-close",
    )


def add_to(app: rx.App) -> None:
    """Register the route."""
    app.add_page(ticket, route=routes.TICKET, title=t("tickets.one"), on_load=[SessionState.load, TicketState.load])
