"""Types of the fields a supplier sends: each with a bound, none with control characters."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import AfterValidator, BeforeValidator, Field, StringConstraints

from energo_cabinet.domain.form_text import has_forbidden, paragraphs
from energo_cabinet.domain.time.period import MEASURED_YEARS

MOST_ITEMS, MOST_SLOTS, LONGEST_CURSOR = 1000, 1500, 500
FIRST_DAY, LAST_DAY = date(MEASURED_YEARS[0], 1, 1), date(MEASURED_YEARS[-1], 1, 1)

NUMBER = re.compile(r"-?\d{1,12}(\.\d{1,6})?", re.ASCII)


def _number(value: object) -> Decimal:
    if not isinstance(value, str) or not NUMBER.fullmatch(value):
        raise ValueError("a decimal number in a string is expected")
    return Decimal(value)


def line(value: str) -> str:
    """One line without control characters."""
    if has_forbidden(value):
        raise ValueError("control characters")
    return value.strip()


def paragraph(value: str) -> str:
    """Several lines, breaks of one kind."""
    line(paragraphs(value).replace("\n", " "))
    return paragraphs(value)


Ref = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9._:-]{0,63}$")]
Cursor = Annotated[str, StringConstraints(max_length=LONGEST_CURSOR), AfterValidator(line)]
Name = Annotated[str, StringConstraints(min_length=1, max_length=200), AfterValidator(line)]
Number60 = Annotated[str, StringConstraints(min_length=1, max_length=60), AfterValidator(line)]
Line40 = Annotated[str, StringConstraints(max_length=40), AfterValidator(line)]
Line120 = Annotated[str, StringConstraints(max_length=120), AfterValidator(line)]
Line300 = Annotated[str, StringConstraints(max_length=300), AfterValidator(line)]
Text = Annotated[str, StringConstraints(max_length=4000), AfterValidator(paragraph)]
Rub = Annotated[Decimal, BeforeValidator(_number), Field(max_digits=14, decimal_places=2)]
Quantity = Annotated[Decimal, BeforeValidator(_number)]
Day = Annotated[date, Field(ge=FIRST_DAY, lt=LAST_DAY)]
Register = Annotated[int, Field(ge=0, lt=10**15)]
Minute = Annotated[int, Field(ge=0, le=1440)]
ChannelName = Literal["A+", "A-", "R+", "R-"]
ZoneName = Literal["T0", "T1", "T2", "T3", "T4"]
QualityName = Literal["valid", "estimated", "manual", "non_commercial"]
ResourceName = Literal["contract", "balance", "points", "meters", "bills", "payments", "readings", "profile"]
FeedName = Literal["events", "notifications", "ticket_updates", "decisions"]
