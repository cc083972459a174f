"""Plans by hour: read with their facts, typed, copied from similar days, taken from a file (F-7, R-28, Э-59)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

import numpy as np
from sqlmodel import Session, col, select

from energo_cabinet.auth.access import Subject, service
from energo_cabinet.domain.control.plan_fact import PlanFact, compare
from energo_cabinet.domain.control.similar_days import WEEKS_BACK, mean_of_similar
from energo_cabinet.domain.time.local_day import epoch_day, from_epoch_day, local_day, midnight, slot_starts
from energo_cabinet.domain.time.period import Period
from energo_cabinet.domain.values.hour_values import HOUR_MIN, Wh, added, hours_of_day, hours_of_row
from energo_cabinet.domain.values.profile_day import LARGEST_WH, MISSING, DayRow
from energo_cabinet.errors import InvalidInput
from energo_cabinet.formats.files.number import NumberError, to_wh
from energo_cabinet.models import PlanDay, PlanSource, User
from energo_cabinet.services.control.plan_write import NewDay, store_plan
from energo_cabinet.services.control.target import Load, load_of
from energo_cabinet.services.period import check_period
from energo_cabinet.services.values.profile_read import day_rows
from energo_cabinet.settings import get_settings

MAX_PLAN_DAYS, MOST_WEEKS = 31, 8
PRICE_FACTOR = Decimal(100)
"""Roubles per MWh in kopecks."""


@dataclass(frozen=True, slots=True)
class Change:
    """Who changed a plan last: `by` "" for the system."""

    at: datetime
    by: str
    source: PlanSource
    file_name: str


@dataclass(frozen=True, eq=False)
class PlanFactDays:
    """Plan and fact of local days `first`…`last`: `edges[i]` is the first hour of day i, with the end behind.

    `elapsed`: hours that have ended by now; `unplanned`, `unmeasured`: of those, how many lack one or the other.
    """

    name: str
    contract_id: int | None
    zone_name: str
    first: date
    last: date
    starts: tuple[datetime, ...]
    edges: tuple[int, ...]
    data: PlanFact
    corridor_bp: int
    elapsed: int
    has_prices: bool
    changed: Change | None
    newest_fact: date | None

    @property
    def unmeasured(self) -> int:
        """Hours over and planned, but without a fact."""
        past = slice(0, self.elapsed)
        return int(((self.data.fact[past] == MISSING) & (self.data.plan[past] != MISSING)).sum())

    @property
    def planned(self) -> int:
        """Hours with a plan."""
        return int((self.data.plan != MISSING).sum())


@dataclass(frozen=True, slots=True)
class PlanOfDay:
    """A day to type: hours begin at `starts`; Wh and kopecks per MWh, None for nothing."""

    name: str
    contract_id: int | None
    day: date
    starts: tuple[datetime, ...]
    values: tuple[int | None, ...]
    prices: tuple[int | None, ...]
    changed: Change | None


@dataclass(frozen=True, slots=True)
class Copied:
    """What became of a copy: days stored, left alone because they had a plan, and without a similar day."""

    stored: int
    kept: int
    without: int


@service("customer", "plan.fact")
def plan_fact(
    session: Session,
    subject: Subject,
    period: Period,
    point_id: int | None = None,
    group_id: int | None = None,
) -> PlanFactDays:
    """Plan against fact by the hour, at most 31 days. NotFound: not the caller's; InvalidInput: first, last."""
    load = load_of(session, subject, point_id, group_id)
    check_period(period, MAX_PLAN_DAYS)
    days = period.all_days
    hours = [hours_of_day(day, load.zone_name) for day in days]
    plans = _plans(session, load, period)
    facts = facts_of(session, load, period)
    plan, prices = (_laid(plans, days, hours, column) for column in ("vals", "prices"))
    fact = np.concatenate([facts[day] for day in days])
    corridor = _corridor(load)
    newest = max((day for day in days if (facts[day] != MISSING).any()), default=None)
    return PlanFactDays(
        name=load.name,
        contract_id=load.contract_id,
        zone_name=load.zone_name,
        first=period.first,
        last=period.last,
        starts=tuple(at for day in days for at in slot_starts(day, load.zone_name, HOUR_MIN)),
        edges=tuple(np.cumsum([0, *hours]).tolist()),
        data=compare(plan, fact, corridor, prices),
        corridor_bp=corridor,
        elapsed=_elapsed(period.first, load.zone_name, sum(hours), subject.at),
        has_prices=bool((prices != MISSING).any()),
        changed=_last_change(session, plans.values()),
        newest_fact=newest,
    )


