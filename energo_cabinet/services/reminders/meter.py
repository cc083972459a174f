"""Notifications that nobody sends: found in the data by an hourly job. Each occasion is told once."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
from sqlmodel import Session, col, func, select

from energo_cabinet.auth.access import Subject, service
from energo_cabinet.domain.time.local_day import epoch_day, from_epoch_day, midnight
from energo_cabinet.domain.values.profile_day import MISSING, decode_values
from energo_cabinet.models import (
    Channel,
    Meter,
    MeteringPoint,
    MeterInstallation,
    NotificationKind,
    ProfileDay,
    ProfileSeries,
)
from energo_cabinet.services.notice.sending import Message, readers_of, tell
from energo_cabinet.settings import get_settings


@service("system", "reminder.verification")
def remind_of_verification(session: Session, subject: Subject) -> int:
    """Meters whose verification is due within `verification_notice_days`, or overdue; notifications made."""
    last = subject.at.date() + timedelta(days=get_settings().verification_notice_days)
    due = (
        select(MeteringPoint, Meter)
        .join(MeterInstallation, col(MeterInstallation.point_id) == MeteringPoint.id)
        .join(Meter, col(Meter.id) == MeterInstallation.meter_id)
        .where(col(MeterInstallation.removed_on).is_(None), col(Meter.next_verification_on) <= last)
        .where(col(MeteringPoint.contract_id).is_not(None))
    )
    return _tell_all(session, subject, (_verification(point, meter) for point, meter in session.exec(due)))


@service("system", "reminder.missing_data")
def remind_of_missing_data(session: Session, subject: Subject) -> int:
    """Points whose interval values stopped at least `data_missing_hours` ago; notifications made."""
    hours = get_settings().data_missing_hours
    return _tell_all(session, subject, list(_silent(session, subject.at - timedelta(hours=hours))))


def _tell_all(session: Session, subject: Subject, messages: Iterable[Message]) -> int:
    told = [tell(session, subject, readers_of(session, m.contract_id or 0), m) for m in list(messages)]
    return sum(sent.notifications for sent in told)


def _verification(point: MeteringPoint, meter: Meter) -> Message:
    on = meter.next_verification_on
    assert on is not None
    facts = {"serial": meter.serial_number, "date": _dots(on), "point": point.name}
    once = f"verification {meter.id} {on}"
    kind = NotificationKind.VERIFICATION_DUE
    return Message(kind, contract_id=point.contract_id, point_id=point.id, facts=facts, once=once)


def _silent(session: Session, since: datetime) -> Iterable[Message]:
    """A message for every series that once had values and has had none since `since`."""
    newest = select(func.max(ProfileDay.day)).where(ProfileDay.series_id == ProfileSeries.id, ProfileDay.n > 0)
    day = newest.correlate(ProfileSeries).scalar_subquery()
    series = (
        select(ProfileSeries.id, MeteringPoint, day)
        .join(MeteringPoint, col(MeteringPoint.id) == ProfileSeries.point_id)
        .where(ProfileSeries.channel == Channel.A_PLUS, col(MeteringPoint.contract_id).is_not(None))
        .where(day <= epoch_day(since.date()) + 1)
    )
    for series_id, point, last_day in session.execute(series).all():
        end = _end_of_values(session, series_id, last_day, point.zone_name)
        if end <= since:
            yield _missing(session, point, end)


def _end_of_values(session: Session, series_id: int, day: int, zone_name: str) -> datetime:
    """The instant at which the last value of a day ends."""
    row = session.get(ProfileDay, (series_id, day))
    assert row is not None
    slots = int(np.flatnonzero(decode_values(row.vals) != MISSING)[-1]) + 1
    return midnight(from_epoch_day(day), zone_name) + timedelta(minutes=slots * row.step_min)


def _missing(session: Session, point: MeteringPoint, end: datetime) -> Message:
    serial = select(Meter.serial_number).join(MeterInstallation, col(MeterInstallation.meter_id) == Meter.id)
    standing = (MeterInstallation.point_id == point.id, col(MeterInstallation.removed_on).is_(None))
    local = end.astimezone(ZoneInfo(point.zone_name))
    facts = {
        "serial": session.exec(serial.where(*standing)).first() or "—",
        "point": point.name,
        "since": f"{_dots(local.date())}, {local:%H:%M}",
    }
    once = f"missing {point.id} {end:%Y-%m-%dT%H:%M}"
    kind = NotificationKind.DATA_MISSING
    return Message(kind, contract_id=point.contract_id, point_id=point.id, facts=facts, once=once)


def _dots(day: date) -> str:
    return f"{day:%d.%m.%Y}"
