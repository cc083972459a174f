"""A meter event of high severity has come: the point's users are told, once an import and point (Н-134, Н-135)."""

from __future__ import annotations

from collections.abc import Collection
from datetime import timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlmodel import Session, col

from energo_cabinet.auth.access import Subject
from energo_cabinet.domain.journal.codes import Mark, Severity
from energo_cabinet.models import Meter, MeteringPoint, MeterInstallation, NotificationKind
from energo_cabinet.services.journal.row import EVENT, local
from energo_cabinet.services.notice.sending import Message, readers_of, tell

NEWS = timedelta(days=7)
"""What happened longer ago is history, not news: an old journal is imported silently."""


def tell_of_alarms(session: Session, subject: Subject, points: Collection[MeteringPoint], file_id: int | None) -> int:
    """Tell of what a file has just brought; the newest event of a point speaks for the others."""
    told = 0
    for point in points:
        found = _news(session, subject, point, file_id) if point.contract_id is not None else []
        if found:
            readers = readers_of(session, point.contract_id or 0)
            told += tell(session, subject, readers, _message(session, point, found)).notifications
    return told


def _news(session: Session, subject: Subject, point: MeteringPoint, file_id: int | None) -> list[tuple[int, str]]:
    """(began, code) of the point's new events of high severity, the newest first."""
    query = select(EVENT.started_s, EVENT.code).where(
        EVENT.point_id == point.id,
        EVENT.severity == int(Severity.HIGH),
        EVENT.started_s.between(int((subject.at - NEWS).timestamp()), int(subject.at.timestamp())),
        EVENT.mark != str(Mark.END),
        EVENT.file_id == file_id,
    )
    rows = session.connection().execute(query.order_by(EVENT.started_s.desc(), EVENT.code))
    return [(row[0], row[1]) for row in rows]


def _message(session: Session, point: MeteringPoint, found: list[tuple[int, str]]) -> Message:
    started, code = found[0]
    serial = (
        select(col(Meter.serial_number))
        .join(MeterInstallation, col(MeterInstallation.meter_id) == Meter.id)
        .where(col(MeterInstallation.point_id) == point.id, col(MeterInstallation.removed_on).is_(None))
    )
    facts = {
        "code": code,
        "at": f"{local(started, ZoneInfo(point.zone_name)):%d.%m.%Y, %H:%M}",
        "point": point.name,
        "serial": session.scalars(serial).first() or "—",
        "count": str(len(found)),
    }
    once = f"event {point.id} {started} {code}"
    return Message(
        NotificationKind.METER_EVENT, contract_id=point.contract_id, point_id=point.id, facts=facts, once=once
    )
