"""Plans, limits and what went outside them: the office with its three points, one of them near its limit."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
from sqlmodel import Session, col, delete, select

from energo_cabinet.auth.access import Subject
from energo_cabinet.demo.places import ANNA, OFFICE
from energo_cabinet.domain.time.local_day import epoch_day, midnight
from energo_cabinet.domain.time.period import Period
from energo_cabinet.domain.values.hour_values import Wh
from energo_cabinet.domain.values.profile_day import MISSING
from energo_cabinet.models import ControlDue, ControlTarget, LimitKind, MeteringPoint, User, Violation
from energo_cabinet.services.control.limit import save_limits
from energo_cabinet.services.control.limit_evaluation import evaluate
from energo_cabinet.services.control.plan import copy_plan, plan_fact, store_plan_file
from energo_cabinet.services.control.plan_write import NewDay
from energo_cabinet.services.control.target import save_group
from energo_cabinet.services.control.violation import acknowledge

GROUP, FILE = "Офис целиком", "план-офис.xlsx"
PLANNED_BACK, PLANNED_AHEAD, WATCHED = 14, 3, 30
SURGE = (9, 10, 11)
"""Hours of the last working day planned too low: the alarm of the demo."""

COMMENTS = ("Тепловые завесы включили раньше графика", "Пусконаладка вентиляции, согласовано с арендаторами")


def load(session: Session, now: datetime) -> None:
    """Add them for the office of demo.places."""
    numbers = [place.number for place in OFFICE]
    points = session.exec(select(MeteringPoint).where(col(MeteringPoint.number).in_(numbers))).all()
    first, second, third = (point.id for point in sorted(points, key=lambda point: point.number))
    today = now.astimezone(ZoneInfo(points[0].zone_name)).date()
    anna = session.exec(select(User).where(User.email == ANNA)).one()
    subject = Subject("customer", now - timedelta(days=8), user_id=anna.id)
    group = save_group(session, subject, points[0].contract_id or 0, GROUP, [first, second, third])
    surge = _plan(session, replace(subject, at=now), today, group_id=group)
    _plan(session, replace(subject, at=now), today, point_id=first)
    _limit(session, subject, 3, LimitKind.PLAN, "5", group_id=group)
    _limit(
        session, subject, 6, LimitKind.HOUR, _often(_facts(session, subject, today, point_id=second)), point_id=second
    )
    month = _facts(session, subject, today, point_id=third, since=(today - timedelta(days=1)).replace(day=1))
    _limit(session, subject, 1, LimitKind.MONTH, _nearly(month), point_id=third)
    ids = [row.id for row in session.exec(select(ControlTarget))]
    evaluate(session, Subject("system", now), ids, epoch_day(today) - WATCHED, epoch_day(today))
    session.exec(delete(ControlDue))
    _comment(session, replace(subject, at=now - timedelta(days=1)), midnight(surge, points[0].zone_name))


def _plan(session: Session, subject: Subject, today: date, **target: int) -> date:
    """What somebody expected: near the truth, but for the day of the surge, which it tells; then similar days."""
    first, last = today - timedelta(days=PLANNED_BACK), today - timedelta(days=1)
    found = plan_fact(session, subject, Period(first, last), **target)
    days = [first + timedelta(days=i) for i in range(len(found.edges) - 1)]
    working = next(day for day in reversed(days) if day.weekday() < 5)
    made: dict[date, NewDay] = {}
    for day, begin, end in zip(days, found.edges, found.edges[1:], strict=False):
        fact = found.data.fact[begin:end]
        if (fact != MISSING).all():
            made[day] = NewDay(_expected(day, fact, day == working), _prices(len(fact)))
    store_plan_file(session, subject, made, FILE, **target)
    ahead = Period(today, today + timedelta(days=PLANNED_AHEAD))
    copy_plan(session, subject, ahead, 3, False, target.get("point_id"), target.get("group_id"))
    return working


def _expected(day: date, fact: Wh, is_low: bool) -> list[int]:
    rng = np.random.default_rng([59, day.toordinal()])
    values = np.asarray(fact * rng.normal(1, 0.018, len(fact)), np.int64)
    if is_low:
        values[list(SURGE)] = values[list(SURGE)] * 88 // 100
    return [max(int(value + 50) // 100 * 100, 100) for value in values]


def _prices(hours: int) -> list[int]:
    """Kopecks per MWh."""
    return [150_000 + 25_000 * (hour % 12) for hour in range(hours)]


def _facts(session: Session, subject: Subject, today: date, point_id: int, since: date | None = None) -> Wh:
    first = since or today - timedelta(days=WATCHED)
    fact = plan_fact(session, subject, Period(first, today), point_id=point_id).data.fact
    return np.asarray(fact[fact != MISSING])


def _limit(session: Session, subject: Subject, after: int, kind: LimitKind, value: str, **target: int) -> None:
    counts = {each.value: "1" if each in (LimitKind.DAY, LimitKind.MONTH) else "2" for each in LimitKind}
    save_limits(session, subject, {kind.value: value}, counts | {kind.value: str(after)}, **target)


def _often(fact: Wh) -> str:
    """An hour that one in fifty passes."""
    return str(int(np.percentile(fact, 98)) // 100 / 10)


def _nearly(fact: Wh) -> str:
    """A limit of which this month has taken 94 %."""
    return str(max(int(fact.sum()), 1000) * 100 // 94 // 1000)


def _comment(session: Session, subject: Subject, until: datetime) -> None:
    """What is older than the surge was explained; the surge still waits, on a Sunday evening too."""
    settled = int(min(until, subject.at - timedelta(days=1)).timestamp())
    rows = session.exec(select(Violation).where(col(Violation.started_s) < settled)).all()
    for i, row in enumerate(rows):
        acknowledge(session, subject, row.id, COMMENTS[i % 2])
