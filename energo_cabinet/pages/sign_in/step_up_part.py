"""«Подтвердите, что это Вы»: over any page on which money or power is moved."""

from __future__ import annotations

import reflex as rx

from energo_cabinet.components.feedback import dialog, toast
from energo_cabinet.components.form import error_summary, password_field
from energo_cabinet.components.passkey import passkey_button
from energo_cabinet.components.setting import dialog_feet
from energo_cabinet.i18n.ui import t
from energo_cabinet.state.sign_in.step_up import StepUpState


def step_up_dialog() -> rx.Component:
    """The dialog and its confirmation."""
    form = rx.el.form(
        password_field(t("step_up.secret"), "secret", error=StepUpState.errors["secret"], id="step-up-secret"),
        dialog_feet(t("step_up.submit"), StepUpState.is_busy, StepUpState.close),
        on_submit=StepUpState.prove,
        class_name="form",
        no_validate=True,
    )
    by_passkey = rx.el.form(
        passkey_button(t("passkey.confirm"), "/api/passkey/proof", kind="outline", cls="wide"),
        on_submit=StepUpState.prove_by_passkey,
        class_name="form",
        no_validate=True,
    )
    made = dialog(
        t("step_up.title"),
        error_summary(StepUpState.errors["form"]),
        rx.cond(StepUpState.by_passkey, by_passkey, rx.fragment()),
        rx.cond(StepUpState.by_secret, form, rx.fragment()),
        is_open=StepUpState.dialog == "prove",
        on_close=StepUpState.close,
        id="dialog-step-up",
        note=rx.cond(StepUpState.by_secret, t("step_up.note"), t("passkey.proof_note")),
    )
    return rx.fragment(made, toast(StepUpState.notice, StepUpState.close))
