"""Violations found into the database: new ones added, grown ones rewritten, those that later data took back removed."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any, NamedTuple

from sqlalchemy import bindparam, delete, insert, text, update
from sqlmodel import Session, col

from energo_cabinet.auth.access import Subject
from energo_cabinet.models import LimitKind, Violation
from energo_cabinet.services.among import among, listed

Key = tuple[int, LimitKind, int]
"""Target id, kind, beginning (epoch seconds)."""

_COLUMNS = "id, target_id, kind, started_s, day, ended_s, direction, intervals, value, bound, worst_s, excess_wh"
_KNOWN = f"""
SELECT {_COLUMNS}, acknowledged_at, withdrawn_at FROM violation
WHERE target_id {{among}} AND day BETWEEN :first AND :last
"""  # noqa: S608  constants


class Span(NamedTuple):
    """What is stored of a violation beside its key."""

    day: int
    ended_s: int
    direction: int
    intervals: int
    value: int
    bound: int
    worst_s: int
    excess_wh: int


def store_violations(
    session: Session,
    subject: Subject,
    ids: Collection[int],
    found: Mapping[Key, Span],
    days: tuple[int, int],
    months: Collection[int],
) -> list[Key]:
    """Bring what is stored for the days, and for the months (by their first day), to what was found; keys written.

    A violation that somebody has commented on stays as withdrawn when it is no longer found.
    """
    known = _known(session, ids, days, months)
    fresh = [key for key in found if key not in known]
    changed = [key for key, span in found.items() if key in known and known[key][1:] != (span, None)]
    gone = [row for key, row in known.items() if key not in found]
    connection = session.connection()
    if fresh:
        connection.execute(insert(Violation), [_values(key, found[key], subject) for key in fresh])
    if changed:
        rows = [_values(key, found[key], subject) | {"row": known[key][0], "withdrawn_at": None} for key in changed]
        own = col(Violation.id) == bindparam("row")
        names: dict[str, Any] = {name: bindparam(name) for name in (*Span._fields, "evaluated_at", "withdrawn_at")}
        connection.execute(update(Violation).where(own).values(names), rows)
    _remove(session, subject, [row[0] for row in gone])
    return fresh + changed


def _known(
    session: Session, ids: Collection[int], days: tuple[int, int], months: Collection[int]
) -> dict[Key, tuple[int, Span, Any]]:
    first, last = min(days[0], *months), max(days[1], *months)
    params = {"ids": listed(session, ids), "first": first, "last": last}
    rows = session.connection().execute(text(_KNOWN.format(among=among(session, "ids"))), params)
    found: dict[Key, tuple[int, Span, Any]] = {}
    for row in rows:
        kind, span = LimitKind(row[2]), Span(*row[4:12])
        within = span.day in months if kind is LimitKind.MONTH else days[0] <= span.day <= days[1]
        if within:
            found[row[1], kind, row[3]] = (row[0], span, row[13])
    return found


def _values(key: Key, span: Span, subject: Subject) -> dict[str, Any]:
    target_id, kind, started_s = key
    named = {"target_id": target_id, "kind": kind, "started_s": started_s, "comment": ""}
    return named | span._asdict() | {"evaluated_at": subject.at}


def _remove(session: Session, subject: Subject, rows: Collection[int]) -> None:
    if not rows:
        return
    mine = col(Violation.id).in_(rows)
    session.execute(delete(Violation).where(mine, col(Violation.acknowledged_at).is_(None)))
    still = update(Violation).where(mine, col(Violation.withdrawn_at).is_(None))
    session.execute(still.values(withdrawn_at=subject.at))
