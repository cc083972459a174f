"""How long sessions, links and codes live."""

from __future__ import annotations

from pydantic import BaseModel, Field


class LifetimeSettings(BaseModel):
    """Lives of what lets somebody in, and of what is kept for a while."""

    session_idle_hours: int = Field(12, ge=1, description="idle limit of a consumer's session")
    session_remember_days: int = Field(30, ge=1, description="absolute limit; also «Запомнить меня»")
    staff_idle_minutes: int = Field(30, ge=1, description="idle limit of a session of the supplier's staff")
    staff_session_hours: int = Field(12, ge=1, description="absolute limit of a session of the supplier's staff")
    step_up_minutes: int = Field(5, ge=1, le=60, description="so long a password or code given covers power and money")
    change_days: int = Field(7, ge=1, le=90, description="a change that waits for a second administrator lives so long")
    activation_hours: int = Field(24, ge=1, description="life of an activation link")
    reset_minutes: int = Field(30, ge=1, description="life of a password reset link")
    pairing_code_seconds: int = Field(60, ge=1, le=60, description="life of a code that joins a phone (Э-72)")
    pairing_confirm_seconds: int = Field(120, ge=10, le=600, description="time to confirm a phone on the computer")
    pairing_shown_minutes: int = Field(10, ge=1, le=60, description="so long the page renews its code by itself")
    device_idle_days: int = Field(90, ge=1, description="a paired application unused for so long must pair again")
    email_undo_days: int = Field(7, ge=1, le=90, description="a change of e-mail can be undone from the old address")
    contract_code_minutes: int = Field(30, ge=5, le=1440, description="life of a contract's code that was sent")
    objection_days: int = Field(30, ge=1, le=366, description="so long one may object to a new reader by the letter")
    export_days: int = Field(7, ge=1, le=90, description="life of «Выгрузить мои данные»")
    view_minutes: int = Field(30, ge=1, le=240, description="length of a member's view through a customer's eyes")
    import_keep_days: int = Field(30, ge=1, le=366, description="files of imports are kept so long")
    factor_reset_hours: int = Field(
        24, ge=0, le=720, description="a lost second factor is reset so long after the letters (since 2026-12-01 [K])"
    )
    looks_keep_days: int = Field(
        180, ge=3, le=1830, description="who looked at whose data is kept so long (since 2026-12-01 [K])"
    )
