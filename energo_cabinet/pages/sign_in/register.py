"""Registration (Э-15, Э-20…32, Н-9…18)."""

from __future__ import annotations

import reflex as rx

from energo_cabinet import routes
from energo_cabinet.components.button import button, link_button, text_link
from energo_cabinet.components.form import checkbox, error_summary, field, hidden, password_field
from energo_cabinet.components.frame.layout import public_page
from energo_cabinet.components.public.public import outcome, steps
from energo_cabinet.i18n.ui import query, t
from energo_cabinet.pages.sign_in.object_part import CLASSES, object_fields
from energo_cabinet.settings import get_settings
from energo_cabinet.state.sign_in.register import RegisterState
from energo_cabinet.state.supplier.entry import EntryState


def register() -> rx.Component:
    """The page: the form with its steps, then where the letter went."""
    form = rx.el.div(_steps(), _card(), class_name="regwrap")
    return rx.cond(RegisterState.sent_to != "", public_page(_sent(), cls="center"), public_page(form, cls="top"))


def _steps() -> rx.Component:
    chosen = rx.match(query("class"), *((kind, t(f"class.{kind}")) for kind in CLASSES), t("register.step_class_none"))
    known = rx.match(query("class"), *((kind, "past") for kind in CLASSES), "")
    return steps(
        t("register.steps"),
        (
            (t("register.step_class"), chosen, known),
            (t("register.step_account"), t("register.step_account_note"), "on"),
            (t("register.step_mail"), t("register.step_mail_note"), ""),
        ),
    )


def _card() -> rx.Component:
    return rx.el.section(
        rx.el.h1(t("register.title")),
        rx.el.p(t("form.required_note"), class_name="muted"),
        error_summary(RegisterState.errors["form"]),
        _form(),
        class_name="card reg",
    )


def _form() -> rx.Component:
    klass = rx.match(query("class"), *((kind, kind) for kind in CLASSES), "")
    submit = button(t("register.submit"), size=3, type="submit", busy=RegisterState.is_busy)
    have = rx.el.span(
        t("register.have_account"), " ", text_link(t("register.sign_in"), routes.LOGIN), class_name="muted"
    )
    return rx.el.form(
        hidden("consumer_class", klass),
        _account(),
        object_fields(),
        _consents(),
        rx.el.div(submit, have, class_name="rowf"),
        on_submit=RegisterState.submit,
        class_name="form",
        no_validate=True,
    )


def _account() -> rx.Component:
    errors = RegisterState.errors
    return rx.el.fieldset(
        rx.el.legend(t("register.account"), class_name="over flat"),
        field(
            t("register.full_name"),
            "full_name",
            hint=rx.match(
                query("class"),
                ("company", t("register.full_name_company")),
                ("", t("register.full_name_hint")),
                t("register.full_name_person"),
            ),
            error=errors["full_name"],
            required=True,
            auto_complete="name",
            max_length=200,
        ),
        rx.el.div(_phone(), rx.el.div(_email(), _taken()), class_name="two"),
        rx.el.div(
            password_field(
                t("register.password"),
                "password",
                auto_complete="new-password",
                hint=t("register.password_hint", min=get_settings().password_min_length),
                error=errors["password"],
            ),
            password_field(
                t("register.password2"),
                "password2",
                auto_complete="new-password",
                hint=t("register.password2_hint"),
                error=errors["password2"],
            ),
            class_name="two",
        ),
    )


def _phone() -> rx.Component:
    return field(
        t("register.phone"),
        "phone",
        kind="tel",
        hint=t("register.phone_hint"),
        error=RegisterState.errors["phone"],
        required=True,
        auto_complete="tel",
        max_length=30,
        placeholder="+7 900 000-00-00",
    )


def _email() -> rx.Component:
    return field(
        t("register.email"),
        "email",
        kind="email",
        hint=t("register.email_hint"),
        error=RegisterState.errors["email"],
        required=True,
        auto_complete="email",
        max_length=254,
    )


def _taken() -> rx.Component:
    """Н-18: what to do when the address is known already."""
    advice = rx.el.p(
        t("register.email_taken_advice"),
        " ",
        text_link(t("register.sign_in"), routes.LOGIN),
        ", ",
        text_link(t("register.recover"), routes.RECOVER),
        class_name="note",
    )
    return rx.cond(RegisterState.is_taken, advice, rx.fragment())


def _consents() -> rx.Component:
    star = rx.el.span(" *", class_name="req", aria_hidden="true")
    boxes = (("terms", "terms", routes.TERMS), ("personal_data", "personal", routes.PERSONAL_DATA))
    return rx.el.div(
        *(
            checkbox(
                t(f"register.{key}_before"),
                " ",
                text_link(t(f"register.{key}_link"), href, target="_blank"),
                star,
                name=name,
                error=RegisterState.errors[name],
                aria_required="true",
            )
            for name, key, href in boxes
        ),
        class_name="checks",
    )


def _sent() -> rx.Component:
    settings = get_settings()
    mailbox = [text_link(t("register.mailbox"), routes.MAILBOX, reload_document=True)] if settings.is_demo else []
    return outcome(
        "mail-check",
        t("register.sent_title"),
        rx.el.p(t("register.sent_before"), " ", rx.el.b(RegisterState.sent_to), " ", t("register.sent_after")),
        rx.el.p(t("register.sent_next", hours=settings.activation_hours), class_name="muted"),
        *mailbox,
        link_button(t("welcome.sign_in"), routes.LOGIN, kind="outline", size=3),
    )


def add_to(app: rx.App) -> None:
    """Register the route."""
    app.add_page(
        register,
        route=routes.REGISTER,
        title=t("register.title"),
        description=t("site.description"),
        image="/favicon.svg",
        on_load=[RegisterState.load, EntryState.load],
    )