@service("customer", "plan.day")
def plan_of_day(
    session: Session, subject: Subject, day: date, point_id: int | None = None, group_id: int | None = None
) -> PlanOfDay:
    """One day of a plan as it stands."""
    load = load_of(session, subject, point_id, group_id)
    check_period(Period(day, day), 1)
    plans, hours = _plans(session, load, Period(day, day)), hours_of_day(day, load.zone_name)
    values, prices = (_laid(plans, [day], [hours], column).tolist() for column in ("vals", "prices"))
    return PlanOfDay(
        name=load.name,
        contract_id=load.contract_id,
        day=day,
        starts=tuple(slot_starts(day, load.zone_name, HOUR_MIN)),
        values=tuple(None if v == MISSING else v for v in values),
        prices=tuple(None if v == MISSING else v for v in prices),
        changed=_last_change(session, plans.values()),
    )


@service("customer", "plan.save")
def save_plan(
    session: Session,
    subject: Subject,
    day: date,
    values: Sequence[str],
    prices: Sequence[str] = (),
    point_id: int | None = None,
    group_id: int | None = None,
) -> int:
    """Store a typed day: kWh and ₽/MWh as typed, "" for none. All hours, or none to take the plan away.

    InvalidInput: `h3`, `p3` (by the hour's place), day. Returns 1 when something has changed.
    """
    load = load_of(session, subject, point_id, group_id)
    check_period(Period(day, day), 1)
    hours = hours_of_day(day, load.zone_name)
    if len(values) != hours:
        raise InvalidInput({"day": "plan_wrong_hours"}, expected=hours, given=len(values))
    wrong: dict[str, str] = {}
    typed = _numbers(values, "h", Decimal(1000), wrong)
    priced = _numbers([*prices, *[""] * (hours - len(prices))][:hours], "p", PRICE_FACTOR, wrong)
    if any(v is not None for v in typed):
        wrong |= {f"h{i}": "plan_hour_empty" for i, v in enumerate(typed) if v is None and f"h{i}" not in wrong}
    if wrong:
        raise InvalidInput(wrong)
    return store_plan(session, subject, load, {day: NewDay(typed, priced)}, PlanSource.TYPED)


@service("customer", "plan.copy")
def copy_plan(
    session: Session,
    subject: Subject,
    period: Period,
    weeks: int = 4,
    replace: bool = False,
    point_id: int | None = None,
    group_id: int | None = None,
) -> Copied:
    """Fill a period with the mean of the last `weeks` similar days; days that have a plan stay unless `replace`."""
    load = load_of(session, subject, point_id, group_id)
    check_period(period, MAX_PLAN_DAYS)
    if type(weeks) is not int or not 1 <= weeks <= MOST_WEEKS:
        raise InvalidInput({"weeks": "plan_weeks"}, most=MOST_WEEKS)
    today = local_day(subject.at, load.zone_name)
    known = Period(min(period.first, today) - timedelta(weeks=WEEKS_BACK), min(period.last, today))
    facts = facts_of(session, load, known)
    planned = _plans(session, load, period)
    days = period.all_days
    wanted = [day for day in days if replace or day not in planned]
    made = {day: mean_of_similar(day, min(day, today), facts, weeks, load.zone_name) for day in wanted}
    new = {day: NewDay([int(v) for v in found[0]]) for day, found in made.items() if found}
    store_plan(session, subject, load, new, PlanSource.COPIED)
    return Copied(len(new), len(days) - len(wanted), len(wanted) - len(new))


