"""What the demo's people have sent by hand: a year of readings of the dacha, in every status."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import pairwise

from sqlmodel import Session, col, select

from energo_cabinet.demo.places import ANNA, HOUSE
from energo_cabinet.models import (
    Channel,
    Meter,
    MeteringPoint,
    MeterReading,
    ReadingSubmission,
    SubmissionStatus,
    Supplier,
    User,
)

LATE = "Показание меньше принятого ранее. Проверьте цифры и передайте ещё раз."


def load(session: Session, now: datetime) -> None:
    """Open the dacha's window for the whole month and add its history, oldest first."""
    point = session.exec(select(MeteringPoint).where(MeteringPoint.number == HOUSE.number)).one()
    supplier = session.get_one(Supplier, point.supplier_id)
    supplier.reading_first_day, supplier.reading_last_day = 1, 31
    meter = session.exec(select(Meter).where(Meter.serial_number == HOUSE.serial)).one()
    meter.register_digits, meter.register_decimals = 5, 1
    user = session.exec(select(User).where(User.email == ANNA)).one()
    mine = (MeterReading.point_id == point.id, MeterReading.channel == Channel.A_PLUS, MeterReading.zone == "T0")
    readings = session.exec(select(MeterReading).where(*mine).order_by(col(MeterReading.read_at))).all()
    for before, reading in pairwise(readings):
        is_last = reading is readings[-1]
        row = _row(point, meter, user, reading.read_at, before.register_wh, reading.register_wh)
        row.status = SubmissionStatus.ACCEPTED if is_last else SubmissionStatus.COUNTED
        row.decided_at = row.created_at + timedelta(seconds=2)
        if reading is readings[-3]:
            session.add(_rejected(point, meter, user, before, reading))
            session.flush()
        session.add(row)
        session.flush()
    newest = readings[-1]
    same = _row(point, meter, user, newest.read_at + timedelta(hours=2), newest.register_wh, newest.register_wh)
    same.doubts = ["same"]
    session.add(same)
    session.flush()


def _row(point: MeteringPoint, meter: Meter, user: User, at: datetime, before_wh: int, wh: int) -> ReadingSubmission:
    return ReadingSubmission(
        point_id=point.id,
        contract_id=point.contract_id or 0,
        meter_id=meter.id,
        user_id=user.id,
        form_key=f"demo-{at:%Y%m%d%H%M}",
        read_at=at,
        registers_wh={"T0": wh},
        used_wh={"T0": max(0, wh - before_wh)},
        created_at=at,
    )


def _rejected(
    point: MeteringPoint, meter: Meter, user: User, before: MeterReading, reading: MeterReading
) -> ReadingSubmission:
    at = reading.read_at - timedelta(hours=3)
    row = _row(point, meter, user, at, before.register_wh, before.register_wh - 7_000)
    row.doubts, row.status, row.reason, row.used_wh = ["below"], SubmissionStatus.REJECTED, LATE, {}
    row.decided_at = at + timedelta(hours=1)
    return row
