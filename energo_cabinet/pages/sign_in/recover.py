"""Recovering access (Э-45, Н-31…33): the answer is the same for known and unknown addresses."""

from __future__ import annotations

import reflex as rx

from energo_cabinet import routes
from energo_cabinet.components.button import button, link_button, text_link
from energo_cabinet.components.form import error_summary, field, post_form
from energo_cabinet.components.frame.layout import public_page
from energo_cabinet.components.public.public import auth_card, outcome
from energo_cabinet.i18n.ui import query, t, t_error
from energo_cabinet.settings import get_settings

BESIDE = ("required", "email_invalid")
ERRORS = (*BESIDE, "too_many_attempts", "origin", "not_stored")


def recover() -> rx.Component:
    """The page: the form, or what to do next."""
    return public_page(rx.cond(query("done") == "sent", _sent(), _form()), cls="center")


def _form() -> rx.Component:
    is_beside = rx.match(query("error"), *((code, True) for code in BESIDE), False)
    words = t_error(query("error"), ERRORS)
    form = post_form(
        "/api/recover",
        error_summary(rx.cond(is_beside, "", words)),
        field(
            t("login.email"),
            "email",
            kind="email",
            error=rx.cond(is_beside, words, ""),
            required=True,
            auto_complete="username",
            max_length=254,
            data_keep="true",
        ),
        button(t("recover.submit"), size=3, cls="wide", type="submit"),
        rx.el.p(text_link(t("recover.back"), routes.LOGIN)),
    )
    return auth_card(t("recover.title"), form, note=t("recover.text"))


def _sent() -> rx.Component:
    settings = get_settings()
    mailbox = [text_link(t("register.mailbox"), routes.MAILBOX, reload_document=True)] if settings.is_demo else []
    return outcome(
        "mail-check",
        t("recover.sent_title"),
        rx.el.p(t("recover.sent_text", minutes=settings.reset_minutes)),
        *mailbox,
        link_button(t("recover.back"), routes.LOGIN, kind="outline", size=3),
    )


def add_to(app: rx.App) -> None:
    """Register the route."""
    app.add_page(
        recover,
        route=routes.RECOVER,
        title=t("recover.title"),
        description=t("site.description"),
        image="/favicon.svg",
    )
