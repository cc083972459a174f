"""«Передать показания» of a metering point (F-5, Н-67…Н-69): big fields first, then the window and the history."""

from __future__ import annotations

from typing import Any

import reflex as rx

from energo_cabinet import routes
from energo_cabinet.components.attachment_field import attachment_field
from energo_cabinet.components.button import button, link_button, page_link
from energo_cabinet.components.card import card
from energo_cabinet.components.feedback import callout, empty, failed, skeleton, skeleton_rows
from energo_cabinet.components.form import checkbox, error_summary, field
from energo_cabinet.components.icon import icon
from energo_cabinet.i18n.ui import t
from energo_cabinet.pages.frame.frame_part import cabinet_page
from energo_cabinet.pages.reading.history_part import history_card
from energo_cabinet.state.frame.session import SessionState
from energo_cabinet.state.reading.submission import SubmissionState

VIEW = SubmissionState.view


def submission() -> rx.Component:
    """The page."""
    again = failed(t("submission.failed"), t("submission.failed_text"), SubmissionState.load)
    to_list = link_button(t("points.to_list"), routes.POINTS, kind="outline")
    body = rx.match(
        SubmissionState.status,
        ("loading", rx.el.div(card(skeleton_rows(5), cls="c8"), card(skeleton_rows(3), cls="c4"), class_name="grid")),
        ("failed", card(again)),
        ("missing", card(empty("gauge", t("submission.missing_title"), t("points.missing_text"), to_list))),
        ("no_meter", card(empty("gauge", t("submission.no_meter_title"), t("submission.no_meter_text"), to_list))),
        ("smart", card(_smart())),
        _content(),
    )
    return cabinet_page("points", rx.el.div(_head(), body, class_name="submit", on_unmount=SubmissionState.leave))


def _head() -> rx.Component:
    known, waits = VIEW.title != "", SubmissionState.status == "loading"
    parts = rx.foreach(VIEW.parts, lambda part: rx.el.span(part, class_name="part"))
    about = rx.el.p(rx.el.span(VIEW.title, class_name="part"), parts, class_name="parts")
    to_point = page_link(icon("arrow-left", 14), rx.el.span(t("submission.back")), href=VIEW.back, cls="back")
    to_list = page_link(icon("arrow-left", 14), rx.el.span(t("points.back")), href=routes.POINTS, cls="back")
    below = rx.cond(waits, rx.el.p(skeleton("280px", "20px")), rx.fragment())
    return rx.el.header(
        rx.cond(known, to_point, to_list),
        rx.el.div(rx.el.h1(t("submission.title")), rx.cond(known, about, below), class_name="grow"),
        class_name="page-head",
    )


def _smart() -> rx.Component:
    action = link_button(t("submission.smart_link"), VIEW.readings, kind="outline", after="chevron-right")
    return empty("radio-tower", t("submission.smart_title"), t("submission.smart_text"), action)


def _content() -> rx.Component:
    main = rx.cond(
        SubmissionState.sent.id > 0,
        _receipt(),
        rx.cond(SubmissionState.status == "open", _form(), _closed()),
    )
    return rx.el.div(
        rx.el.div(main, class_name="c8"),
        rx.el.div(_window(), _calculated(), class_name="c4 stack"),
        history_card(),
        class_name="grid",
    )


def _closed() -> rx.Component:
    return card(empty("calendar-clock", t("submission.window_closed_title"), VIEW.opens))


def _form() -> rx.Component:
    done = callout(title=t("submission.done_title"), tone="success", icon_name="circle-check")
    send = button(t("submission.submit"), size=3, type="submit", busy=SubmissionState.is_busy, cls="wide")
    form = rx.el.form(
        error_summary(SubmissionState.errors["form"]),
        rx.el.div(rx.foreach(VIEW.fields, _register), class_name="dials"),
        rx.el.p(VIEW.hint, class_name="hint"),
        rx.cond(VIEW.ratio_words != "", rx.el.p(VIEW.ratio_words, class_name="hint"), rx.fragment()),
        _total(),
        _read_on(),
        rx.cond(SubmissionState.asked > 0, _doubts(), rx.fragment()),
        send,
        on_submit=SubmissionState.submit,
        class_name="form",
        no_validate=True,
        data_ratio=VIEW.ratio,
    )
    return card(rx.cond(VIEW.is_done, done, rx.fragment()), form)


