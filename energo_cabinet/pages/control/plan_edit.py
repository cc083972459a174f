"""«План по часам»: typed, copied from similar days, or out of a file (F-7)."""

from __future__ import annotations

from typing import Any

import reflex as rx

from energo_cabinet import routes
from energo_cabinet.components.button import button, link_button, page_link
from energo_cabinet.components.card import card, page_head
from energo_cabinet.components.feedback import callout, empty, failed, skeleton_rows, toast
from energo_cabinet.components.form import checkbox, error_summary, field
from energo_cabinet.components.icon import icon
from energo_cabinet.components.period import FIRST_DAY, LAST_DAY
from energo_cabinet.components.sent_file import sent_file
from energo_cabinet.i18n.ui import t
from energo_cabinet.pages.frame.frame_part import cabinet_page
from energo_cabinet.state.control.plan_edit import PlanEditState
from energo_cabinet.state.frame.session import SessionState


def plan_edit() -> rx.Component:
    """The page."""
    body = rx.match(
        PlanEditState.status,
        ("loading", card(skeleton_rows(12))),
        ("ready", _content()),
        ("missing", card(empty("git-compare", t("plan.missing"), t("plan.missing_text"), _away()))),
        card(failed(t("plan.failed"), t("plan.failed_text"), PlanEditState.load)),
    )
    comparison = PlanEditState.grid.comparison
    back = (t("plan.back"), rx.cond(comparison != "", comparison, routes.PLAN_FACT))
    head = page_head(t("plan.edit_title"), PlanEditState.grid.name, back=back)
    confirmed = toast(PlanEditState.notice, PlanEditState.forget_notice)
    return cabinet_page("plan", rx.el.div(head, body, confirmed, on_unmount=PlanEditState.leave))


def _away() -> rx.Component:
    return link_button(t("plan.back"), routes.PLAN_FACT, kind="outline")


def _content() -> rx.Component:
    return rx.el.div(
        _grid(),
        rx.el.div(_copy(), _file(), class_name="stack c5"),
        class_name="grid",
    )


def _grid() -> rx.Component:
    grid = PlanEditState.grid
    form = rx.el.form(
        rx.el.p(t("plan.grid_note"), class_name="muted"),
        rx.cond(grid.note != "", callout(grid.note, tone="warning", icon_name="clock"), rx.fragment()),
        error_summary(PlanEditState.errors["form"]),
        _hours(),
        button(t("plan.save"), type="submit", size=3, busy=PlanEditState.is_busy),
        on_submit=PlanEditState.save,
        class_name="form planform",
        no_validate=True,
        auto_complete="off",
        key=grid.day,
    )
    return card(form, title=grid.title, action=_days(), cls="c7")


def _days() -> rx.Component:
    grid = PlanEditState.grid
    looks = "btn plain square s2"
    day = rx.el.input(
        type="date",
        value=grid.day,
        min=FIRST_DAY,
        max=LAST_DAY,
        aria_label=t("plan.day"),
        on_change=PlanEditState.choose_day,
    )
    return rx.el.div(
        page_link(icon("chevron-left"), href=grid.back, cls=looks, aria_label=t("period.back")),
        day,
        page_link(icon("chevron-right"), href=grid.forward, cls=looks, aria_label=t("period.forward")),
        class_name="period daypick",
        role="group",
        aria_label=t("plan.day"),
    )


def _hours() -> rx.Component:
    heads = [rx.el.th(t(f"plan.{name}"), scope="col", class_name=cls) for name, cls in HEADS]
    total = rx.el.tr(
        rx.el.td(t("plan.sum")), rx.el.td(PlanEditState.grid.total, class_name="n", data_sum="true"), rx.el.td()
    )
    table = rx.el.table(
        rx.el.caption(PlanEditState.grid.title, class_name="hide"),
        rx.el.thead(rx.el.tr(*heads)),
        rx.el.tbody(rx.foreach(PlanEditState.grid.hours, _hour)),
        rx.el.tfoot(total),
        class_name="t dense plangrid",
        data_grid="true",
    )
    return rx.el.div(table, class_name="tablewrap")


HEADS = (("hour", ""), ("kwh", "n"), ("price", "n"))


def _hour(hour: Any) -> rx.Component:
    return rx.el.tr(
        rx.el.td(hour.words, class_name="nowrap"),
        rx.el.td(_cell("h", hour, hour.value, hour.label), class_name="n"),
        rx.el.td(_cell("p", hour, hour.price, hour.price_label), class_name="n"),
        key=hour.key,
    )


def _cell(column: str, hour: Any, value: Any, label: Any) -> rx.Component:
    name = rx.Var.create(column) + hour.key
    errors = PlanEditState.errors
    error = rx.cond(errors.contains(name), errors[name], "")
    control = rx.el.input(
        name=name,
        id=name,
        default_value=value,
        input_mode="decimal",
        aria_label=label,
        max_length=20,
        aria_invalid=rx.cond(error != "", "true", "false"),
        aria_describedby=rx.cond(error != "", name + "-note", ""),
        key=value,
    )
    note = rx.el.p(icon("circle-alert", 14), rx.el.span(error), id=name + "-note", class_name="err")
    return rx.el.div(control, rx.cond(error != "", note, rx.fragment()), class_name="cell")


def _copy() -> rx.Component:
    day, errors = PlanEditState.grid.day, PlanEditState.errors
    form = rx.el.form(
        rx.el.p(t("plan.copy_note"), class_name="muted"),
        rx.el.div(
            field(t("plan.first"), "first", kind="date", error=errors["first"], default_value=day, id="copy-first"),
            field(t("plan.last"), "last", kind="date", error=errors["last"], default_value=day, id="copy-last"),
            class_name="two",
        ),
        field(
            t("plan.weeks"),
            "weeks",
            kind="number",
            error=errors["weeks"],
            default_value="4",
            min="1",
            max="8",
            cls="half",
        ),
        checkbox(t("plan.replace"), name="replace", id="copy-replace"),
        button(t("plan.copy"), type="submit", kind="outline", size=3, icon_name="copy", busy=PlanEditState.is_busy),
        rx.el.p(PlanEditState.copied, role="status", class_name="muted"),
        on_submit=PlanEditState.copy,
        class_name="form planform",
        no_validate=True,
        key=day,
    )
    return card(form, title=t("plan.copy_title"))


def _file() -> rx.Component:
    """The answer says what was taken, or each wrong line."""
    return card(
        rx.el.p(t("plan.file_note"), id="plan-file-note", class_name="muted"),
        sent_file(
            t("plan.choose_file"),
            PlanEditState.grid.upload,
            id="plan-file",
            accept=".csv,.xlsx,.txt",
            described_by="plan-file-note",
            data_done_words=t("plan.file_done"),
            data_show_words=t("plan.file_show"),
        ),
        title=t("plan.file_title"),
    )


def add_to(app: rx.App) -> None:
    """Register the route."""
    on_load = [SessionState.load, PlanEditState.load]
    app.add_page(plan_edit, route=routes.PLAN_EDIT, title=t("plan.edit_title"), on_load=on_load)
