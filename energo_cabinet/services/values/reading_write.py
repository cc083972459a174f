"""Register readings of a file into the database: upserted by sets, earlier values kept (F-9)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import insert
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, col, select

from energo_cabinet.domain.values.profile_day import Change
from energo_cabinet.formats.files.content import RegisterInFile
from energo_cabinet.models import MeterReading, MeterReadingVersion
from energo_cabinet.services.values.meter_timeline import timelines

Key = tuple[int, str, str, datetime]
_KEY = ["point_id", "channel", "zone", "read_at"]


def store_readings(
    session: Session,
    readings: Sequence[RegisterInFile],
    point_ids: Mapping[str, int],
    file_id: int | None,
    at: datetime,
) -> Change:
    """Store register readings of known points in the caller's transaction; `at`: aware UTC moment of arrival.

    A new reading is known by the meter that stood there at its instant; a replaced one keeps its meter.
    """
    if not readings:
        return Change()
    sent = {_key(reading, point_ids): reading for reading in readings}
    before = _existing(session, sent)
    new = {key: reading for key, reading in sent.items() if key not in before}
    changed = {key: before[key] for key, reading in sent.items() if key in before and _differs(before[key], reading)}
    _keep_versions(session, changed.values(), file_id, at)
    meters = timelines(session, {key[0] for key in new})
    own = {key: meters[key[0]].at(key[3]) if key[0] in meters else None for key in (*new, *changed)}
    _upsert(session, [_values(key, sent[key], file_id) | {"meter_id": own[key]} for key in own])
    return Change(len(new), len(changed), len(sent) - len(new) - len(changed))


def _key(reading: RegisterInFile, point_ids: Mapping[str, int]) -> Key:
    return point_ids[reading.point], reading.channel, reading.zone, datetime.fromtimestamp(reading.read_at, UTC)


def _existing(session: Session, sent: Mapping[Key, RegisterInFile]) -> dict[Key, MeterReading]:
    points, moments = sorted({key[0] for key in sent}), [key[3] for key in sent]
    found: dict[Key, MeterReading] = {}
    for at in range(0, len(points), 10_000):
        query = select(MeterReading).where(
            col(MeterReading.point_id).in_(points[at : at + 10_000]),
            col(MeterReading.read_at).between(min(moments), max(moments)),
        )
        found |= {(row.point_id, row.channel, row.zone, row.read_at): row for row in session.exec(query)}
    return found


def _differs(old: MeterReading, sent: RegisterInFile) -> bool:
    return (old.register_wh, int(old.quality)) != (sent.register_wh, sent.quality)


def _keep_versions(session: Session, rows: Any, file_id: int | None, at: datetime) -> None:
    versions = [
        {
            **row.model_dump(exclude={"meter_id"}),
            "quality": int(row.quality),
            "replaced_at": at,
            "replaced_by_file_id": file_id,
        }
        for row in rows
    ]
    if versions:
        session.connection().execute(insert(MeterReadingVersion), versions)


def _values(key: Key, reading: RegisterInFile, file_id: int | None) -> dict[str, Any]:
    rest = {"register_wh": reading.register_wh, "quality": reading.quality, "file_id": file_id}
    return dict(zip(_KEY, key, strict=True)) | rest


def _upsert(session: Session, values: list[dict[str, Any]]) -> None:
    if not values:
        return
    dialect = sqlite if session.connection().dialect.name == "sqlite" else postgresql
    statement = dialect.insert(MeterReading)
    updated = {name: statement.excluded[name] for name in ("register_wh", "quality", "file_id")}
    session.connection().execute(statement.on_conflict_do_update(index_elements=_KEY, set_=updated), values)
    session.expire_all()
