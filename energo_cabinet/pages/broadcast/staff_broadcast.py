"""One broadcast: a draft with its preview and «Отправить», then how far it has come."""

from __future__ import annotations

from typing import Any

import reflex as rx

from energo_cabinet import routes
from energo_cabinet.components.button import button, link_button
from energo_cabinet.components.card import badge, card, page_head
from energo_cabinet.components.feedback import callout, dialog, empty, failed, progress, skeleton_rows, toast
from energo_cabinet.components.form import error_summary, field
from energo_cabinet.components.icon import icon
from energo_cabinet.i18n.ui import t
from energo_cabinet.pages.broadcast.staff_form import reach
from energo_cabinet.pages.broadcast.staff_preview_part import preview
from energo_cabinet.pages.staff.frame_part import staff_page
from energo_cabinet.state.broadcast.staff_broadcast import BroadcastState as State
from energo_cabinet.state.staff.frame import StaffFrameState

NUMBERS = (
    ("queued", ""),
    ("in_cabinet", ""),
    ("by_email", ""),
    ("switched_off", "switched_off_hint"),
    ("failed", "not_told_hint"),
)


def staff_notice() -> rx.Component:
    """The page."""
    body = rx.match(
        State.status,
        ("loading", card(skeleton_rows(8))),
        ("ready", rx.el.div(_left(), rx.el.div(preview(), class_name="stack"), class_name="broadcastpage")),
        ("missing", card(empty("bell", t("broadcast.missing"), t("broadcast.missing_text")))),
        card(failed(t("broadcast.failed"), t("broadcast.failed_text"), State.load)),
    )
    back = (t("broadcast.title"), routes.STAFF_NOTICES)
    title = rx.cond(State.view.id > 0, State.view.title, t("broadcast.edit"))
    head = page_head(title, _below(), back=back, actions=[_actions()])
    parts = (head, body, _dialog(), toast(State.notice, State.close))
    return staff_page("notices", rx.el.div(*parts, on_unmount=State.leave))


def _below() -> rx.Component:
    shown = rx.el.span(badge(State.view.status, State.view.tone, cls="status"), " ", State.view.kind)
    return rx.cond(State.view.id > 0, shown, rx.el.span("\u00a0"))


def _actions() -> rx.Component:
    discard = button(t("broadcast.discard"), kind="danger", icon_name="trash-2", on_click=State.ask("discard"))  # type: ignore[operator]
    copy = button(t("broadcast.copy"), kind="outline", icon_name="copy", on_click=State.copy)
    edit = link_button(
        t("broadcast.to_edit"),
        rx.Var.create(f"{routes.STAFF_NOTICE_NEW}?draft=") + State.view.id.to_string(),
        kind="outline",
        icon_name="pencil",
    )
    return rx.match(
        State.view.state,
        ("", rx.fragment()),
        ("draft", rx.fragment(edit, discard)),
        rx.fragment(copy),
    )


def _left() -> rx.Component:
    waits = (State.view.state == "draft") | (State.view.state == "scheduled")
    about = card(
        rx.cond(waits, reach(State.view.reach), _progress()),
        _facts(),
        title=rx.cond(waits, t("broadcast.whom"), t("broadcast.numbers")),
    )
    return rx.el.div(
        error_summary(State.errors["form"]),
        about,
        rx.match(
            State.view.state,
            ("draft", _sending()),
            ("scheduled", _stop(State.view.when)),
            ("sending", _stop("")),
            rx.fragment(),
        ),
        class_name="stack",
    )


def _facts() -> rx.Component:
    def pair(name: str, value: Any) -> rx.Component:
        line = rx.el.div(rx.el.dt(t(f"broadcast.{name}")), rx.el.dd(value))
        return rx.cond(value != "", line, rx.fragment())

    ended = rx.cond(State.view.state == "cancelled", t("broadcast.status.cancelled"), t("broadcast.status.done"))
    over = rx.el.div(rx.el.dt(ended, class_name="lower"), rx.el.dd(State.view.ended))
    return rx.el.dl(
        pair("column_to", State.view.whom),
        pair("author", State.view.author),
        pair("made", State.view.made),
        pair("send_when", State.view.when),
        rx.cond(State.view.ended != "", over, rx.fragment()),
        class_name="dl one",
    )


