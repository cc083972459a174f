"""Prices to come, and normatives: one in force with its successor, one for common property."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from sqlmodel import Session, select

from energo_cabinet.models import Normative, Supplier, Tariff, TariffPrice

RISE = Decimal("1.08")
UNIT = "кВт·ч на человека в месяц"
NORMATIVES = (
    ("Квартира с газовой плитой, 2 комнаты, 2 человека", "57", UNIT, "53"),
    ("Освещение мест общего пользования", "0.9", "кВт·ч на м² в месяц", ""),
)
"""Name, value this year, unit, value before ("" for none)."""
ACT = "Пример для демонстрации: постановление о нормативах, {year}"


def load(session: Session, now: datetime, supplier: Supplier) -> None:
    """Everything dearer from the first of January; the prices of today stay."""
    rise_on = date(now.year + 1, 1, 1)
    for tariff in session.exec(select(Tariff).where(Tariff.supplier_id == supplier.id)).all():
        for price in session.exec(select(TariffPrice).where(TariffPrice.tariff_id == tariff.id)).all():
            rub = (price.price_rub_per_kwh * RISE).quantize(Decimal("0.01"))
            row = TariffPrice(tariff_id=tariff.id, zone=price.zone, valid_from=rise_on, price_rub_per_kwh=rub)
            session.add(row)
    for name, value, unit, before in NORMATIVES:
        if before:
            last = date(now.year - 1, 12, 31)
            session.add(_normative(supplier, name, before, unit, date(now.year - 3, 1, 1), last))
        session.add(_normative(supplier, name, value, unit, date(now.year, 1, 1), None))


def _normative(supplier: Supplier, name: str, value: str, unit: str, since: date, till: date | None) -> Normative:
    return Normative(
        supplier_id=supplier.id,
        name=name,
        value=Decimal(value),
        unit=unit,
        valid_from=since,
        valid_to=till,
        source=ACT.format(year=since.year - 1),
    )
