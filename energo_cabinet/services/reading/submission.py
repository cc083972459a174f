"""Customers send register readings: checked, doubted, sent once, listed with what became of them (F-5, Н-67, Н-68)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, time
from decimal import Decimal
from zoneinfo import ZoneInfo

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select

from energo_cabinet.auth import rate
from energo_cabinet.auth.access import Subject, service, visible_point
from energo_cabinet.domain.reading.check import Doubt, doubts, register_of, used_wh
from energo_cabinet.domain.time.local_day import local_day
from energo_cabinet.domain.typed import day_of
from energo_cabinet.errors import CabinetError, InvalidInput
from energo_cabinet.models import (
    AttachmentPurpose,
    Contract,
    DeliveryKind,
    ReadingSubmission,
    SubmissionStatus,
)
from energo_cabinet.services.attachment import AttachmentItem, attach, attachments_of
from energo_cabinet.services.reading.decision import changed, number_of
from energo_cabinet.services.reading.meter import KnownMeter, MeterToRead, known_meter, meter_to_read, meters_to_read
from energo_cabinet.services.supplier.delivery import send_to_supplier
from energo_cabinet.services.supplier.delivery_state import READING_KEY, WAITING, delivery_states
from energo_cabinet.settings import get_settings

__all__ = ["MeterToRead", "list_submissions", "meter_to_read", "meters_to_read", "submit_reading"]

PAGE = 10
NOON = time(12)
_KEY = re.compile(r"[0-9A-Za-z-]{8,64}", re.ASCII)


@dataclass(frozen=True, slots=True)
class ReadingForm:
    """What is typed: `key` is made with the form, `values` zone → text, `read_on` YYYY-MM-DD or "" for today."""

    key: str
    values: Mapping[str, str]
    read_on: str = ""
    is_confirmed: bool = False
    attachment_ids: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class SubmissionItem:
    """A submission as its history shows it; kWh on the meter's own dials, `read_at` and `created_at` local.

    `is_waiting`: it has not reached the supplier yet.
    """

    id: int
    number: str
    read_at: datetime
    created_at: datetime
    values_kwh: dict[str, Decimal]
    used_kwh: dict[str, Decimal]
    status: SubmissionStatus
    reason: str
    is_doubtful: bool
    is_waiting: bool = False
    files: tuple[AttachmentItem, ...] = ()


@dataclass(frozen=True, slots=True)
class SubmissionPage:
    """A page, newest first; `next` goes on after it as `before_id`."""

    items: tuple[SubmissionItem, ...]
    next: int | None


@dataclass(frozen=True, slots=True)
class Submitted:
    """Either sent, or doubted: then nothing was written and «подтверждаю» is asked for."""

    sent: SubmissionItem | None = None
    doubts: tuple[Doubt, ...] = field(default=())


@service("customer", "reading.submit")
def submit_reading(session: Session, subject: Subject, point_id: int, form: ReadingForm) -> Submitted:
    """Send readings of a point's meter to its supplier; the same form twice is sent once.

    NotFound; InvalidInput by zone and for read_on; CabinetError reading_no_meter, reading_smart, reading_window_closed.
    """
    known = known_meter(session, subject, point_id)
    if not _KEY.fullmatch(form.key):
        raise CabinetError("invalid", "form")
    done = _by_key(session, subject, point_id, form.key)
    if done is not None:
        return Submitted(_item(session, done, known.point.zone_name if known else "UTC"))
    if known is None:
        raise CabinetError("reading_no_meter", "form")
    rate.take(get_settings().limit_reading_user, "reading", str(subject.user))
    _refuse_unless_open(known)
    values, read_at = _checked(subject, known, form)
    before = known.before(read_at)
    found = doubts(values, before, known.meter.dial)
    if found and form.is_confirmed is not True:
        return Submitted(doubts=tuple(found))
    used = {zone: used_wh(wh, before[zone], known.meter.dial) for zone, wh in values.items() if zone in before}
    row = ReadingSubmission(
        point_id=point_id,
        contract_id=known.meter.contract_id,
        meter_id=known.row.id,
        user_id=subject.user,
        form_key=form.key,
        read_at=read_at,
        registers_wh=values,
        used_wh={zone: wh for zone, wh in used.items() if wh is not None},
        doubts=[doubt.code for doubt in found],
        created_at=subject.at,
    )
    return Submitted(_item(session, _sent(session, subject, known, row, form), known.point.zone_name))


@service("customer", "reading.list_submissions")
def list_submissions(
    session: Session, subject: Subject, point_id: int, before_id: int | None = None, limit: int = PAGE
) -> SubmissionPage:
    """What was sent for a point, newest first. NotFound: not the caller's."""
    point = visible_point(session, subject, point_id)
    query = select(ReadingSubmission).where(ReadingSubmission.point_id == point_id)
    if before_id is not None:
        query = query.where(col(ReadingSubmission.id) < before_id)
    size = min(max(limit, 1), 100)
    rows = session.exec(query.order_by(col(ReadingSubmission.id).desc()).limit(size + 1)).all()
    files = attachments_of(session, [_record(row) for row in rows])
    ways = delivery_states(session, point.contract_id or 0, [READING_KEY.format(row.id) for row in rows])
    items = tuple(_shown(row, point.zone_name, tuple(files.get(_record(row), ())), ways) for row in rows[:size])
    return SubmissionPage(items, items[-1].id if len(rows) > size else None)


