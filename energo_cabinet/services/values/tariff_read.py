"""Reads of a tariff that several use cases share."""

from __future__ import annotations

from sqlalchemy import bindparam
from sqlmodel import Session, select

from energo_cabinet.domain.tariff.cost import Price, PriceList
from energo_cabinet.domain.tariff.zones import Schedule
from energo_cabinet.models import TariffPrice, TariffZonePeriod

_PERIODS = select(TariffZonePeriod.start_minute, TariffZonePeriod.end_minute, TariffZonePeriod.zone).where(
    TariffZonePeriod.tariff_id == bindparam("tariff")
)
_PRICES = select(  # type: ignore[call-overload]
    TariffPrice.zone, TariffPrice.valid_from, TariffPrice.price_rub_per_kwh
).where(TariffPrice.tariff_id == bindparam("tariff"))


def schedule_of(session: Session, tariff_id: int | None) -> Schedule:
    """Zones of the day; one zone without a tariff."""
    if tariff_id is None:
        return Schedule()
    found = session.connection().execute(_PERIODS, {"tariff": tariff_id})
    return Schedule(tuple(sorted((start, end, str(zone)) for start, end, zone in found)))


def prices_of(session: Session, tariff_id: int | None) -> PriceList:
    """All prices of a tariff; none without one."""
    if tariff_id is None:
        return PriceList()
    found = session.connection().execute(_PRICES, {"tariff": tariff_id})
    return PriceList(tuple(Price(str(zone), since, rub) for zone, since, rub in found))
