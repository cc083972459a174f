"""The questions before anything is done about an account."""

from __future__ import annotations

import reflex as rx

from energo_cabinet.components.feedback import dialog
from energo_cabinet.components.form import error_summary, field
from energo_cabinet.components.setting import dialog_feet
from energo_cabinet.i18n.ui import t
from energo_cabinet.settings import get_settings
from energo_cabinet.state.staff.account import StaffAccountState

ASKED = {
    "disable": "disable",
    "enable": "enable",
    "unlock": "unlock",
    "sign_out": "sign_out",
    "reset": "reset",
    "stop": "stop",
    "session": "end",
    "phone": "withdraw",
    "browser": "forget",
}
"""Dialog → the word on its button."""
HARMLESS = ("enable", "unlock", "stop")


def account_dialogs() -> rx.Component:
    """All of them."""
    return rx.fragment(*(_question(name, verb) for name, verb in ASKED.items()))


def _question(name: str, verb: str) -> rx.Component:
    errors = StaffAccountState.errors
    facts = {"hours": get_settings().factor_reset_hours} if name == "reset" else {}
    reason = field(
        t("accounts.reason"),
        "reason",
        error=errors["reason"],
        hint=t("accounts.reason_hint"),
        required=True,
        id="hold-reason",
        max_length=300,
    )
    feet = dialog_feet(
        t(f"accounts.{verb}"),
        StaffAccountState.is_busy,
        StaffAccountState.close,
        kind="solid" if name in HARMLESS else "danger",
    )
    form = rx.el.form(
        rx.el.p(rx.el.b(StaffAccountState.asked_name)),
        rx.el.p(t(f"accounts.ask.{name}_text", **facts), class_name="muted"),
        *([reason] if name == "disable" else []),
        error_summary(errors["form"]),
        feet,
        on_submit=StaffAccountState.decide,
        class_name="form",
        no_validate=True,
    )
    return dialog(
        t(f"accounts.ask.{name}"),
        form,
        is_open=StaffAccountState.dialog == name,
        on_close=StaffAccountState.close,
        id=f"account-{name}",
    )
