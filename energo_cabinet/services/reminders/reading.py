"""«Пора передать показания»: once per meter and window, while nothing has come (R-17)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from sqlmodel import Session, col, exists, select

from energo_cabinet.auth.access import Subject, service
from energo_cabinet.domain.reading.window import ReadingWindow, window_at
from energo_cabinet.domain.time.local_day import local_day, midnight
from energo_cabinet.models import (
    Meter,
    MeteringPoint,
    MeterInstallation,
    MeterReading,
    NotificationKind,
    ReadingSubmission,
    SubmissionStatus,
    Supplier,
)
from energo_cabinet.services.notice.sending import Message, readers_of, tell


@service("system", "reminder.readings")
def remind_of_readings(session: Session, subject: Subject) -> int:
    """Tell the readers of every meter that waits for its reading in an open window; notifications made."""
    messages = [m for supplier in session.exec(select(Supplier)) for m in _due(session, subject.at, supplier)]
    told = [tell(session, subject, readers_of(session, m.contract_id or 0), m) for m in messages]
    return sum(sent.notifications for sent in told)


def _due(session: Session, at: datetime, supplier: Supplier) -> Iterator[Message]:
    today = local_day(at, supplier.zone_name)
    window = window_at(today, supplier.reading_first_day, supplier.reading_last_day)
    if not window.is_open:
        return
    since = midnight(window.first, supplier.zone_name)
    read = exists().where(col(MeterReading.point_id) == col(MeteringPoint.id), col(MeterReading.read_at) > since)
    sent = exists().where(
        col(ReadingSubmission.point_id) == col(MeteringPoint.id),
        col(ReadingSubmission.created_at) > since,
        col(ReadingSubmission.status) != SubmissionStatus.REJECTED,
    )
    plain = (
        select(MeteringPoint, Meter)
        .join(MeterInstallation, col(MeterInstallation.point_id) == MeteringPoint.id)
        .join(Meter, col(Meter.id) == MeterInstallation.meter_id)
        .where(col(MeterInstallation.removed_on).is_(None), col(Meter.is_smart).is_(False))
        .where(MeteringPoint.supplier_id == supplier.id, col(MeteringPoint.contract_id).is_not(None), ~read, ~sent)
    )
    for point, meter in session.exec(plain):
        yield _message(point, meter, window)


def _message(point: MeteringPoint, meter: Meter, window: ReadingWindow) -> Message:
    facts = {"point": point.name, "serial": meter.serial_number, "date": f"{window.last:%d.%m.%Y}"}
    once = f"readings due {point.id} {window.first}"
    kind = NotificationKind.READINGS_DUE
    return Message(kind, contract_id=point.contract_id, point_id=point.id, facts=facts, once=once)
