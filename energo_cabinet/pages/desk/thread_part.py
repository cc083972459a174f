"""The ticket of the desk: thread with internal notes, answer, note, deadline, customer."""

from __future__ import annotations

from typing import Any

import reflex as rx

from energo_cabinet import routes
from energo_cabinet.components.attachment_field import attachment_field, file_links
from energo_cabinet.components.button import button, link_button, page_link, text_link
from energo_cabinet.components.card import badge, card
from energo_cabinet.components.feedback import callout, empty, failed, progress
from energo_cabinet.components.form import error_summary, text_area
from energo_cabinet.components.icon import icon
from energo_cabinet.components.menu import menu
from energo_cabinet.i18n.ui import t
from energo_cabinet.state.desk.action import DeskActionState
from energo_cabinet.state.desk.desk import DeskState
from energo_cabinet.state.desk.thread import DeskTicketState
from energo_cabinet.state.staff.frame import StaffFrameState

VIEW = DeskTicketState.view


def desk_thread() -> rx.Component:
    """What stands beside the queue."""
    missing = empty("message-square", t("desk.missing"), t("desk.missing_text"), _back())
    return rx.match(
        DeskTicketState.status,
        ("ready", rx.fragment(_thread_card(), _side())),
        ("missing", card(missing, cls="ticket")),
        ("failed", card(failed(t("desk.thread_failed"), t("desk.failed_text"), DeskTicketState.load), cls="ticket")),
        card(empty("message-square", t("desk.choose"), t("desk.choose_text")), cls="ticket nothing"),
    )


def _back() -> rx.Component:
    return text_link(t("desk.back"), routes.STAFF_TICKETS, icon_name="arrow-left")


def _thread_card() -> rx.Component:
    beat = rx.el.button(type="button", hidden=True, data_beat="40", on_click=DeskActionState.beat, tab_index=-1)
    head = rx.el.header(
        rx.el.div(_back(), class_name="only-narrow"),
        rx.el.span(VIEW.title, class_name="note"),
        rx.el.h2(VIEW.theme, class_name="h20"),
        class_name="deskhead",
    )
    here = rx.el.p(icon("eye", 14), rx.el.span(t("desk.present"), " ", VIEW.present), class_name="present")
    foreign = callout(t("desk.foreign_text"), title=t("desk.foreign"), tone="info", icon_name="plug")
    return rx.el.section(
        head,
        rx.el.div(rx.cond(VIEW.present != "", here, rx.fragment()), role="status"),
        rx.cond(VIEW.is_foreign, foreign, rx.fragment(_actions(), _nexts())),
        error_summary(DeskTicketState.errors["form"]),
        rx.el.h3(t("desk.thread"), class_name="hide"),
        rx.el.ol(rx.foreach(VIEW.lines, _line), class_name="thread", aria_live="polite"),
        rx.cond(VIEW.merged != "", _merged(), rx.fragment()),
        rx.cond(VIEW.is_foreign | (VIEW.merged != ""), rx.fragment(), _write()),
        beat,
        class_name="card ticket",
        key=VIEW.id.to_string(),
    )


def _merged() -> rx.Component:
    there = text_link(t("desk.merged_open"), VIEW.merged_address, after="chevron-right")
    return callout(title=VIEW.merged, icon_name="message-square", action=there)


def _nexts() -> rx.Component:
    """What the keys r and n press: the words stand beside the form itself."""

    def press(key: str, name: str) -> rx.Component:
        props = {"data_hotkey": key, "data_focus": f"desk-{name}", "data_pick": f"desk-mode-{name}"}
        return rx.el.button(type="button", hidden=True, tab_index=-1, **props)

    return rx.fragment(press("r", "answer"), press("n", "note"))


def _choice(label: Any, *options: Any, **props: Any) -> rx.Component:
    """A select with its label inside its frame."""
    return rx.el.label(
        rx.el.em(label, ":"), rx.el.select(*options, **props), icon("chevron-down", 14), class_name="select"
    )


