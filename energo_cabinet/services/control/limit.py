"""Limits of a target as people see and set them: own ones before those of the passport (Н-89, Н-94…Н-96, F-7)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

from sqlmodel import Session

from energo_cabinet.auth.access import Subject, service
from energo_cabinet.domain.time.local_day import epoch_day, local_day
from energo_cabinet.domain.typed import whole_number
from energo_cabinet.errors import InvalidInput
from energo_cabinet.formats.files.number import NumberError, to_wh
from energo_cabinet.models import LimitKind, MeteringPoint
from energo_cabinet.services.control.target import Load, load_of, row_of
from energo_cabinet.services.values.limit_due import note_due

FIELDS = {
    LimitKind.HOUR: "hour_wh",
    LimitKind.DAY: "day_wh",
    LimitKind.MONTH: "month_wh",
    LimitKind.POWER: "power_w",
    LimitKind.PLAN: "plan_bp",
}
PASSPORT = {
    LimitKind.HOUR: "norm_hour_kwh",
    LimitKind.DAY: "norm_day_kwh",
    LimitKind.MONTH: "norm_month_kwh",
    LimitKind.POWER: "power_limit_kw",
}
LARGEST_WH, LARGEST_BP, MOST_INTERVALS = 10**12, 100_000, 1000
LOOKED_BACK = timedelta(days=31)
"""Days that a changed limit is held against at once; older ones stay as they were judged."""


@dataclass(frozen=True, slots=True)
class LimitField:
    """One limit: kWh, kW or %. `own` None: as in the passport; 0: not set. `after`: intervals till a notification."""

    kind: LimitKind
    own: Decimal | None
    passport: Decimal
    after: int


@dataclass(frozen=True, slots=True)
class LimitsOf:
    """All limits of a point or a group."""

    name: str
    contract_id: int | None
    point_id: int | None
    group_id: int | None
    fields: tuple[LimitField, ...]


@service("customer", "limit.list")
def limits_of(session: Session, subject: Subject, point_id: int | None = None, group_id: int | None = None) -> LimitsOf:
    """The limits of a point or a group. NotFound: not the caller's."""
    load = load_of(session, subject, point_id, group_id)
    point = session.get(MeteringPoint, point_id) if point_id else None
    return LimitsOf(
        load.name, load.contract_id, point_id, group_id, tuple(_field(load, point, kind) for kind in LimitKind)
    )


@service("customer", "limit.save")
def save_limits(
    session: Session,
    subject: Subject,
    values: Mapping[str, str],
    after: Mapping[str, str],
    point_id: int | None = None,
    group_id: int | None = None,
) -> None:
    """Set the limits as typed by kind: "" as in the passport, 0 not set; and after how many intervals to notify.

    InvalidInput: the kind's own name, or `after_…`.
    """
    load = load_of(session, subject, point_id, group_id)
    wrong: dict[str, str] = {}
    typed = {kind: _value(kind, values.get(kind.value, ""), wrong) for kind in LimitKind}
    counts = {kind: _count(kind, after.get(kind.value, ""), wrong) for kind in LimitKind}
    if wrong:
        raise InvalidInput(wrong, most=MOST_INTERVALS)
    row = row_of(session, subject, load)
    for kind in LimitKind:
        setattr(row, FIELDS[kind], typed[kind])
        setattr(row, f"{kind.value}_after", counts[kind])
    row.changed_at, row.changed_by = subject.at, subject.user_id
    session.add(row)
    session.flush()
    today = local_day(subject.at, load.zone_name)
    note_due(session, {row.id: (epoch_day(today - LOOKED_BACK), epoch_day(today))})


def scale_of(kind: LimitKind) -> int:
    """Stored units in a kWh, kW or percent."""
    return 100 if kind is LimitKind.PLAN else 1000


def _field(load: Load, point: MeteringPoint | None, kind: LimitKind) -> LimitField:
    own = getattr(load.row, FIELDS[kind]) if load.row else None
    norm = getattr(point, PASSPORT[kind]) if point is not None and kind in PASSPORT else None
    after = (
        getattr(load.row, f"{kind.value}_after") if load.row else 1 if kind in (LimitKind.DAY, LimitKind.MONTH) else 2
    )
    return LimitField(kind, None if own is None else Decimal(own) / scale_of(kind), norm or Decimal(0), after)


def _value(kind: LimitKind, text: object, wrong: dict[str, str]) -> int | None:
    clean = text.replace("\u00a0", "").replace(" ", "") if isinstance(text, str) else "?"
    if not clean:
        return None
    try:
        return to_wh(clean, Decimal(scale_of(kind)), LARGEST_BP if kind is LimitKind.PLAN else LARGEST_WH)
    except NumberError as error:
        wrong[kind.value] = f"limit_{error.code}"
        return None


def _count(kind: LimitKind, text: object, wrong: dict[str, str]) -> int:
    found = whole_number(text.strip(), 4) if isinstance(text, str) else None
    if found and found <= MOST_INTERVALS:
        return found
    wrong[f"after_{kind.value}"] = "limit_after"
    return 1
