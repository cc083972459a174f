"""Days of values, limits and plans for the tests of control."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
from sqlmodel import select

from energo_cabinet.domain.time.period import Period
from energo_cabinet.domain.values.profile_day import MISSING
from energo_cabinet.models import Violation
from energo_cabinet.services.control.limit import save_limits
from energo_cabinet.services.control.plan import plan_fact, save_plan

TODAY = date(2026, 11, 21)
YESTERDAY = TODAY - timedelta(days=1)
KINDS = ("hour", "day", "month", "power", "plan")


def wh(*peaks, slots=48, base=100):
    """A day of `base` Wh a half-hour with other values at some slots."""
    values = np.full(slots, base, np.int64)
    for slot, value in peaks:
        values[slot] = MISSING if value is None else value
    return values


def limited(session, cast, after="1", **values):
    save_limits(session, cast.anna, values, dict.fromkeys(KINDS, after), point_id=cast.point.id)


def violations(session, kind=None):
    session.expire_all()
    rows = session.exec(select(Violation).order_by(Violation.started_s)).all()
    return [row for row in rows if kind is None or row.kind == kind]


def typed(session, cast, day=TODAY, value="0,2", price="", hours=24, **target):
    target = target or {"point_id": cast.point.id}
    return save_plan(session, cast.anna, day, [value] * hours, [price] * hours if price else (), **target)


def compared(session, cast, first=TODAY, last=TODAY, **target):
    return plan_fact(session, cast.anna, Period(first, last), **(target or {"point_id": cast.point.id}))