def _actions() -> rx.Component:
    names = ("new", "in_work", "awaiting", "closed")
    statuses = (rx.el.option(t(f"tickets.status.{name}"), value=name, disabled=name == "new") for name in names)
    status = _choice(t("desk.status_label"), *statuses, value=VIEW.state, on_change=DeskTicketState.change)
    people = rx.foreach(DeskState.colleagues, lambda one: rx.el.option(one["label"], value=one["value"]))
    nobody = rx.el.option(t("desk.release"), value="")
    known = {"value": VIEW.assignee_id, "on_change": DeskActionState.assign}
    whose = _choice(t("desk.assignee_label"), nobody, people, **known)
    take = button(t("desk.take"), kind="outline", icon_name="hand", on_click=DeskActionState.take, data_hotkey="a")
    close = button(
        t("desk.close"),
        kind="outline",
        icon_name="check",
        on_click=DeskTicketState.open("close"),  # type: ignore[operator]
        data_hotkey="c",
    )
    hand_on = button(t("desk.transfer"), kind="ghost", icon_name="forward", on_click=DeskTicketState.open("transfer"))  # type: ignore[operator]
    join = button(t("desk.merge"), kind="ghost", icon_name="merge", on_click=DeskTicketState.open("merge"))  # type: ignore[operator]
    is_open = VIEW.state != "closed"
    return rx.el.div(
        status,
        whose,
        rx.cond(VIEW.is_mine, rx.fragment(), take),
        rx.cond(is_open, rx.fragment(close, hand_on, join), rx.fragment()),
        class_name="toolbar meta",
    )


def _line(line: Any) -> rx.Component:
    step = rx.el.li(icon("history", 14), rx.el.span(line.at, ": ", line.text), class_name="step", key=line.key)
    fresh = rx.cond(line.is_fresh, badge(t("desk.fresh"), "info", cls="status"), rx.fragment())
    inner = rx.cond(line.kind == "inner", badge(t("desk.internal"), "warning"), rx.fragment())
    notes = (rx.el.span(line.at, class_name="note"), rx.el.span(line.origin, class_name="note"))
    head = rx.el.div(rx.el.b(line.by), *notes, inner, fresh, class_name="by")
    said = rx.el.li(
        rx.el.i(line.initials, class_name="ava", aria_hidden="true"),
        rx.el.div(
            head,
            rx.el.p(line.text, class_name="said"),
            rx.cond(line.files.length() > 0, file_links(line.files), rx.fragment()),
        ),
        class_name=rx.Var.create("msg ") + line.kind,
        key=line.key,
    )
    return rx.cond(line.kind == "step", step, said)


def _write() -> rx.Component:
    def mode(name: str, is_first: bool) -> rx.Component:
        control = rx.el.input(type="radio", name="desk-mode", id=f"desk-mode-{name}", default_checked=is_first)
        return rx.el.label(control, rx.el.span(t(f"desk.{name}")), html_for=f"desk-mode-{name}")

    switch = rx.el.div(mode("answer", True), mode("note", False), class_name="seg modes", role="radiogroup")
    open_parts = rx.fragment(switch, _changes(), _answer())
    return rx.el.div(rx.cond(VIEW.state == "closed", rx.fragment(), open_parts), _note(), class_name="deskwrite")


def _changes() -> rx.Component:
    """What somebody else did while the answer was typed."""
    lines = rx.el.ol(rx.foreach(DeskTicketState.changes, _line), class_name="thread")
    words = callout(t("desk.changed_text"), title=t("desk.changed"), tone="warning", icon_name="triangle-alert")
    box = rx.el.div(words, lines, class_name="deskchanges")
    return rx.el.div(rx.cond(DeskTicketState.changes.length() > 0, box, rx.fragment()), role="alert")


def _templates() -> rx.Component:
    def item(one: Any) -> rx.Component:
        props = {"data_insert": one.text, "data_into": "desk-answer"}
        return rx.el.button(rx.el.span(one.title), type="button", class_name="item", key=one.title, **props)

    none = rx.el.p(t("desk.prepared_none"), class_name="muted item")
    items = rx.cond(VIEW.prepared.length() > 0, rx.foreach(VIEW.prepared, item), none)
    face = [rx.el.span(t("desk.prepared")), icon("chevron-down", 14)]
    return menu(face, t("desk.prepared"), items, cls="up", trigger_cls="btn outline s2")


def _then() -> rx.Component:
    known = (("", "stay"), ("ask", "ask"), ("close", "close"))
    options = (rx.el.option(t(f"desk.then_{key}"), value=value) for value, key in known)
    return _choice(t("desk.then"), *options, name="then")


