"""Prices of a tariff by their first day: to come they are simply set, past ones after a look at what they change."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import delete, func
from sqlmodel import Session, col, select

from energo_cabinet.auth.access import Subject, service
from energo_cabinet.auth.audit import audit_note
from energo_cabinet.auth.supplier_access import own_supplier
from energo_cabinet.domain.tariff.cost import PriceList
from energo_cabinet.domain.time.local_day import local_day
from energo_cabinet.errors import Conflict
from energo_cabinet.models import Bill, MeteringPoint, Tariff, TariffPrice
from energo_cabinet.services.notice.live_event import tell_measured
from energo_cabinet.services.point.facts import stamp
from energo_cabinet.services.tariff.book import facts_of_tariff, used_by, visible_tariff
from energo_cabinet.services.tariff.writing import checked_prices, put_prices, told
from energo_cabinet.services.values.tariff_read import prices_of, schedule_of

TOLD_AT_ONCE = 2_000
"""Contracts whose open pages are told of a corrected price; of more they show it when they are opened next."""


@dataclass(frozen=True, slots=True)
class PriceEffect:
    """What prices from a day on would change: costs from `first` to `last` (None: on and on) of so many points.

    `bills` of that time were issued and stay as they are. `replaces`: prices of that very day are written over.
    `is_same`: nothing would change.
    """

    first: date
    last: date | None
    is_past: bool
    replaces: bool
    is_same: bool
    points: int
    contracts: int
    bills: int

    @property
    def needs_a_look(self) -> bool:
        """Whether it is done only after a confirmation."""
        return not self.is_same and (self.replaces or (self.is_past and self.points > 0))


@service("staff:admin", "tariff.weigh_prices", audited=False)
def weigh_prices(session: Session, subject: Subject, tariff_id: int, fields: Mapping[str, str]) -> PriceEffect:
    """What the typed prices would change. InvalidInput tells every wrong field; NotFound."""
    row = visible_tariff(session, subject, tariff_id)
    day, prices = checked_prices(schedule_of(session, tariff_id).zones, fields)
    known = prices_of(session, tariff_id)
    there = {p.zone: p.price_rub_per_kwh for p in known.prices if p.valid_from == day}
    last = min((p.valid_from for p in known.prices if p.valid_from > day), default=None)
    points, contracts = used_by(session, tariff_id)
    until = last - timedelta(days=1) if last else None
    return PriceEffect(
        first=day,
        last=until,
        is_past=day <= _today(session, subject),
        replaces=any(there.get(zone, rub) != rub for zone, rub in prices.items()),
        is_same=there == prices,
        points=points,
        contracts=contracts,
        bills=_bills(session, row, day, until),
    )


@service("staff:admin", "tariff.set_prices")
def set_prices(
    session: Session,
    subject: Subject,
    tariff_id: int,
    fields: Mapping[str, str],
    seen: str,
    is_sure: bool = False,
) -> None:
    """Prices of every zone from a day on. Past ones and written-over ones only when sure: Conflict else; NotFound."""
    row = visible_tariff(session, subject, tariff_id, is_locked=True)
    effect = weigh_prices(session, subject, tariff_id, fields)
    if effect.is_same:
        return
    if seen != stamp(facts_of_tariff(session, row)):
        raise Conflict("tariff_changed")
    if effect.needs_a_look and is_sure is not True:
        raise Conflict("tariff_price_sure")
    before = prices_of(session, tariff_id)
    prices = checked_prices(schedule_of(session, tariff_id).zones, fields)
    put_prices(session, tariff_id, prices)
    audit_note(session, prices=told(prices), replaced=_told_of(before, effect.first))
    if effect.is_past and 0 < effect.contracts <= TOLD_AT_ONCE:
        tell_measured(session, subject, _contracts(session, tariff_id))


@service("staff:admin", "tariff.withdraw_prices")
def withdraw_prices(session: Session, subject: Subject, tariff_id: int, day: date) -> None:
    """Take back prices that have not begun yet. Conflict for others, and for a tariff's first; NotFound."""
    visible_tariff(session, subject, tariff_id, is_locked=True)
    known = prices_of(session, tariff_id)
    days = {price.valid_from for price in known.prices}
    if day not in days or day <= _today(session, subject) or day == min(days):
        raise Conflict("tariff_price_begun")
    mine = (col(TariffPrice.tariff_id) == tariff_id, col(TariffPrice.valid_from) == day)
    session.execute(delete(TariffPrice).where(*mine))
    audit_note(session, withdrawn=_told_of(known, day))


def _today(session: Session, subject: Subject) -> date:
    return local_day(subject.at, own_supplier(session, subject).zone_name)


def _bills(session: Session, tariff: Tariff, first: date, last: date | None) -> int:
    """Bills of the months in question at contracts with a point on the tariff."""
    mine = select(MeteringPoint.contract_id).where(MeteringPoint.tariff_id == tariff.id)
    query = select(func.count()).select_from(Bill).where(col(Bill.contract_id).in_(mine))
    query = query.where(col(Bill.month) >= first.replace(day=1))
    return session.exec(query.where(col(Bill.month) <= last) if last else query).one()


def _contracts(session: Session, tariff_id: int) -> set[int]:
    query = select(MeteringPoint.contract_id).where(MeteringPoint.tariff_id == tariff_id).distinct()
    return {key for key in session.exec(query) if key is not None}


def _told_of(prices: PriceList, day: date) -> str:
    return ", ".join(f"{p.zone} {p.price_rub_per_kwh.normalize():f}" for p in prices.prices if p.valid_from == day)