@service("customer", "plan.today")
def today(session: Session, subject: Subject) -> date:
    """The day it is where most of the installation's meters are."""
    return local_day(subject.at, get_settings().default_zone)


@service("customer", "plan.zone_name")
def plan_zone(session: Session, subject: Subject, point_id: int | None = None, group_id: int | None = None) -> str:
    """The zone in which days of a plan are counted. NotFound: not the caller's."""
    return load_of(session, subject, point_id, group_id).zone_name


@service("customer", "plan.store_file")
def store_plan_file(
    session: Session,
    subject: Subject,
    days: Mapping[date, NewDay],
    title: str,
    point_id: int | None = None,
    group_id: int | None = None,
) -> int:
    """Store what a file says, all of it; days that have changed. InvalidInput: a day of another length."""
    load = load_of(session, subject, point_id, group_id)
    for day, new in days.items():
        expected = hours_of_day(day, load.zone_name)
        if len(new.values) != expected:
            raise InvalidInput({"day": "plan_wrong_hours"}, expected=expected, given=len(new.values))
    return store_plan(session, subject, load, days, PlanSource.FILE, title)


def facts_of(session: Session, load: Load, period: Period) -> dict[date, Wh]:
    """Measured hours of every local day; of a group the sum of its points."""
    days = period.all_days
    hours = {day: hours_of_day(day, load.zone_name) for day in days}
    stored = [
        ({from_epoch_day(row[0]): DayRow(*row) for row in day_rows(session, key, period.first, period.last)}, ratio)
        for key, ratio in load.series
    ]
    if not stored:
        return {day: np.full(hours[day], MISSING, np.int64) for day in days}
    return {day: added(hours_of_row(rows.get(day), hours[day], ratio) for rows, ratio in stored) for day in days}


def _plans(session: Session, load: Load, period: Period) -> dict[date, PlanDay]:
    span = col(PlanDay.day).between(epoch_day(period.first), epoch_day(period.last))
    rows = session.exec(select(PlanDay).where(PlanDay.target_id == load.target_id, span))
    return {from_epoch_day(row.day): row for row in rows}


def _laid(plans: Mapping[date, PlanDay], days: Sequence[date], hours: Sequence[int], column: str) -> Wh:
    """A column of the plan over all hours; a day of another length is as good as none."""
    parts = []
    for day, count in zip(days, hours, strict=True):
        blob: bytes = (getattr(plans[day], column) if day in plans else None) or b""
        whole = len(blob) == 4 * count
        parts.append(np.frombuffer(blob, "<i4").astype(np.int64) if whole else np.full(count, MISSING, np.int64))
    return np.concatenate(parts)


def _corridor(load: Load) -> int:
    own = load.row.plan_bp if load.row else None
    return own or round(get_settings().plan_corridor_percent * 100)


def _elapsed(first: date, zone_name: str, hours: int, at: datetime) -> int:
    return max(0, min(hours, int((at - midnight(first, zone_name)).total_seconds()) // 3600))


def _last_change(session: Session, rows: Iterable[PlanDay]) -> Change | None:
    newest = max(rows, key=lambda row: row.changed_at, default=None)
    if newest is None:
        return None
    user = session.get(User, newest.changed_by) if newest.changed_by else None
    return Change(newest.changed_at, user.full_name if user else "", newest.source, newest.file_name)


def _numbers(texts: Sequence[str], prefix: str, factor: Decimal, wrong: dict[str, str]) -> list[int | None]:
    found: list[int | None] = []
    for i, text in enumerate(texts):
        clean = text.replace("\u00a0", "").replace(" ", "") if isinstance(text, str) else "?"
        try:
            found.append(to_wh(clean, factor, LARGEST_WH) if clean else None)
        except NumberError as error:
            wrong[f"{prefix}{i}"] = f"plan_{error.code}"
            found.append(None)
    return found
