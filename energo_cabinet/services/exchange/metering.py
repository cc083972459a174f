"""Register readings, profile days and journal events as a supplier tells them: through the stores of imported files."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from itertools import pairwise

import numpy as np
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import col, select

from energo_cabinet.domain.journal.codes import Mark, kind_of
from energo_cabinet.domain.journal.records import LoggedEvent
from energo_cabinet.domain.time.local_day import epoch_day, local_day, slots_of_day
from energo_cabinet.domain.values.profile_day import MISSING, Change, DayRow, encode_day
from energo_cabinet.formats.files.content import RegisterInFile
from energo_cabinet.gateways.supplier_protocol import EventData, ProfileDayData, ReadingData
from energo_cabinet.models import MeteringPoint, ProfileSeries, ReadingQuality
from energo_cabinet.services.exchange.rows import AHEAD, Intake, RowRefused
from energo_cabinet.services.reminders.alarm import tell_of_alarms
from energo_cabinet.services.values.event_write import store_events
from energo_cabinet.services.values.profile_write import store_days
from energo_cabinet.services.values.reading_write import store_readings


def store_register_readings(intake: Intake, sent: Sequence[ReadingData]) -> None:
    """A page of readings; a value that differs replaces the stored one, which is kept as a version."""
    points = intake.points()
    good: list[RegisterInFile] = []
    for row in sent:
        if row.point not in points:
            intake.refuse(f"{row.point} {row.read_at:%Y-%m-%d}", "foreign_point")
        elif row.read_at > intake.at + AHEAD:
            intake.refuse(f"{row.point} {row.read_at:%Y-%m-%d}", "ahead")
        else:
            good.append(_register(row))
    ids = {number: point.id for number, point in points.items()}
    _count(intake, store_readings(intake.session, good, ids, None, intake.at))


def store_profile(intake: Intake, sent: Sequence[ProfileDayData]) -> None:
    """A page of profile days; a day replaces the stored one, which is kept as a version."""
    points = intake.points()
    good: dict[tuple[str, str, int], DayRow] = {}
    for row in sent:
        try:
            day = _day(intake, points, row)
            good[row.point, row.channel, day.day] = day
        except RowRefused as refused:
            intake.refuse(f"{row.point} {row.channel} {row.day}", str(refused))
    ids = _series(intake, {(points[number].id, channel) for number, channel, _ in good})
    rows = [(ids[points[number].id, channel], day) for (number, channel, _), day in good.items()]
    _count(intake, store_days(intake.session, rows, None, intake.at))


def store_journal(intake: Intake, sent: Sequence[EventData]) -> None:
    """A page of journal events; alarms among the new ones are told."""
    points = intake.points()
    events: dict[int, list[LoggedEvent]] = {}
    for row in sent:
        try:
            events.setdefault(_point(points, row.point).id, []).append(_event(intake, row))
        except RowRefused as refused:
            intake.refuse(row.id, str(refused))
    touched = [point for point in points.values() if point.id in events]
    done = store_events(intake.session, events, {p.id: p.zone_name for p in touched}, None)
    _count(intake, done)
    if done.stored:
        tell_of_alarms(intake.session, intake.subject, touched, None)


def _register(row: ReadingData) -> RegisterInFile:
    quality = ReadingQuality[row.quality.upper()]
    return RegisterInFile(row.point, row.channel, row.zone, _second(row.read_at), row.register_wh, int(quality))


def _second(at: datetime) -> int:
    return int(at.timestamp())


def _point(points: dict[str, MeteringPoint], number: str) -> MeteringPoint:
    if number not in points:
        raise RowRefused("foreign_point")
    return points[number]


def _day(intake: Intake, points: dict[str, MeteringPoint], row: ProfileDayData) -> DayRow:
    point = _point(points, row.point)
    if row.day > local_day(intake.at + AHEAD, point.zone_name):
        raise RowRefused("ahead")
    if len(row.values_wh) != slots_of_day(row.day, point.zone_name, row.step_min):
        raise RowRefused("slots")
    if row.quality and len(row.quality) != len(row.values_wh):
        raise RowRefused("slots")
    values = np.array([MISSING if value is None else value for value in row.values_wh], np.int64)
    marks = np.array([ReadingQuality[name.upper()] for name in row.quality], np.uint8) if row.quality else None
    return encode_day(epoch_day(row.day), row.step_min, values, marks)


def _series(intake: Intake, wanted: set[tuple[int, str]]) -> dict[tuple[int, str], int]:
    """Ids of (point id, channel), made where there are none."""
    if not wanted:
        return {}
    connection = intake.session.connection()
    dialect = sqlite if connection.dialect.name == "sqlite" else postgresql
    values = [{"point_id": p, "channel": c, "description": "", "is_primary": True} for p, c in sorted(wanted)]
    connection.execute(dialect.insert(ProfileSeries).on_conflict_do_nothing(), values)
    query = select(ProfileSeries).where(col(ProfileSeries.point_id).in_({point_id for point_id, _ in wanted}))
    return {(row.point_id, row.channel): row.id for row in intake.session.exec(query)}


def _event(intake: Intake, row: EventData) -> LoggedEvent:
    if row.started_at > intake.at + AHEAD:
        raise RowRefused("ahead")
    if any(end < start for start, end in pairwise(filter(None, (row.started_at, row.ended_at)))):
        raise RowRefused("event_dates")
    kind = kind_of(row.code)
    mark = kind.mark if kind else Mark.POINT if row.ended_at is None else Mark.SPAN
    lasts = mark in (Mark.SPAN, Mark.START)
    return LoggedEvent(
        code=row.code,
        mark=mark,
        started=_second(row.started_at),
        ended=_second(row.ended_at) if row.ended_at is not None and lasts else None,
        meter_started=None,
        meter_ended=None,
        meter_offset_min=None,
        stated_s=None,
        shift_s=None,
        doubt="",
        raw=row.raw,
    )


def _count(intake: Intake, done: Change) -> None:
    intake.stored += done.stored + done.replaced + done.removed
