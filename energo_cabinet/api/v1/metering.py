"""Contracts, metering points, readings, load profile and journal."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel

from energo_cabinet.api.v1.schema import Cursor, Id, Limit, Page, page_of
from energo_cabinet.api.v1.way_in import ask, way_in
from energo_cabinet.domain.journal.filter import EventFilter
from energo_cabinet.domain.time.period import Period
from energo_cabinet.domain.typed import MAX_ID
from energo_cabinet.models import Channel
from energo_cabinet.services.contract import contract as contracts_service
from energo_cabinet.services.contract.contract import ContractCard
from energo_cabinet.services.energy import load_profile
from energo_cabinet.services.journal import point as meter_event
from energo_cabinet.services.journal.row import EventRow
from energo_cabinet.services.point import point as metering_point
from energo_cabinet.services.point.point import PointCard

router = APIRouter(tags=["metering"])

Text = Annotated[str, Query(max_length=100)]


class Contract(BaseModel):
    """A contract in the caller's cabinet."""

    id: int
    title: str
    supplier: str
    number: str
    points: int


class Register(BaseModel):
    """What a register of the meter shows, kWh before any transformer ratio; zone "T0" is the total."""

    zone: str
    value_kwh: Decimal


class Point(BaseModel):
    """A metering point. Moments are aware and local to the point's zone."""

    id: int
    contract_id: int | None
    contract: str
    number: str
    name: str
    resource: str
    address: str
    meter_model: str
    serial_number: str
    is_smart: bool
    zone_name: str
    channels: list[str]
    readings: list[Register]
    read_at: datetime | None
    last_interval_on: date | None


class Profile(BaseModel):
    """A local day by slots of `step_min` from `start`: kWh (kvarh for R±), null a gap; 46…52 half-hours a day."""

    day: date
    channel: str
    channels: list[str]
    zone_name: str
    start: datetime
    step_min: int
    energy: list[float | None]
    quality: list[int]
    total_kwh: Decimal | None


class Event(BaseModel):
    """A record of the meter's journal; `key` is its name within the point."""

    key: str
    code: str
    at: datetime
    ended_at: datetime | None
    severity: int
    phase: int
    text: str


@router.get("/contracts")
async def contracts(request: Request, cursor: Cursor = "", limit: Limit = 50) -> Page[Contract]:
    """The caller's contracts in the order they were linked."""
    found = [_contract(card) for card in await ask(request, contracts_service.list_contracts)]
    items, following = page_of(found, cursor, limit)
    return Page(items=items, next=following)


@router.get("/points")
async def points(
    request: Request,
    contract_id: Annotated[int | None, Query(ge=1, le=MAX_ID)] = None,
    cursor: Cursor = "",
    limit: Limit = 50,
) -> Page[Point]:
    """Points of all contracts, or of one, with their newest readings."""
    found = await ask(request, metering_point.list_points, contract_id)
    cards, following = page_of(found, cursor, limit)
    return Page(items=[_point(card) for card in cards], next=following)


@router.get("/points/{point_id}")
async def point(request: Request, point_id: Id) -> Point:
    """One point."""
    details = await ask(request, metering_point.point_details, point_id)
    return _point(details.card)


@router.get("/points/{point_id}/profile")
async def profile(
    request: Request,
    point_id: Id,
    day: date,
    step_min: Literal["30", "60"] = "30",
    channel: Annotated[str, Query(max_length=8)] = Channel.A_PLUS,
) -> Profile:
    """The load profile of one local day."""
    found = await ask(request, load_profile.load_profile, point_id, Period(day, day), int(step_min), channel)
    return Profile(
        day=day,
        channel=found.channel,
        channels=list(found.channels),
        zone_name=found.zone_name,
        start=found.start,
        step_min=found.step_min,
        energy=list(found.kwh),
        quality=list(found.quality),
        total_kwh=found.total_kwh,
    )


@router.get("/points/{point_id}/events")
async def events(
    request: Request,
    point_id: Id,
    first: date,
    last: date,
    kind: Text = "",
    severity: Annotated[int, Query(ge=0, le=3)] = 0,
    cursor: Cursor = "",
) -> Page[Event]:
    """The meter's journal of the local days `first`…`last`, newest first, 50 a page; `kind`: an area or a code."""
    asked = EventFilter(Period(first, last), kind=kind, severity=severity, fold=False)
    found = await ask(request, meter_event.list_events, point_id, asked, before=cursor)
    language = way_in(request).language
    return Page(items=[_event(row, language) for row in found.rows], next=found.older or None)


def _contract(card: ContractCard) -> Contract:
    return Contract(
        id=card.contract_id, title=card.title, supplier=card.supplier_name, number=card.number, points=card.points
    )


def _point(card: PointCard) -> Point:
    registers = [Register(zone=one.zone, value_kwh=one.value_kwh) for one in card.last_readings]
    same = ("id", "contract_id", "number", "name", "address", "meter_model", "serial_number", "is_smart", "zone_name")
    return Point(
        **{name: getattr(card, name) for name in same},
        contract=card.contract_title,
        resource=str(card.resource),
        channels=list(card.channels),
        readings=registers,
        read_at=card.last_read_at,
        last_interval_on=card.last_interval_on,
    )


def _event(row: EventRow, language: str) -> Event:
    return Event(
        key=row.key,
        code=row.code,
        at=row.at,
        ended_at=row.ended_at,
        severity=row.severity,
        phase=row.phase,
        text=row.kind.words[language].name if row.kind else row.raw,
    )
