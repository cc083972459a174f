"""Register readings: what the meter showed, sending, what became of what was sent."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel, Field

from energo_cabinet.api.door import caller
from energo_cabinet.api.problem import problem
from energo_cabinet.api.v1.schema import Id, Limit, Page
from energo_cabinet.api.v1.way_in import ask
from energo_cabinet.domain.typed import MAX_ID
from energo_cabinet.i18n import text
from energo_cabinet.services.reading import meter as reading_meter
from energo_cabinet.services.reading import offline, submission
from energo_cabinet.services.reading.submission import ReadingForm, SubmissionItem

router = APIRouter(prefix="/points/{point_id}", tags=["readings"])

Zones = Annotated[dict[str, Annotated[str, Field(max_length=20)]], Field(max_length=8)]


class Register(BaseModel):
    """A register of the meter, kWh on its own dial."""

    zone: str
    last_kwh: Decimal | None
    calculated_kwh: Decimal | None


class MeterToRead(BaseModel):
    """The meter and when readings are taken; `pending`: status of what was sent in this window, or ""."""

    model: str
    serial_number: str
    is_smart: bool
    zones: list[Register]
    read_at: datetime | None
    first: date
    last: date
    is_open: bool
    pending: str


class Reading(BaseModel):
    """What to send: `key` names it (sent twice it counts once), zone → kWh as typed.

    `seen`: zone → last value known when it was written down; if the meter shows otherwise by now, 409.
    """

    key: str = Field(pattern=r"^[0-9A-Za-z-]{8,64}$")
    values: Zones
    read_on: str = Field(default="", max_length=10)
    is_confirmed: bool = False
    seen: Zones = {}


class Submission(BaseModel):
    """What was sent and what became of it."""

    id: int
    number: str
    read_at: datetime
    created_at: datetime
    values_kwh: dict[str, Decimal]
    status: str
    reason: str


@router.get("/meter")
async def meter(request: Request, point_id: Id) -> MeterToRead | None:
    """The meter of a point, null where none stands."""
    found = await ask(request, reading_meter.meter_to_read, point_id)
    if found is None:
        return None
    same = ("serial_number", "is_smart", "read_at", "pending")
    return MeterToRead(
        **{name: getattr(found, name) for name in same},
        model=found.meter_model,
        zones=[Register.model_validate(zone, from_attributes=True) for zone in found.zones],
        first=found.window.first,
        last=found.window.last,
        is_open=found.window.is_open,
    )


@router.get("/readings")
async def readings(
    request: Request,
    point_id: Id,
    cursor: Annotated[int | None, Query(ge=1, le=MAX_ID)] = None,
    limit: Limit = 50,
) -> Page[Submission]:
    """What was sent for a point, newest first."""
    page = await ask(request, submission.list_submissions, point_id, cursor, limit)
    return Page(items=[_shown(item) for item in page.items], next=None if page.next is None else str(page.next))


@router.post("/readings", status_code=201, response_model=Submission)
async def submit(request: Request, point_id: Id, body: Reading) -> Any:
    """Send readings. 409 `reading_doubtful`: send again with `is_confirmed` if they are right; `reading_conflict`."""
    form = ReadingForm(body.key, body.values, body.read_on, body.is_confirmed)
    done = await ask(request, offline.submit_late_reading, point_id, form, body.seen)
    if done.sent is None:
        fields = {doubt.zone or "form": doubt.code for doubt in done.doubts}
        return problem(409, "reading_doubtful", text("error.reading_doubtful", caller(request).language), fields=fields)
    return _shown(done.sent)


def _shown(item: SubmissionItem) -> Submission:
    same = ("id", "number", "read_at", "created_at", "values_kwh", "reason")
    return Submission(**{name: getattr(item, name) for name in same}, status=str(item.status))
