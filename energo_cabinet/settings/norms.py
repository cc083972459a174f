"""Numbers that a law, a standard or the supplier sets: terms, penalties, norms of quality and of the network."""

from __future__ import annotations

from decimal import Decimal

from pydantic import BaseModel, Field

STEPS = r"^\d{1,4}:[1-9]\d{0,4}(,\d{1,4}:[1-9]\d{0,4})*$"


class NormSettings(BaseModel):
    """Each with the act or rule it comes from; [K] marks what an installation has to confirm."""

    ticket_days: int = Field(10, ge=1, description="working days to answer a ticket (cf. ПП РФ № 416, п. 36 [K])")
    ticket_charges_days: int = Field(5, ge=1, description="the same for a ticket about charges [K]")
    quality_percent: Decimal = Field(
        Decimal("0.15"), ge=0, description="% off the month's charge for an hour of bad quality (R-20) [K]"
    )
    quality_source: str = Field("ПП РФ № 354, приложение № 1", description="the act that says so [K]")
    reading_max_power_kw: float = Field(15, gt=0, description="power assumed without a limit, kW (ПП РФ № 861)")
    erasure_days: int = Field(
        30,
        ge=1,
        le=30,
        description="term of erasure (R-37)",
        json_schema_extra={"source": "152-ФЗ, ст. 21, ч. 5"},
    )
    verification_notice_days: int = Field(60, ge=1, le=366, description="a meter's verification is announced so early")
    data_missing_hours: int = Field(48, ge=1, description="silence of a meter after which its owner is notified")
    reading_silent_days: int = Field(45, ge=1, description="silence of a meter read by hand shown to staff")
    imbalance_percent: float = Field(
        2, gt=0, le=100, description="Σ of intervals may differ from registers by so much [K]"
    )
    imbalance_source: str = Field("уставка поставщика", description="where that tolerance comes from")
    bill_due_day: int = Field(15, ge=1, le=28, description="due day (of the next month) of a bill that tells none")
    bill_due_source: str = Field("ЖК РФ, ст. 155, ч. 1", description="where that day comes from")
    penalty_steps: str = Field("31:300,91:130", pattern=STEPS, description="day of delay:N, 1/N of the key rate a day")
    penalty_key_rate_percent: float = Field(9.5, ge=0, le=100, description="key rate for penalties; 0: none are shown")
    penalty_source: str = Field("ЖК РФ, ст. 155, ч. 14", description="where these figures come from")
    payment_purpose: str = Field(
        "Оплата энергии по договору {contract}, счёт {number} за {month}",
        description="payment purpose for the bank",
    )
    voltage_near_percent: float = Field(5, gt=0, le=50, description="deviation of the voltage that is worth a warning")
    voltage_limit_percent: float = Field(10, gt=0, le=50, description="deviation of the voltage that is allowed")
    frequency_limit_hz: float = Field(0.4, gt=0, le=5, description="deviation from 50 Hz that is allowed")
    network_norm_source: str = Field("ГОСТ 32144-2013", description="where these limits of the network come from")
    plan_corridor_percent: float = Field(5.0, gt=0, le=100, description="corridor of a plan that has none of its own")
    near_limit_percent: int = Field(90, ge=1, le=100, description="a value is near its limit from this share on")
