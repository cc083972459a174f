"""Days of a plan into the database: what they were is kept with who changed them and when."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, select

from energo_cabinet.auth.access import Subject
from energo_cabinet.domain.time.local_day import epoch_day
from energo_cabinet.domain.values.hour_values import encode_hours
from energo_cabinet.models import PlanDay, PlanDayVersion, PlanSource
from energo_cabinet.services.control.target import Load, row_of
from energo_cabinet.services.values.limit_due import note_due

Hours = Sequence[int | None]


@dataclass(frozen=True, slots=True)
class NewDay:
    """Wh of every hour, None for no plan; `prices`: kopecks per MWh, None keeps the prices the day has."""

    values: Hours
    prices: Hours | None = None


def store_plan(
    session: Session,
    subject: Subject,
    load: Load,
    days: Mapping[date, NewDay],
    source: PlanSource,
    file_name: str = "",
) -> int:
    """Store days of a plan in the caller's transaction and have them evaluated; how many have changed."""
    if not days:
        return 0
    target_id = row_of(session, subject, load).id
    numbers = {epoch_day(day): new for day, new in days.items()}
    query = select(PlanDay).where(PlanDay.target_id == target_id, col(PlanDay.day).in_(numbers))
    before = {row.day: row for row in session.exec(query)}
    changed = [day for day, new in numbers.items() if _change(session, subject, target_id, day, new, before.get(day))]
    for day in changed:
        row = session.get(PlanDay, (target_id, day))
        if row is not None:
            row.source, row.file_name = source, file_name[-255:]
    session.flush()
    if changed:
        note_due(session, {target_id: (min(changed), max(changed))})
    return len(changed)


def _change(session: Session, subject: Subject, target_id: int, day: int, new: NewDay, old: PlanDay | None) -> bool:
    known = [value for value in new.values if value is not None]
    vals, prices = encode_hours(new.values), _prices(new, old)
    if old is not None and (old.vals, old.prices) == (vals, prices):
        return False
    if old is not None:
        _keep(session, subject, old)
        if not known:
            session.delete(old)
            session.flush()
            return True
    elif not known:
        return False
    row = old or PlanDay(
        target_id=target_id, day=day, n=0, total=0, vals=b"", source=PlanSource.TYPED, changed_at=subject.at
    )
    row.n, row.total, row.vals, row.prices = len(known), sum(known), vals, prices
    row.changed_at, row.changed_by = subject.at, subject.user_id
    session.add(row)
    session.flush()
    return True


def _prices(new: NewDay, old: PlanDay | None) -> bytes | None:
    if new.prices is None:
        return old.prices if old is not None and len(old.vals) == 4 * len(new.values) else None
    return encode_hours(new.prices) if any(price is not None for price in new.prices) else None


def _keep(session: Session, subject: Subject, old: PlanDay) -> None:
    fields = old.model_dump() | {"replaced_at": subject.at, "replaced_by": subject.user_id}
    session.add(PlanDayVersion(**fields))
