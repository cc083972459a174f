"""Tariffs of a supplier as its staff read them: zones, prices in force and to come, who is billed by them (R-24)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func
from sqlmodel import Session, col, select

from energo_cabinet.auth.access import Subject, service
from energo_cabinet.auth.supplier_access import of_supplier, own_supplier
from energo_cabinet.domain.tariff.terms import PriceDay, ZoneTerm, history, terms
from energo_cabinet.domain.tariff.zones import Schedule
from energo_cabinet.domain.time.local_day import local_day
from energo_cabinet.errors import NotFound
from energo_cabinet.models import GatewayKind, MeteringPoint, Tariff
from energo_cabinet.services.point.facts import Facts, stamp
from energo_cabinet.services.values.tariff_read import prices_of, schedule_of

PAGE = 50
MOST = 200


@dataclass(frozen=True, slots=True)
class TariffLine:
    """A tariff; `periods`: its zones' minutes of the day, `zones`: what each costs today; `points` billed by it."""

    id: int
    code: str
    name: str
    source: str
    periods: tuple[tuple[int, int, str], ...]
    zones: tuple[ZoneTerm, ...]
    points: int
    contracts: int


@dataclass(frozen=True, slots=True)
class TariffPage:
    """Some tariffs by code; `next`: the code to go on after, None on the last page."""

    lines: tuple[TariffLine, ...]
    next: str | None


@dataclass(frozen=True, slots=True)
class TariffCard:
    """A tariff with all its prices; `seen`: the stamp a change is made with; `is_synced`: it comes from elsewhere."""

    line: TariffLine
    history: tuple[PriceDay, ...]
    today: date
    seen: str
    is_synced: bool


@service("staff:registry", "tariff.list")
def list_tariffs(session: Session, subject: Subject, after: str = "", limit: int = PAGE) -> TariffPage:
    """Tariffs of the member's supplier by code."""
    today = local_day(subject.at, own_supplier(session, subject).zone_name)
    query = select(Tariff).where(of_supplier(subject, Tariff.supplier_id), col(Tariff.code) > after)
    limit = max(1, min(limit, MOST))
    rows = session.exec(query.order_by(col(Tariff.code)).limit(limit + 1)).all()
    shown = rows[:limit]
    used = _used(session, [row.id for row in shown])
    lines = tuple(_line(session, row, today, used.get(row.id, (0, 0))) for row in shown)
    return TariffPage(lines, shown[-1].code if len(rows) > limit else None)


@service("staff:registry", "tariff.open")
def tariff_card(session: Session, subject: Subject, tariff_id: int) -> TariffCard:
    """One tariff. NotFound."""
    row, supplier = visible_tariff(session, subject, tariff_id), own_supplier(session, subject)
    today = local_day(subject.at, supplier.zone_name)
    return TariffCard(
        line=_line(session, row, today, used_by(session, tariff_id)),
        history=history(prices_of(session, tariff_id)),
        today=today,
        seen=stamp(facts_of_tariff(session, row)),
        is_synced=supplier.gateway != GatewayKind.LOCAL,
    )


def visible_tariff(session: Session, subject: Subject, tariff_id: int, is_locked: bool = False) -> Tariff:
    """A tariff of the member's supplier; NotFound."""
    query = select(Tariff).where(Tariff.id == tariff_id, of_supplier(subject, Tariff.supplier_id))
    if is_locked:
        query = query.with_for_update().execution_options(populate_existing=True)
    found = session.exec(query).first()
    if found is None:
        raise NotFound
    return found


def used_by(session: Session, tariff_id: int) -> tuple[int, int]:
    """How many points are billed by a tariff, of how many contracts."""
    return _used(session, [tariff_id]).get(tariff_id, (0, 0))


def facts_of_tariff(session: Session, tariff: Tariff) -> Facts:
    """Everything a change could overwrite, as texts."""
    schedule, prices = schedule_of(session, tariff.id), prices_of(session, tariff.id)
    told = sorted((p.zone, p.valid_from.isoformat(), f"{p.price_rub_per_kwh.normalize():f}") for p in prices.prices)
    return {
        "code": tariff.code,
        "name": tariff.name,
        "source": tariff.source,
        "zones": repr(schedule.periods),
        "prices": repr(told),
    }


def _used(session: Session, ids: Sequence[int]) -> dict[int, tuple[int, int]]:
    points, contracts = func.count(), func.count(func.distinct(col(MeteringPoint.contract_id)))
    query = select(MeteringPoint.tariff_id, points, contracts).where(col(MeteringPoint.tariff_id).in_(ids))
    rows = session.exec(query.group_by(col(MeteringPoint.tariff_id)))
    return {key: (count, of) for key, count, of in rows if key is not None}


def _line(session: Session, row: Tariff, today: date, used: tuple[int, int]) -> TariffLine:
    schedule = schedule_of(session, row.id)
    return TariffLine(
        id=row.id,
        code=row.code,
        name=row.name,
        source=row.source,
        periods=schedule.periods or whole_day(schedule),
        zones=terms(schedule, prices_of(session, row.id), today),
        points=used[0],
        contracts=used[1],
    )


def whole_day(schedule: Schedule) -> tuple[tuple[int, int, str], ...]:
    """The one zone of a tariff that names no hours."""
    return ((0, 1440, schedule.zones[0]),)
