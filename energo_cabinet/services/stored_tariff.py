"""Reads of a tariff that several use cases share."""

from __future__ import annotations

from sqlmodel import Session, select

from energo_cabinet.domain.cost import Price, PriceList
from energo_cabinet.domain.tariff_zones import Schedule
from energo_cabinet.models import TariffPrice, TariffZonePeriod


def schedule_of(session: Session, tariff_id: int | None) -> Schedule:
    """Zones of the day; one zone without a tariff."""
    if tariff_id is None:
        return Schedule()
    query = select(TariffZonePeriod.start_minute, TariffZonePeriod.end_minute, TariffZonePeriod.zone).where(
        TariffZonePeriod.tariff_id == tariff_id
    )
    return Schedule(tuple(sorted((start, end, str(zone)) for start, end, zone in session.exec(query))))


def prices_of(session: Session, tariff_id: int | None) -> PriceList:
    """All prices of a tariff; none without one."""
    if tariff_id is None:
        return PriceList()
    found = session.exec(select(TariffPrice).where(TariffPrice.tariff_id == tariff_id))
    return PriceList(tuple(Price(str(p.zone), p.valid_from, p.price_rub_per_kwh) for p in found))