def _refuse_unless_open(known: KnownMeter) -> None:
    if known.meter.is_smart:
        raise CabinetError("reading_smart", "form")
    window = known.meter.window
    if not window.is_open:
        raise CabinetError("reading_window_closed", "form", day=f"{window.first:%d.%m.%Y}")


def _checked(subject: Subject, known: KnownMeter, form: ReadingForm) -> tuple[dict[str, int], datetime]:
    """Registers in Wh and the instant they were read at; InvalidInput names every wrong field."""
    dial = known.meter.dial
    typed = {zone.zone: register_of(form.values.get(zone.zone), dial) for zone in known.meter.zones}
    wrong = {zone: found for zone, found in typed.items() if isinstance(found, str)}
    read_at, problem = _read_at(subject, known, form.read_on)
    if problem:
        wrong["read_on"] = problem
    if wrong or read_at is None:
        raise InvalidInput(wrong, digits=dial.digits, decimals=dial.decimals)
    return {zone: found for zone, found in typed.items() if isinstance(found, int)}, read_at


def _read_at(subject: Subject, known: KnownMeter, typed: str) -> tuple[datetime | None, str]:
    """Now for today, noon for an earlier day; or what is wrong with the day."""
    zone = known.point.zone_name
    today = local_day(subject.at, zone)
    day = day_of(typed) if typed else today
    if day is None:
        return None, "reading_date"
    at = subject.at.replace(microsecond=0) if day == today else datetime.combine(day, NOON, ZoneInfo(zone))
    if day > today:
        return None, "reading_in_future"
    is_before_last = known.last_at is not None and at <= known.last_at
    return (None, "reading_before_last") if is_before_last else (at, "")


def _sent(
    session: Session, subject: Subject, known: KnownMeter, row: ReadingSubmission, form: ReadingForm
) -> ReadingSubmission:
    """The row with its photos and its parcel, or the one that a parallel click has just written."""
    try:
        with session.begin_nested():
            session.add(row)
            session.flush()
    except IntegrityError:
        done = _by_key(session, subject, row.point_id, row.form_key)
        if done is None:
            raise
        return done
    attach(session, subject, form.attachment_ids, row.contract_id, _record(row), AttachmentPurpose.READING)
    payload = {
        "submission": row.id,
        "number": number_of(row),
        "point": known.point.number,
        "serial": known.row.serial_number,
        "read_at": row.read_at.isoformat(),
        "registers_wh": row.registers_wh,
        "doubts": row.doubts,
        "photos": len(form.attachment_ids),
    }
    contract = session.get_one(Contract, row.contract_id)
    send_to_supplier(session, subject, contract, DeliveryKind.READING, payload, READING_KEY.format(row.id))
    changed(session, subject, row)
    return row


def _by_key(session: Session, subject: Subject, point_id: int, key: str) -> ReadingSubmission | None:
    mine = (ReadingSubmission.user_id == subject.user, ReadingSubmission.form_key == key)
    row = session.exec(select(ReadingSubmission).where(*mine)).first()
    if row is not None and row.point_id != point_id:
        raise CabinetError("invalid", "form")
    return row


def _record(row: ReadingSubmission) -> str:
    return f"reading {row.id}"


def _item(session: Session, row: ReadingSubmission, zone_name: str) -> SubmissionItem:
    files = attachments_of(session, [_record(row)])
    ways = delivery_states(session, row.contract_id, [READING_KEY.format(row.id)])
    return _shown(row, zone_name, tuple(files.get(_record(row), ())), ways)


def _shown(
    row: ReadingSubmission, zone_name: str, files: tuple[AttachmentItem, ...], ways: Mapping[str, str]
) -> SubmissionItem:
    zone = ZoneInfo(zone_name)
    return SubmissionItem(
        id=row.id,
        number=number_of(row),
        read_at=row.read_at.astimezone(zone),
        created_at=row.created_at.astimezone(zone),
        values_kwh={z: Decimal(wh).scaleb(-3) for z, wh in sorted(row.registers_wh.items())},
        used_kwh={z: Decimal(wh).scaleb(-3) for z, wh in sorted(row.used_wh.items())},
        status=row.status,
        reason=row.reason,
        is_doubtful=bool(row.doubts),
        is_waiting=ways.get(READING_KEY.format(row.id)) == WAITING,
        files=files,
    )
