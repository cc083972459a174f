"""Which targets have new values: noted in the transaction that stores them, evaluated by a job (F-7).

An import pays two statements per chunk of day rows; the evaluation itself never slows it down.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sqlalchemy import text
from sqlmodel import Session

from energo_cabinet.models import Channel
from energo_cabinet.services.among import among, listed

_PASSPORT = """
INSERT INTO control_target (point_id, name, hour_after, day_after, month_after, power_after, plan_after)
SELECT p.id, '', 2, 1, 1, 2, 2 FROM profile_series s JOIN metering_point p ON p.id = s.point_id
WHERE s.id {among} AND s.channel = '{channel}'
AND (CAST(p.norm_hour_kwh AS NUMERIC) > 0 OR CAST(p.norm_day_kwh AS NUMERIC) > 0
     OR CAST(p.norm_month_kwh AS NUMERIC) > 0 OR CAST(p.power_limit_kw AS NUMERIC) > 0)
AND NOT EXISTS (SELECT 1 FROM control_target t WHERE t.point_id = p.id)
ON CONFLICT DO NOTHING
"""
_TARGETS = """
SELECT s.id, t.id FROM profile_series s JOIN control_target t ON t.point_id = s.point_id
WHERE s.id {among} AND s.channel = '{channel}'
UNION ALL
SELECT s.id, m.target_id FROM profile_series s JOIN control_member m ON m.point_id = s.point_id
WHERE s.id {among} AND s.channel = '{channel}'
"""
_DUE = """
INSERT INTO control_due (target_id, first_day, last_day) VALUES (:target, :first, :last)
ON CONFLICT (target_id) DO UPDATE SET
first_day = CASE WHEN excluded.first_day < control_due.first_day THEN excluded.first_day ELSE control_due.first_day END,
last_day = CASE WHEN excluded.last_day > control_due.last_day THEN excluded.last_day ELSE control_due.last_day END
"""

Days = tuple[int, int]


def note_new_days(session: Session, changed: Iterable[tuple[int, int]]) -> None:
    """Note (series id, day) pairs whose values are new, for every target they belong to."""
    days: dict[int, Days] = {}
    for series_id, day in changed:
        first, last = days.get(series_id, (day, day))
        days[series_id] = (min(first, day), max(last, day))
    if not days:
        return
    connection, params = session.connection(), {"series": listed(session, days)}
    told = {"among": among(session, "series"), "channel": Channel.A_PLUS}
    connection.execute(text(_PASSPORT.format(**told)), params)
    due: dict[int, Days] = {}
    for series_id, target_id in connection.execute(text(_TARGETS.format(**told)), params):
        first, last = days[series_id]
        before = due.get(target_id, (first, last))
        due[target_id] = (min(first, before[0]), max(last, before[1]))
    note_due(session, due)


def note_due(session: Session, due: Mapping[int, Days]) -> None:
    """Have targets evaluated for days first…last, together with what already waits."""
    rows = [{"target": target, "first": first, "last": last} for target, (first, last) in sorted(due.items())]
    if rows:
        session.connection().execute(text(_DUE), rows)
