"""«Создать обращение» (Н-138…Н-142)."""

from __future__ import annotations

import reflex as rx

from energo_cabinet import routes
from energo_cabinet.components.attachment_field import attachment_field
from energo_cabinet.components.button import button, text_link
from energo_cabinet.components.card import card, page_head
from energo_cabinet.components.feedback import callout, failed, skeleton_rows
from energo_cabinet.components.form import error_summary, field, hidden, select_field, text_area
from energo_cabinet.i18n.ui import t
from energo_cabinet.pages.frame.frame_part import cabinet_page
from energo_cabinet.pages.ticket.tickets import no_contracts, write_instead
from energo_cabinet.state.frame.session import SessionState
from energo_cabinet.state.ticket.new import TicketNewState

CATEGORIES = ("meter", "readings", "verification", "quality", "charges", "tariff", "other")


def ticket_new() -> rx.Component:
    """The page."""
    body = rx.match(
        TicketNewState.status,
        ("loading", card(skeleton_rows(6), cls="ticketform")),
        ("ready", rx.fragment(_draft_notice(), _form(), write_instead(TicketNewState.form.supplier_email))),
        ("no_contracts", no_contracts()),
        card(failed(t("tickets.form_failed"), t("tickets.failed_text"), TicketNewState.load)),
    )
    head = page_head(t("tickets.create"), _to_whom(), back=(t("tickets.title"), routes.TICKETS))
    return cabinet_page("tickets", rx.el.div(head, body, class_name="narrow", on_unmount=TicketNewState.leave))


def _to_whom() -> rx.Component:
    words = rx.el.span(TicketNewState.form.supplier, " · ", SessionState.title)
    return rx.cond(TicketNewState.form.supplier != "", words, rx.el.span("\u00a0"))


def _draft_notice() -> rx.Component:
    anew = button(t("tickets.start_anew"), kind="outline", on_click=TicketNewState.start_anew)
    restored = callout(t("tickets.draft_restored"), icon_name="history", action=anew, role="status")
    back = text_link(t("tickets.draft_back"), routes.TICKET_NEW)
    other = callout(t("tickets.draft_other"), icon_name="history", action=back)
    return rx.match(TicketNewState.draft, ("restored", restored), ("other", other), rx.fragment())


def _form() -> rx.Component:
    form = TicketNewState.form
    made = rx.el.form(
        error_summary(TicketNewState.errors["form"]),
        rx.el.p(t("tickets.draft_kept_here"), class_name="callout info", hidden=True, data_draft_notice="true"),
        hidden("key", form.key),
        rx.el.div(_category(), _point(), class_name="two"),
        _theme(),
        rx.el.div(_text(), _template(), class_name="withtemplate"),
        attachment_field("ticket", error=TicketNewState.errors["attachments"]),
        rx.el.div(_email(), _phone(), class_name="two"),
        _feet(),
        on_submit=TicketNewState.submit,
        class_name="form",
        no_validate=True,
        key=form.key,
        custom_attrs={"data-draft": form.place, "data-draft-key": form.key, "data-draft-url": form.draft_url},
    )
    return card(made, cls="ticketform")


def _category() -> rx.Component:
    return select_field(
        t("tickets.category_label"),
        "category",
        [(name, t(f"tickets.category.{name}")) for name in CATEGORIES],
        placeholder=t("tickets.category_choose"),
        error=TicketNewState.errors["category"],
        required=True,
        id="ticket-category",
        default_value=TicketNewState.form.category,
        on_change=TicketNewState.suggest,
    )


def _point() -> rx.Component:
    choose = select_field(
        t("tickets.point"),
        "point",
        TicketNewState.points,
        placeholder=t("tickets.point_none"),
        id="ticket-point",
        default_value=TicketNewState.form.point,
    )
    return rx.cond(TicketNewState.points.length() > 0, choose, rx.fragment())


def _theme() -> rx.Component:
    return field(
        t("tickets.theme_label"),
        "theme",
        error=TicketNewState.errors["theme"],
        required=True,
        id="ticket-theme",
        auto_complete="off",
        max_length=120,
        default_value=TicketNewState.form.theme,
    )


def _text() -> rx.Component:
    return text_area(
        t("tickets.text_label"),
        "text",
        error=TicketNewState.errors["text"],
        hint=t("tickets.text_hint"),
        required=True,
        id="ticket-text",
        rows=7,
        max_length=4000,
        default_value=TicketNewState.form.text,
    )


def _template() -> rx.Component:
    """assets/js/template.js puts it into the text."""
    words = TicketNewState.template
    insert = button(
        t("tickets.template.insert"),
        kind="outline",
        icon_name="text-cursor-input",
        data_insert=words,
        data_into="ticket-text",
    )
    return rx.cond(words != "", rx.el.div(insert, rx.el.p(words, class_name="hint said")), rx.fragment())


def _email() -> rx.Component:
    return field(
        t("tickets.email"),
        "email",
        kind="email",
        error=TicketNewState.errors["email"],
        required=True,
        id="ticket-email",
        auto_complete="email",
        max_length=254,
        default_value=TicketNewState.form.email,
    )


def _phone() -> rx.Component:
    return field(
        t("tickets.phone"),
        "phone",
        kind="tel",
        error=TicketNewState.errors["phone"],
        id="ticket-phone",
        auto_complete="tel",
        max_length=40,
        default_value=TicketNewState.form.phone,
    )


def _feet() -> rx.Component:
    words = {f"data_{name}": t(f"tickets.draft_{name}") for name in ("saved", "offline")}
    state = rx.el.p(class_name="hint grow", role="status", data_draft_state="true", **words)
    send = button(t("tickets.submit"), size=3, type="submit", busy=TicketNewState.is_busy)
    return rx.el.div(state, send, class_name="dlgfoot ticketfoot")


def add_to(app: rx.App) -> None:
    """Register the route."""
    app.add_page(
        ticket_new,
        route=routes.TICKET_NEW,
        title=t("tickets.create"),
        on_load=[SessionState.load, TicketNewState.load],
    )
