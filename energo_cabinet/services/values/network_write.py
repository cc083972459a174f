"""Network parameters of a file into the database: merged slot by slot, 10-minute averages beside minutes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import numpy as np
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, col, select

from energo_cabinet.auth.access import Subject
from energo_cabinet.domain.network.network import AVERAGE_MIN, QUANTITIES, Values, averages, by_day, decode, encode
from energo_cabinet.domain.values.profile_day import MISSING, Change
from energo_cabinet.formats.files.content import NetworkInFile, NormInFile
from energo_cabinet.models import (
    ContractLink,
    LiveEvent,
    MeteringPoint,
    NetworkDay,
    NetworkNorm,
    NetworkParameters,
    NetworkSeries,
)

TOPIC = "network"
AHEAD = timedelta(days=1)
"""Values of a clock that runs ahead by more are refused."""

Key = tuple[int, str, int]
"""Point, quantity, step."""


def is_ahead(sent: Sequence[NetworkInFile], at: datetime) -> bool:
    """Whether a file says what has not happened yet."""
    return any(one.latest_at > (at + AHEAD).timestamp() for one in sent)


def store_network(
    session: Session,
    subject: Subject,
    sent: Sequence[NetworkInFile],
    points: Mapping[str, MeteringPoint],
    file_id: int | None,
) -> Change:
    """Store them in the caller's transaction; values of another time stay. Owners of newer snapshots are told."""
    if not sent:
        return Change()
    days = [day for one in sent if one.step_min for day in _days(one, points[one.point])]
    done = store_series(session, days, file_id)
    for one in sent:
        done = done.plus(_store_latest(session, subject, one, points[one.point], file_id))
    session.flush()
    return done


def store_norms(session: Session, sent: Sequence[NormInFile], point_ids: Mapping[str, int]) -> Change:
    """Store what voltages are judged by; a row replaces what was known."""
    stored = replaced = 0
    for one in sent:
        facts: dict[str, Any] = {k: Decimal(v) if v else None for k, v in one.facts.items() if k != "source"}
        facts["source"] = one.facts["source"]
        row = session.get(NetworkNorm, point_ids[one.point])
        if row is None:
            stored += 1
            session.add(NetworkNorm(point_id=point_ids[one.point], **facts))
        elif any(getattr(row, name) != value for name, value in facts.items()):
            replaced += 1
            row.sqlmodel_update(facts)
            session.add(row)
    session.flush()
    return Change(stored, replaced, len(sent) - stored - replaced)


def _days(one: NetworkInFile, point: MeteringPoint) -> Iterator[tuple[Key, int, Values]]:
    starts = np.frombuffer(one.starts, "<i8").astype(np.int64)
    for code, column in one.columns.items():
        key = (point.id, code, one.step_min)
        for day, values in by_day(starts, decode(column), one.step_min, point.zone_name):
            yield key, day, values


def store_series(session: Session, days: Sequence[tuple[Key, int, Values]], file_id: int | None) -> Change:
    """Merge days (series, epoch day, one value a slot) into what is stored; averages of minutes come with them."""
    fine = {key for key, _, _ in days if key[2] != AVERAGE_MIN}
    ids = _series_ids(session, {key for key, _, _ in days} | {(p, code, AVERAGE_MIN) for p, code, _ in fine})
    before = _existing(session, ids, [day for _, day, _ in days])
    writes: dict[tuple[int, int], Values] = {}
    done = Change()
    for key, day, values in days:
        series = ids[key]
        old = before.get((series, day))
        kept = values if old is None else np.where(values == MISSING, old, values)
        done = done.plus(_change(old, values))
        if old is None or not np.array_equal(old, kept):
            writes[series, day] = kept
        if key[2] != AVERAGE_MIN:
            average = averages(kept, key[2], QUANTITIES[key[1]].group)
            place = (ids[key[0], key[1], AVERAGE_MIN], day)
            old_average = before.get(place)
            average = average if old_average is None else np.where(average == MISSING, old_average, average)
            if old_average is None or not np.array_equal(old_average, average):
                writes[place] = average
    _write(session, writes, file_id)
    return done


def _change(old: Values | None, values: Values) -> Change:
    came = values != MISSING
    if old is None:
        return Change(stored=int(came.sum()))
    same, fresh = came & (old == values), came & (old == MISSING)
    return Change(int(fresh.sum()), int((came & ~same & ~fresh).sum()), int(same.sum()))


def _series_ids(session: Session, keys: set[Key]) -> dict[Key, int]:
    """Ids of series, made where there are none."""
    if not keys:
        return {}
    dialect = sqlite if session.connection().dialect.name == "sqlite" else postgresql
    rows = [{"point_id": point, "quantity": code, "step_min": step} for point, code, step in sorted(keys)]
    session.connection().execute(dialect.insert(NetworkSeries).on_conflict_do_nothing(), rows)
    query = select(NetworkSeries).where(col(NetworkSeries.point_id).in_({key[0] for key in keys}))
    return {(row.point_id, row.quantity, row.step_min): row.id for row in session.exec(query)}


def _existing(session: Session, ids: Mapping[Key, int], days: Sequence[int]) -> dict[tuple[int, int], Values]:
    if not days:
        return {}
    query = select(NetworkDay.series_id, NetworkDay.day, NetworkDay.vals).where(
        col(NetworkDay.series_id).in_(set(ids.values())), col(NetworkDay.day).between(min(days), max(days))
    )
    return {(series, day): decode(vals) for series, day, vals in session.exec(query)}


def _write(session: Session, days: Mapping[tuple[int, int], Values], file_id: int | None) -> None:
    if not days:
        return
    dialect = sqlite if session.connection().dialect.name == "sqlite" else postgresql
    insert = dialect.insert(NetworkDay)
    changed = {name: insert.excluded[name] for name in ("n", "vals", "file_id")}
    rows = [
        {"series_id": s, "day": d, "n": int((v != MISSING).sum()), "vals": encode(v), "file_id": file_id}
        for (s, d), v in days.items()
    ]
    session.connection().execute(insert.on_conflict_do_update(index_elements=["series_id", "day"], set_=changed), rows)


def _store_latest(
    session: Session, subject: Subject, one: NetworkInFile, point: MeteringPoint, file_id: int | None
) -> Change:
    """Keep the newest snapshot; values that came at the same moment are joined."""
    at, facts = datetime.fromtimestamp(one.latest_at, UTC), dict(one.latest)
    row = session.get(NetworkParameters, point.id)
    count = 0 if one.step_min else len(facts)  # a series counts its values itself
    if row is not None and row.measured_at > at:
        return Change(unchanged=count)
    if row is None:
        row = NetworkParameters(point_id=point.id, measured_at=at, facts=facts, file_id=file_id)
    elif row.measured_at == at and row.facts | facts == row.facts:
        return Change(unchanged=count)
    else:
        row.facts = facts if row.measured_at < at else row.facts | facts
        row.measured_at, row.file_id = at, file_id
    session.add(row)
    _tell(session, subject, point)
    return Change(stored=count)


def _tell(session: Session, subject: Subject, point: MeteringPoint) -> None:
    users = select(ContractLink.user_id).where(
        ContractLink.contract_id == point.contract_id, col(ContractLink.unlinked_at).is_(None)
    )
    for user_id in set(session.exec(users)):
        session.add(LiveEvent(user_id=user_id, topic=TOPIC, created_at=subject.at))
