"""Which meter stood on a point at an instant, so that every reading is known by the meter that showed it (Н-149)."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

from sqlmodel import Session, col, select

from energo_cabinet.domain.time.local_day import midnight
from energo_cabinet.models import MeteringPoint, MeterInstallation

NOON = timedelta(hours=12)
"""The time of day of an installation that tells none."""

AT_ONCE = 10_000


@dataclass(slots=True)
class Timeline:
    """Installations of one point: since when which meter, ascending."""

    starts: list[datetime] = field(default_factory=list)
    meters: list[int] = field(default_factory=list)

    def at(self, moment: datetime) -> int | None:
        """The meter at an instant; before the first, the first; None where none ever stood."""
        return self.meters[max(0, bisect_right(self.starts, moment) - 1)] if self.meters else None


def moment_of(day: date, zone_name: str) -> datetime:
    """The instant of an installation of which only the day is known."""
    return midnight(day, zone_name) + NOON


def timelines(session: Session, point_ids: Collection[int]) -> dict[int, Timeline]:
    """Point → its meters over time, in a query for all of them."""
    wanted, found = sorted(point_ids), {key: Timeline() for key in point_ids}
    columns = (
        MeterInstallation.point_id,
        MeterInstallation.meter_id,
        MeterInstallation.installed_on,
        MeterInstallation.installed_at,
        MeteringPoint.zone_name,
    )
    for at in range(0, len(wanted), AT_ONCE):
        query = (
            select(*columns)  # type: ignore[call-overload]
            .join(MeteringPoint, col(MeteringPoint.id) == MeterInstallation.point_id)
            .where(col(MeterInstallation.point_id).in_(wanted[at : at + AT_ONCE]))
        )
        rows = [(point, meter, since or moment_of(day, zone)) for point, meter, day, since, zone in session.exec(query)]
        for point, meter, since in sorted(rows, key=lambda row: row[2]):
            found[point].starts.append(since.astimezone(UTC))
            found[point].meters.append(meter)
    return found