def _progress() -> rx.Component:
    bar = rx.el.div(
        rx.el.b(State.view.told_of, class_name="fig mid"),
        progress(State.view.percent, t("broadcast.progress")),
        rx.cond(State.view.spared != "", rx.el.p(State.view.spared, class_name="note"), rx.fragment()),
        class_name="told",
    )
    starting = rx.el.p(t("broadcast.starting"), class_name="muted")
    return rx.fragment(rx.cond(State.view.is_starting, starting, bar), _numbers())


def _numbers() -> rx.Component:
    def stat(name: str, hint: str) -> rx.Component:
        label = t("broadcast.not_told" if name == "failed" else f"broadcast.{name}")
        note = State.view.letters_sent if name == "by_email" else t(f"broadcast.{hint}") if hint else ""
        return rx.el.div(
            rx.el.span(label, class_name="label"),
            rx.el.b(getattr(State.view, name), class_name="fig small"),
            rx.el.span(note, class_name="note"),
            class_name="stat",
        )

    return rx.el.div(*(stat(*one) for one in NUMBERS), class_name="broadcastnumbers")


def _sending() -> rx.Component:
    choices = rx.el.div(
        _choice("now", t("broadcast.send_now"), default_checked=True),
        _choice("later", t("broadcast.send_later")),
        field(
            t("broadcast.when_label"),
            "when",
            kind="datetime-local",
            error=State.errors["when"],
            id="broadcast-when",
            hint=None,
            cls="when",
        ),
        class_name="times",
    )
    send = button(
        t("broadcast.send"),
        size=3,
        icon_name="send",
        type="submit",
        disabled=(State.view.lacks != "") | (State.view.reach.count == 0),
    )
    lacks = callout(State.view.lacks, tone="warning", icon_name="triangle-alert")
    return card(
        rx.cond(State.view.lacks != "", lacks, rx.fragment()),
        rx.el.form(choices, send, on_submit=State.ask_send, no_validate=True, class_name="form flat sendform"),
        title=t("broadcast.send_title"),
    )


def _choice(value: str, words: Any, **props: Any) -> rx.Component:
    radio = rx.el.input(type="radio", name="time", value=value, **props)
    return rx.el.label(radio, rx.el.span(words), class_name="radio")


def _stop(when: Any) -> rx.Component:
    stop = button(t("broadcast.cancel"), kind="danger", size=3, icon_name="circle-x", on_click=State.ask("cancel"))  # type: ignore[operator]
    waits = rx.el.p(icon("clock", 16), t("broadcast.column_when"), ": ", rx.el.b(when), class_name="waits")
    return card(rx.cond(when != "", waits, rx.fragment()), stop, cls="stopcard")


def _dialog() -> rx.Component:
    title = rx.match(
        State.dialog,
        ("cancel", t("broadcast.ask_cancel")),
        ("discard", t("broadcast.ask_discard")),
        t("broadcast.ask_send"),
    )
    yes = rx.match(
        State.dialog,
        ("cancel", button(t("broadcast.do_cancel"), kind="danger", size=3, on_click=State.confirm)),
        ("discard", button(t("broadcast.do_discard"), kind="danger", size=3, on_click=State.confirm)),
        ("schedule", button(t("broadcast.do_schedule"), size=3, on_click=State.confirm)),
        button(t("broadcast.send"), size=3, icon_name="send", on_click=State.confirm),
    )
    keep = rx.cond(State.dialog == "cancel", t("broadcast.keep"), t("broadcast.stay"))
    no = button(keep, kind="outline", size=3, on_click=State.close)
    return dialog(
        title,
        rx.el.p(State.asked, class_name="asked"),
        rx.el.div(no, yes, class_name="dlgfoot"),
        is_open=State.dialog != "",
        on_close=State.close,
        id="broadcast-dialog",
    )


def add_to(app: rx.App) -> None:
    """Register the route."""
    app.add_page(
        staff_notice,
        route=routes.STAFF_NOTICE,
        title=t("broadcast.edit"),
        on_load=[StaffFrameState.load, State.load],
    )
