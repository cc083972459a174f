"""A registry with more points than the demo's people have: silent ones, gaps, one replaced meter, a file to decide."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal

import numpy as np
from sqlmodel import Session

from energo_cabinet.auth.access import Subject
from energo_cabinet.domain.registry.row import RegistryRow
from energo_cabinet.domain.time.local_day import add_months, epoch_day, midnight, slots_of_day
from energo_cabinet.domain.values.profile_day import MISSING, DayRow, encode_day
from energo_cabinet.models import (
    Channel,
    Meter,
    MeteringPoint,
    MeterInstallation,
    MeterReading,
    ProfileSeries,
    Supplier,
    Transformer,
    TransformerKind,
)
from energo_cabinet.services.registry.file import preview_registry
from energo_cabinet.services.values.profile_write import store_days

DAYS = 60
ADDRESS = "г. Северогорск, ул. {}"
HOUSES = (
    ("СГ-3001", "Лесная, 20, ввод", "Лесная, 20", 0, ()),
    ("СГ-3002", "Речная, 3, ввод 1", "Речная, 3", 0, (3, 17)),
    ("СГ-3003", "Речная, 3, ввод 2", "Речная, 3", 0, ()),
    ("СГ-3004", "Школа № 2", "Садовая, 14", 0, (7, 8, 15)),
    ("СГ-3005", "Кафе «Ветер»", "Заводская, 9", 0, ()),
    ("СГ-3006", "Склад № 3, щит 2", "Заводская, 11", 5, ()),
    ("СГ-3007", "СНТ «Луговое», КТП-4", "Полевая, 1", 12, (20, 21)),
)
"""Number, name, street, days of silence, days ago with a gap."""

SHARES = (Decimal(1), Decimal("0.93"), Decimal("1.004"))
"""What registers counted of what the intervals add up to, by point."""

FILE = (
    {"point": "СГ-3008", "name": "Детский сад № 5", "address": "г. Северогорск, ул. Садовая, 20", "serial": "45100991",
     "model": "Меркурий 234 ARTM2-03", "installed_on": "2026-02-03", "next_verification_on": "2042-02-02"},
    {"point": "СГ-3005", "address": "г. Северогорск, ул. Заводская, 9а", "accuracy_class": "1", "serial": "45100005"},
    {"point": "СГ-3004", "name": "Школа № 2"},
    {"point": "СГ-3009", "name": "Гараж", "serial": "45100001", "installed_on": "2026-05-01"},
    {"point": "СГ-3003", "serial": "45100777", "installed_on": "2026-06-01", "replaces": "45100003"},
)  # fmt: skip
"""A row of each fate."""


def load(session: Session, now: datetime, supplier: Supplier) -> None:
    """Points without a contract in anybody's cabinet, and a previewed file."""
    today = now.date()
    for n, (number, name, street, silence, gaps) in enumerate(HOUSES, 1):
        point = _point(session, supplier, number, name, ADDRESS.format(street))
        due = date(2026, 8, 1) if n == 2 else today + timedelta(days=90) if n == 4 else date(2040, 3, 1)
        _meter(session, point, f"4510000{n}", due)
        series = ProfileSeries(point_id=point.id, channel=Channel.A_PLUS)
        session.add(series)
        session.flush()
        rows = [_day(today - timedelta(days=ago), n, ago in gaps) for ago in range(DAYS, silence, -1)]
        store_days(session, [(series.id, row) for row in rows], None, now)
        if n <= len(SHARES):
            _registers(session, point, add_months(today.replace(day=1), -1), rows, SHARES[n - 1])
    listed = [RegistryRow(line, {k: v for k, v in cells.items() if v}) for line, cells in enumerate(FILE, 2)]
    preview_registry(session, Subject("system", now), "registry-november.xlsx", "0" * 64, listed, supplier.id)


def _point(session: Session, supplier: Supplier, number: str, name: str, address: str) -> MeteringPoint:
    made = MeteringPoint(
        supplier_id=supplier.id,
        number=number,
        name=name,
        address=address,
        place="ВРУ",
        zone_name=supplier.zone_name,
        current_ratio=Decimal(40),
    )
    session.add(made)
    session.flush()
    for phase in (1, 2, 3):
        transformer = Transformer(point_id=made.id, phase=phase, kind=TransformerKind.CURRENT, model="Т-0,66")
        transformer.serial_number, transformer.accuracy_class = f"88{made.id}0{phase}", "0,5S"
        transformer.primary_current_a, transformer.secondary_current_a = Decimal(200), Decimal(5)
        transformer.next_verification_on = date(2031, 4, 1)
        session.add(transformer)
    return made


def _meter(session: Session, point: MeteringPoint, serial: str, due: date) -> None:
    meter = Meter(supplier_id=point.supplier_id, serial_number=serial, model="Меркурий 234 ARTM2-03", is_smart=True)
    meter.accuracy_class, meter.nominal_voltage, meter.current_range = "0,5S/1", "3×230/400 В", "5/10 А"
    meter.commissioned_on = meter.last_verification_on = date(2024, 4, 12)
    meter.next_verification_on = due
    session.add(meter)
    session.flush()
    session.add(MeterInstallation(point_id=point.id, meter_id=meter.id, installed_on=date(2024, 4, 12)))


def _registers(session: Session, point: MeteringPoint, month: date, rows: list[DayRow], share: Decimal) -> None:
    """Registers at both ends of a month, on the meter's own dials."""
    end = add_months(month, 1)
    wh = sum(row.total for row in rows if epoch_day(month) <= row.day < epoch_day(end))
    for day, register in ((month, 812_000), (end, 812_000 + int(wh * share / point.current_ratio))):
        at = midnight(day, point.zone_name)
        row = MeterReading(point_id=point.id, channel=Channel.A_PLUS, zone="T0", read_at=at, register_wh=register)
        session.add(row)


def _day(day: date, n: int, has_gap: bool) -> DayRow:
    slots = slots_of_day(day, "Europe/Moscow", 30)
    values = (4000 + 2500 * np.sin(np.arange(slots) / slots * 2 * np.pi - 1.5) * (1 + n / 5)).astype(np.int64) + 3000
    if has_gap:
        values[slots // 3 : slots // 3 + 4 * n] = MISSING
    return encode_day(epoch_day(day), 30, np.maximum(values, MISSING))
