"""The registry of a supplier: its points by number, found by number, name, address or serial (Н-150…Н-154)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Literal, get_args

from sqlalchemy import ColumnElement, case, exists, func, or_
from sqlmodel import Session, col, select

from energo_cabinet.auth.access import Subject, service
from energo_cabinet.auth.supplier_access import of_supplier, visible_supplier_points
from energo_cabinet.domain.point.verification import SOON_DAYS, Nearness, nearness
from energo_cabinet.domain.time.local_day import local_day
from energo_cabinet.models import Contract, Meter, MeteringPoint, MeterInstallation
from energo_cabinet.services.values.point_read import meters_of

PAGE = 50
MOST = 200
RegistryState = Literal["", "no_meter", "overdue", "soon", "no_contract"]
STATES: tuple[str, ...] = get_args(RegistryState)


@dataclass(frozen=True, slots=True)
class RegistryLine:
    """A point in the registry with the meter that stands there now ("" for none)."""

    id: int
    number: str
    name: str
    address: str
    place: str
    contract_number: str
    serial_number: str
    model: str
    installed_on: date | None
    next_verification_on: date | None
    nearness: Nearness


@dataclass(frozen=True, slots=True)
class RegistryPage:
    """Some points by number; `next`: the number to go on after, None on the last page."""

    lines: tuple[RegistryLine, ...]
    next: str | None


@dataclass(frozen=True, slots=True)
class LocationLine:
    """An address with how many points and standing meters it has."""

    address: str
    points: int
    meters: int


@dataclass(frozen=True, slots=True)
class LocationPage:
    """Some addresses in order; `next`: the one to go on after, None on the last page."""

    lines: tuple[LocationLine, ...]
    next: str | None


@service("staff:registry", "registry.list_points")
def list_registry(
    session: Session,
    subject: Subject,
    text: str = "",
    state: str = "",
    address: str = "",
    after: str = "",
    limit: int = PAGE,
) -> RegistryPage:
    """Points of the member's supplier by number; `text`: words all of which are found somewhere."""
    query = visible_supplier_points(subject)
    for word in text.split()[:6]:
        query = query.where(_has(word[:60]))
    if address:
        query = query.where(MeteringPoint.address == address)
    if state in STATES and state:
        query = query.where(_is_in(state, subject))
    if after:
        query = query.where(col(MeteringPoint.number) > after)
    limit = max(1, min(limit, MOST))
    points = session.exec(query.order_by(col(MeteringPoint.number)).limit(limit + 1)).all()
    lines = _lines(session, subject, points[:limit])
    return RegistryPage(tuple(lines), points[limit - 1].number if len(points) > limit else None)


@service("staff:registry", "registry.list_locations")
def list_locations(
    session: Session, subject: Subject, text: str = "", after: str = "", limit: int = PAGE
) -> LocationPage:
    """Addresses of the member's supplier's points: what its objects are here (Н-152)."""
    points, meters = func.count(), func.sum(case((_standing(), 1), else_=0))
    query = (
        select(col(MeteringPoint.address), points, meters)
        .where(of_supplier(subject, MeteringPoint.supplier_id), col(MeteringPoint.address) > after)
        .group_by(col(MeteringPoint.address))
        .order_by(col(MeteringPoint.address))
    )
    for word in text.split()[:6]:
        query = query.where(_like(MeteringPoint.address, word[:60]))
    limit = max(1, min(limit, MOST))
    rows = session.exec(query.limit(limit + 1)).all()
    lines = tuple(LocationLine(address, count, int(standing or 0)) for address, count, standing in rows[:limit])
    return LocationPage(lines, lines[-1].address if len(rows) > limit else None)


def _lines(session: Session, subject: Subject, points: Sequence[MeteringPoint]) -> list[RegistryLine]:
    meters = meters_of(session, [point.id for point in points])
    wanted = {point.contract_id for point in points if point.contract_id}
    numbers = dict(session.exec(select(Contract.id, Contract.number).where(col(Contract.id).in_(wanted))).all())
    return [_line(point, meters.get(point.id), numbers.get(point.contract_id or 0, ""), subject) for point in points]


def _line(point: MeteringPoint, standing: tuple[Meter, date] | None, contract: str, subject: Subject) -> RegistryLine:
    meter, since = standing or (None, None)
    due = meter.next_verification_on if meter else None
    return RegistryLine(
        id=point.id,
        number=point.number,
        name=point.name,
        address=point.address,
        place=point.place,
        contract_number=contract,
        serial_number=meter.serial_number if meter else "",
        model=meter.model if meter else "",
        installed_on=since,
        next_verification_on=due,
        nearness=nearness(due, local_day(subject.at, point.zone_name)),
    )


def _has(word: str) -> ColumnElement[bool]:
    """The word stands in the point's own texts, or begins a serial number of a meter that ever stood there."""
    meters = (
        select(MeterInstallation.point_id)
        .join(Meter, col(Meter.id) == MeterInstallation.meter_id)
        .where(col(Meter.serial_number).startswith(word, autoescape=True))
    )
    own = (MeteringPoint.number, MeteringPoint.name, MeteringPoint.address)
    return or_(*(_like(column, word) for column in own), col(MeteringPoint.id).in_(meters))


def _like(column: Any, word: str) -> ColumnElement[bool]:
    """Cyrillic letters of any case also where the database knows Latin ones alone."""
    forms = {word, word.lower(), word.upper(), word.capitalize()}
    return or_(*(col(column).contains(form, autoescape=True) for form in sorted(forms)))


def _standing(*conditions: Any) -> Any:
    here = select(MeterInstallation.id).where(
        MeterInstallation.point_id == MeteringPoint.id, col(MeterInstallation.removed_on).is_(None), *conditions
    )
    return exists(here)


def _is_in(state: str, subject: Subject) -> ColumnElement[bool]:
    if state == "no_contract":
        return col(MeteringPoint.contract_id).is_(None)
    if state == "no_meter":
        return ~_standing()  # type: ignore[no-any-return]
    today = subject.at.date()
    due = col(Meter.next_verification_on)
    span = due < today if state == "overdue" else due.between(today, today + timedelta(days=SOON_DAYS))
    meters = select(Meter.id).where(of_supplier(subject, Meter.supplier_id), span)
    return _standing(col(MeterInstallation.meter_id).in_(meters))  # type: ignore[no-any-return]