def _answer() -> rx.Component:
    words = {f"data_{name}": t(f"desk.draft_{name}") for name in ("saved", "offline")}
    is_changed = DeskTicketState.changes.length() > 0
    send = button(
        rx.cond(is_changed, t("desk.send_anyway"), t("desk.send")),
        size=3,
        type="submit",
        busy=DeskTicketState.is_busy,
        icon_name="send",
    )
    version = rx.el.input(type="hidden", name="version", default_value="", data_begun="true")
    return rx.el.form(
        version,
        text_area(
            t("desk.answer_label"),
            "text",
            error=DeskTicketState.errors["text"],
            id="desk-answer",
            rows=5,
            max_length=4000,
            default_value=VIEW.draft,
        ),
        attachment_field("ticket", error=DeskTicketState.errors["attachments"]),
        rx.el.p(class_name="hint", role="status", data_draft_state="true", **words),
        rx.el.div(_templates(), _then(), rx.el.span(class_name="grow"), send, class_name="dlgfoot deskfoot"),
        on_submit=DeskTicketState.answer,
        class_name="form answerform",
        no_validate=True,
        key=rx.Var.create("answer-") + VIEW.id.to_string() + "-" + DeskTicketState.turns["answer"].to_string(),
        custom_attrs={
            "data-version": VIEW.version.to_string(),
            "data-draft": rx.Var.create("desk-") + VIEW.id.to_string(),
            "data-draft-key": VIEW.draft_key,
            "data-draft-url": rx.Var.create("/api/staff/tickets/drafts/") + VIEW.id.to_string(),
        },
    )


def _note() -> rx.Component:
    save = button(t("desk.note_save"), kind="outline", size=3, type="submit", icon_name="sticky-note")
    return rx.el.form(
        text_area(
            t("desk.note_label"),
            "note",
            error=DeskTicketState.errors["note"],
            hint=t("desk.note_hint"),
            id="desk-note",
            rows=3,
            max_length=4000,
        ),
        rx.el.div(rx.el.span(class_name="grow"), save, class_name="dlgfoot deskfoot"),
        on_submit=DeskTicketState.note,
        class_name="form noteform",
        no_validate=True,
        key=rx.Var.create("note-") + VIEW.id.to_string() + "-" + DeskTicketState.turns["note"].to_string(),
    )


def _side() -> rx.Component:
    return rx.el.div(_deadline(), _customer(), class_name="stack deskside")


def _deadline() -> rx.Component:
    idle = rx.match(
        VIEW.state,
        ("awaiting", t("desk.deadline_waiting")),
        ("closed", t("desk.deadline_closed")),
        t("desk.deadline_none"),
    )
    owed = rx.fragment(
        rx.el.span(VIEW.left, class_name=rx.Var.create("fig card sla ") + VIEW.clock),
        rx.el.span(VIEW.until, class_name="note"),
        progress(VIEW.percent, t("desk.deadline")),
    )
    shown = rx.cond(VIEW.until != "", owed, rx.el.p(idle, class_name="muted"))
    return card(shown, title=t("desk.deadline"), cls="deadline")


def _customer() -> rx.Component:
    def fact(key: str, value: Any) -> rx.Component:
        tone = rx.cond(VIEW.is_debtor, "late", "") if key == "balance" else ""
        shown = rx.el.div(rx.el.dt(t(f"desk.{key}")), rx.el.dd(value, class_name=tone))
        return rx.cond(value != "", shown, rx.fragment())

    names = ("contract", "balance", "address", "phone", "email", "point", "meter", "last_contact", "rating")
    facts = [fact(key, getattr(VIEW, key)) for key in names]

    def other(one: Any) -> rx.Component:
        link = page_link(rx.el.span(one.words), href=one.address, cls="link")
        return rx.el.li(link, badge(one.status, one.tone, cls="status"), key=one.id)

    others = rx.fragment(rx.el.h3(t("desk.others")), rx.el.ul(rx.foreach(VIEW.others, other), class_name="others"))
    there = link_button(
        t("desk.open_customer"), VIEW.customer_address, kind="outline", icon_name="user-round", cls="wide"
    )
    foot = rx.el.footer(there, class_name="card-foot")
    return card(
        rx.el.b(VIEW.customer),
        rx.el.dl(*facts, class_name="dl one stacked"),
        rx.cond(VIEW.others.length() > 0, others, rx.fragment()),
        rx.cond(StaffFrameState.permissions.contains("customers"), foot, rx.fragment()),
        title=t("desk.customer"),
    )
