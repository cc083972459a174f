"""Readings that were sent and are not yet the supplier's: they count as the last ones at once."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from sqlalchemy import bindparam, func, select
from sqlmodel import Session, col

from energo_cabinet.models import Channel, MeterReading, ReadingQuality, ReadingSubmission, SubmissionStatus

# Building a statement costs more than running it.
_IDS: Any = bindparam("ids", expanding=True)
_WAITING = (
    col(ReadingSubmission.point_id).in_(_IDS),
    col(ReadingSubmission.status) == SubmissionStatus.SENT,
)
_NEWEST = select(func.max(col(ReadingSubmission.id))).where(*_WAITING).group_by(col(ReadingSubmission.point_id))
_NEWEST_SENT = select(ReadingSubmission).where(col(ReadingSubmission.id).in_(_NEWEST))


def newest_sent(session: Session, point_ids: Collection[int]) -> dict[int, ReadingSubmission]:
    """Point → its newest submission that waits for an answer; the caller has checked whose points they are."""
    return {row.point_id: row for row in session.scalars(_NEWEST_SENT, {"ids": list(point_ids)})}


def as_readings(row: ReadingSubmission) -> list[MeterReading]:
    """The readings of a submission, in no session."""
    return [
        MeterReading(
            point_id=row.point_id,
            channel=Channel.A_PLUS,
            zone=zone,
            read_at=row.read_at,
            meter_id=row.meter_id,
            register_wh=wh,
            quality=ReadingQuality.MANUAL,
        )
        for zone, wh in sorted(row.registers_wh.items())
    ]