def _register(one: Any) -> rx.Component:
    """A register: what it showed, what it shows, what was used meanwhile (worked out in the browser while typing)."""
    error = SubmissionState.errors[one.zone]
    mark = rx.cond(
        one.colour != "", rx.el.i(class_name="dotm", style={"--c": one.colour}, aria_hidden="true"), rx.fragment()
    )
    last = rx.cond(
        one.last_words != "", rx.fragment(VIEW.last_on, ": ", rx.el.b(one.last_words)), t("submission.first_time")
    )
    control = rx.el.input(
        id="dial-" + one.zone,
        name=one.zone,
        type="text",
        input_mode="decimal",
        auto_complete="off",
        enter_key_hint="next",
        max_length=20,
        placeholder=one.placeholder,
        data_last=one.last,
        aria_invalid=rx.cond(error != "", "true", "false"),
        aria_describedby=f"dial-{one.zone}-note dial-{one.zone}-used",
    )
    note = rx.el.p(icon("circle-alert", 14), rx.el.span(error), id=f"dial-{one.zone}-note", class_name="err")
    return rx.el.div(
        rx.el.label(mark, rx.el.span(one.label), html_for="dial-" + one.zone),
        rx.el.p(last, class_name="was"),
        rx.el.div(
            control, rx.el.span(t("submission.kwh"), class_name="unit", aria_hidden="true"), class_name="input dial"
        ),
        rx.cond(error != "", note, rx.fragment()),
        _used(one),
        class_name=rx.cond(error != "", "field register bad", "field register"),
        key=one.zone,
    )


def _used(one: Any) -> rx.Component:
    return rx.el.output(
        id=f"dial-{one.zone}-used",
        class_name="used",
        data_word=t("submission.used"),
        data_less=t("submission.used_less"),
        data_unit=t("submission.kwh"),
    )


def _total() -> rx.Component:
    """The sum of several registers, or the energy behind a transformer; nothing for one plain register."""
    several = (VIEW.fields.length() > 1) | (VIEW.ratio != "1")
    line = rx.el.output(
        data_total="true", data_word=t("submission.used_total"), data_unit=t("submission.kwh"), class_name="used total"
    )
    return rx.cond(several, line, rx.fragment())


def _read_on() -> rx.Component:
    return field(
        t("submission.read_on"),
        "read_on",
        kind="date",
        hint=t("submission.read_on_hint"),
        error=SubmissionState.errors["read_on"],
        default_value=VIEW.today,
        max=VIEW.today,
        min=VIEW.first_day,
        cls="half",
    )


def _doubts() -> rx.Component:
    """Why it may be wrong, «подтверждаю» and a photo; the tick goes when other values are doubted."""
    reasons = rx.el.ul(
        rx.foreach(SubmissionState.doubts, lambda words: rx.el.li(words, key=words)), class_name="reasons"
    )
    note = callout(
        reasons,
        rx.el.p(t("submission.doubt_text")),
        title=t("submission.doubt_title"),
        tone="warning",
        icon_name="triangle-alert",
        role="alert",
        key=SubmissionState.asked.to_string(),
    )
    tick = rx.el.div(
        checkbox(t("submission.confirm"), name="confirmed"), key="tick" + SubmissionState.asked.to_string()
    )
    photo = attachment_field("reading", error=SubmissionState.errors["attachments"])
    return rx.el.div(note, tick, photo, class_name="doubts")


def _receipt() -> rx.Component:
    sent = SubmissionState.sent
    title = rx.match(
        sent.status,
        ("accepted", t("submission.accepted_title")),
        ("counted", t("submission.counted_title")),
        ("rejected", t("submission.rejected_title")),
        ("unsent", t("submission.unsent_title")),
        t("submission.sent_title"),
    )
    words = rx.cond(
        sent.note != "",
        rx.el.p(sent.note),
        rx.cond(sent.status == "sent", rx.el.p(t("submission.sent_wait")), rx.fragment()),
    )
    sign = rx.match(
        sent.status,
        ("rejected", icon("circle-x", 40)),
        ("sent", icon("send", 40)),
        ("waiting", icon("hourglass", 40)),
        ("unsent", icon("hourglass", 40)),
        icon("circle-check", 40),
    )
    return card(
        rx.el.div(
            rx.el.div(sign, class_name=rx.Var.create("sign ") + sent.tone),
            rx.el.h2(title, class_name="h20"),
            rx.el.p(t("submission.receipt"), " ", rx.el.b(sent.number)),
            rx.el.div(rx.foreach(sent.registers, lambda value: rx.el.span(value)), class_name="fig mid sums"),
            words,
            link_button(t("submission.back"), VIEW.back, kind="outline", size=3),
            class_name="receipt",
            role="status",
        )
    )


def _window() -> rx.Component:
    left = rx.cond(VIEW.window_left != "", rx.el.p(rx.el.b(VIEW.window_left), class_name="left"), rx.fragment())
    return card(left, rx.el.p(VIEW.window), title=t("submission.window"))


def _calculated() -> rx.Component:
    note = card(rx.el.p(VIEW.calculated), title=t("submission.calculated"))
    return rx.cond(VIEW.calculated != "", note, rx.fragment())


def add_to(app: rx.App) -> None:
    """Register the route."""
    app.add_page(
        submission,
        route=routes.READING_SUBMIT,
        title=t("submission.title"),
        on_load=[SessionState.load, SubmissionState.load],
    )
