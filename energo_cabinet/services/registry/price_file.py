"""Files of tariff prices and of normatives against what is known, and into it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from sqlmodel import Session, col, select

from energo_cabinet.auth.access import Subject
from energo_cabinet.domain.registry.normative_plan import NormativeBook, plan_normatives
from energo_cabinet.domain.registry.plan import Fate, RowFate
from energo_cabinet.domain.registry.price_plan import PriceBook, plan_prices
from energo_cabinet.domain.registry.row import RegistryRow, plain
from energo_cabinet.domain.time.local_day import local_day
from energo_cabinet.models import Normative, Supplier, Tariff, TariffPrice, TariffZone
from energo_cabinet.services.point.normative import facts_of_normative, put_normative
from energo_cabinet.services.values.tariff_read import prices_of, schedule_of

TAKEN = (Fate.NEW, Fate.CHANGED)


def planned_prices(
    session: Session, subject: Subject, supplier: Supplier, rows: Sequence[RegistryRow]
) -> tuple[PriceBook, list[RowFate]]:
    """What becomes of each row, and the prices as they will be; the tariffs of the file are locked until then."""
    codes = {row.get("tariff") for row in rows}
    query = select(Tariff).where(Tariff.supplier_id == supplier.id, col(Tariff.code).in_(codes))
    tariffs = session.exec(query.order_by(col(Tariff.id)).with_for_update()).all()
    book = PriceBook({row.code: schedule_of(session, row.id).zones for row in tariffs})
    for row in tariffs:
        book.prices |= {
            (row.code, p.zone, p.valid_from): plain(p.price_rub_per_kwh) for p in prices_of(session, row.id).prices
        }
    return book, plan_prices(rows, book, local_day(subject.at, supplier.zone_name))


def write_prices(session: Session, supplier: Supplier, book: PriceBook, fates: Sequence[RowFate]) -> None:
    """The prices of the rows that are new or changed, in the caller's transaction."""
    query = select(Tariff.code, Tariff.id).where(Tariff.supplier_id == supplier.id)
    ids = dict(session.exec(query.where(col(Tariff.code).in_(book.zones))).all())
    for fate in fates:
        if fate.fate in TAKEN:
            code, zone, day = book.key(fate.row)
            rub = Decimal(fate.row.get("price"))
            row = TariffPrice(tariff_id=ids[code] or 0, zone=TariffZone(zone), valid_from=day, price_rub_per_kwh=rub)
            session.merge(row)
    session.flush()


def planned_normatives(
    session: Session, supplier: Supplier, rows: Sequence[RegistryRow]
) -> tuple[NormativeBook, list[RowFate]]:
    """What becomes of each row, and the normatives as they will be."""
    book = NormativeBook()
    for row in _normatives(session, supplier, {row.get("normative") for row in rows}):
        book.facts[(row.name, row.valid_from)] = facts_of_normative(row)
    return book, plan_normatives(rows, book)


def write_normatives(session: Session, supplier: Supplier, book: NormativeBook, fates: Sequence[RowFate]) -> None:
    """The rows that are new or changed, and the ends of those they follow."""
    taken = {(f.row.get("normative"), f.row.day("valid_from") or date.min) for f in fates if f.fate in TAKEN}
    known = {(row.name, row.valid_from): row for row in _normatives(session, supplier, {name for name, _ in taken})}
    for key in sorted(taken | book.closed):
        row = known.get(key) or Normative(
            supplier_id=supplier.id, name="", value=Decimal(0), unit="", valid_from=key[1], source=""
        )
        told = {"normative": key[0], "valid_from": key[1].isoformat(), "valid_to": ""}
        put_normative(row, told | book.facts[key])
        session.add(row)
    session.flush()


def _normatives(session: Session, supplier: Supplier, names: set[str]) -> Sequence[Normative]:
    query = select(Normative).where(Normative.supplier_id == supplier.id, col(Normative.name).in_(names))
    return session.exec(query.order_by(col(Normative.id))).all()
