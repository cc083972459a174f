"""The phone's own front (Э-63, Э-67…71): «ВХОД» by password, or «ВОЙТИ ЧЕРЕЗ WEB-КАБИНЕТ >» by the camera."""

from __future__ import annotations

from typing import Any

import reflex as rx

from energo_cabinet import routes
from energo_cabinet.components.button import button
from energo_cabinet.components.feedback import callout
from energo_cabinet.components.form import error_summary, field, hidden, password_field, post_form
from energo_cabinet.components.icon import icon, mark
from energo_cabinet.components.phone.phone import LinkCode, Scanner
from energo_cabinet.i18n.ui import query, t, t_error
from energo_cabinet.settings import get_settings
from energo_cabinet.state.phone.mobile import PhoneState

ERRORS = (
    "wrong_credentials",
    "not_activated",
    "too_many_attempts",
    "pairing_unknown",
    "pairing_used",
    "pairing_expired",
    "pairing_refused",
    "pairing_waiting",
)


def mobile() -> rx.Component:
    """The page."""
    view = rx.match(
        PhoneState.status,
        ("login", _sign_in()),
        ("scan", _scan()),
        ("waiting", _waiting()),
        ("confirmed", _confirmed()),
        ("other", _other()),
        _failed(),
    )
    head = rx.el.header(mark(), rx.el.b(get_settings().system_name), class_name="mtop")
    return rx.el.div(
        LinkCode.create(on_code=PhoneState.take),  # type: ignore[arg-type]
        rx.el.main(head, rx.el.div(view, aria_live="polite"), id="content", class_name="mlogin"),
        class_name="mobile",
    )


def _sign_in() -> rx.Component:
    server = field(
        t("mobile.server"),
        "server",
        hint=t("mobile.server_hint"),
        default_value=PhoneState.server,
        key=PhoneState.server,
        auto_complete="off",
        auto_capitalize="none",
        spell_check=False,
        max_length=200,
        data_server="true",
    )
    form = post_form(
        "/api/mobile/login",
        server,
        rx.el.p(t("mobile.server_invalid"), class_name="err", hidden=True, role="alert", data_server_invalid="true"),
        field(
            t("mobile.email"),
            "email",
            kind="email",
            required=True,
            auto_complete="username",
            max_length=254,
            data_keep="true",
        ),
        password_field(t("mobile.password"), "password"),
        button(t("mobile.submit"), size=3, cls="wide", type="submit"),
    )
    camera = button(
        t("mobile.by_code"), kind="outline", size=3, cls="wide", icon_name="qr-code", on_click=PhoneState.scan
    )
    return rx.el.div(
        rx.el.h1(t("mobile.title")),
        error_summary(t_error(query("error"), ERRORS)),
        form,
        rx.el.div(rx.el.span(t("mobile.or")), class_name="or"),
        camera,
        rx.el.p(t("mobile.by_code_hint"), class_name="note tc"),
    )


def _scan() -> rx.Component:
    picture = rx.el.div(
        Scanner.create(
            label=t("mobile.camera"),
            on_code=PhoneState.take,  # type: ignore[arg-type]
            on_problem=PhoneState.lack_camera,  # type: ignore[arg-type]
        ),
        class_name="camera",
    )
    why = rx.match(
        PhoneState.camera,
        ("denied", _no_camera("denied")),
        ("absent", _no_camera("absent")),
        ("busy", _no_camera("busy")),
        rx.el.div(picture, rx.el.p(t("mobile.aim"), class_name="muted tc")),
    )
    foreign = callout(t("mobile.not_ours"), tone="warning", icon_name="circle-alert", role="alert")
    return rx.el.div(
        rx.el.h1(t("mobile.scan_title")),
        why,
        rx.cond(PhoneState.is_foreign, foreign, rx.fragment()),
        _by_hand(),
        _back(),
        class_name="stack",
    )


def _no_camera(why: str) -> rx.Component:
    title, text = t(f"mobile.camera_{why}"), t(f"mobile.camera_{why}_text")
    return callout(text, title=title, tone="warning", icon_name="camera-off", role="alert")


def _by_hand() -> rx.Component:
    return rx.el.form(
        field(
            t("mobile.code"),
            "code",
            hint=t("mobile.code_hint"),
            auto_complete="one-time-code",
            auto_capitalize="characters",
            spell_check=False,
            max_length=20,
            placeholder="XXXX-XXXX",
        ),
        button(t("mobile.code_submit"), kind="outline", size=3, cls="wide", type="submit"),
        on_submit=PhoneState.take_typed,
        class_name="form",
        no_validate=True,
    )


def _waiting() -> rx.Component:
    return rx.el.section(
        icon("monitor-check", 28),
        rx.el.h1(t("mobile.waiting")),
        rx.el.p(t("mobile.waiting_text")),
        rx.el.p(PhoneState.check, class_name="fig checknumber big", aria_label=t("mobile.check")),
        rx.el.span(class_name="spinner", aria_hidden="true"),
        _back(),
        class_name="stack tc waiting",
        role="status",
    )


def _confirmed() -> rx.Component:
    """assets/phone.js sends the form at once; the button is for whom it does not."""
    return rx.el.section(
        icon("circle-check", 28),
        rx.el.h1(t("mobile.confirmed")),
        post_form(
            "/api/mobile/enter",
            hidden("claim", PhoneState.claim),
            button(t("mobile.enter"), size=3, cls="wide", type="submit"),
            data_send="true",
        ),
        class_name="stack tc waiting",
        role="status",
    )


def _other() -> rx.Component:
    go = rx.el.a(t("mobile.other_open"), href=PhoneState.other, class_name="btn solid s3 wide")
    host = rx.el.p(rx.el.b(PhoneState.other.split("/")[2]))
    return rx.el.section(
        rx.el.h1(t("mobile.other")), host, rx.el.p(t("mobile.other_text")), go, _back(), class_name="stack"
    )


def _failed() -> rx.Component:
    again = button(t("mobile.again"), size=3, cls="wide", icon_name="qr-code", on_click=PhoneState.scan)
    return rx.el.section(
        rx.el.h1(t("mobile.failed")), error_summary(PhoneState.error), again, _back(), class_name="stack"
    )


def _back(**props: Any) -> rx.Component:
    return button(t("mobile.back"), kind="ghost", size=3, cls="wide", on_click=PhoneState.back, **props)


def add_to(app: rx.App) -> None:
    """Register the route."""
    app.add_page(
        mobile,
        route=routes.MOBILE,
        title=t("mobile.page_title"),
        description=t("site.description"),
        image="/favicon.svg",
        on_load=PhoneState.load,
    )
