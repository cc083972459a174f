"""After k intervals in a row outside a limit its readers are notified; open boards are told of every evaluation."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlmodel import Session, col, select

from energo_cabinet.auth.access import Subject
from energo_cabinet.domain.time.local_day import add_months, epoch_day, from_epoch_day
from energo_cabinet.models import (
    ContractLink,
    ControlTarget,
    LimitKind,
    LiveEvent,
    MeteringPoint,
    NotificationKind,
    Violation,
)
from energo_cabinet.services.control.limit_read import Watched
from energo_cabinet.services.control.violation_write import Key
from energo_cabinet.services.notice.sending import Message, readers_of, tell

TOPIC = "deviations"
"""Of the live events that say: a board of deviations has changed."""

NEWS = timedelta(hours=72)
"""What ended longer ago (an import of history) is written down and not told."""

LOOK_BACK_DAYS, LOOK_BACK_MONTHS = 14, 400
_KINDS = {LimitKind.PLAN: NotificationKind.PLAN_DEVIATION, LimitKind.POWER: NotificationKind.POWER_EXCEEDED}


def tell_of_violations(
    session: Session, subject: Subject, evaluated: Collection[Watched], written: Sequence[Key]
) -> None:
    """Notify of runs that what was written belongs to, once each, and refresh the boards that show the targets."""
    _refresh(session, subject, {target.contract_id for target in evaluated})
    wanted = {(target_id, kind) for target_id, kind, _ in written}
    for target, kind in _targets(session, wanted):
        for run in _runs(session, target, kind, written):
            if sum(row.intervals for row in run) >= getattr(target, f"{kind.value}_after"):
                _tell(session, subject, target, run)


def _targets(session: Session, wanted: Collection[tuple[int, LimitKind]]) -> Iterator[tuple[ControlTarget, LimitKind]]:
    ids = {target_id for target_id, _ in wanted}
    rows = {row.id: row for row in session.exec(select(ControlTarget).where(col(ControlTarget.id).in_(ids)))}
    yield from ((rows[target_id], kind) for target_id, kind in sorted(wanted))


def _runs(
    session: Session, target: ControlTarget, kind: LimitKind, written: Sequence[Key]
) -> Iterator[list[Violation]]:
    """Violations that go on into each other (over midnights too) and hold one that was written just now."""
    new = {started_s for target_id, of_kind, started_s in written if (target_id, of_kind) == (target.id, kind)}
    back = LOOK_BACK_MONTHS if kind is LimitKind.MONTH else LOOK_BACK_DAYS
    since = min(new) - back * 86_400
    query = select(Violation).where(Violation.target_id == target.id, Violation.kind == kind)
    recent = query.where(col(Violation.started_s) >= since, col(Violation.withdrawn_at).is_(None))
    run: list[Violation] = []
    for row in session.exec(recent.order_by(col(Violation.started_s)).execution_options(populate_existing=True)):
        if run and not _goes_on(run[-1], row):
            yield from [run] if any(part.started_s in new for part in run) else []
            run = []
        run.append(row)
    yield from [run] if any(part.started_s in new for part in run) else []


def _goes_on(before: Violation, after: Violation) -> bool:
    if before.kind is LimitKind.DAY:
        return after.day == before.day + 1
    if before.kind is LimitKind.MONTH:
        return after.day == epoch_day(add_months(from_epoch_day(before.day), 1))
    return (before.ended_s, before.direction) == (after.started_s, after.direction)


def _tell(session: Session, subject: Subject, target: ControlTarget, run: Sequence[Violation]) -> None:
    if datetime.fromtimestamp(run[-1].ended_s, UTC) < subject.at - NEWS:
        return
    point = _point(session, target)
    if point is None or point.contract_id is None:
        return
    kind = run[0].kind
    message = Message(
        _KINDS.get(kind, NotificationKind.LIMIT_EXCEEDED),
        contract_id=point.contract_id,
        point_id=target.point_id,
        facts=_facts(target, point, run),
        once=f"limit {target.id} {kind.value} {run[0].started_s}",
    )
    tell(session, subject, readers_of(session, point.contract_id), message)


def _facts(target: ControlTarget, point: MeteringPoint, run: Sequence[Violation]) -> dict[str, str]:
    worst = max(run, key=lambda row: abs(row.value - row.bound))
    zone = ZoneInfo(point.zone_name)
    since, until = (datetime.fromtimestamp(at, zone) for at in (run[0].started_s, run[-1].ended_s))
    return {
        "point": target.name or point.name,
        "since": f"{since:%d.%m.%Y, %H:%M}",
        "until": f"{until:%d.%m.%Y, %H:%M}",
        "count": str(sum(row.intervals for row in run)),
        "value": _thousandth(worst.value),
        "bound": _thousandth(worst.bound),
    }


def _thousandth(value: int) -> str:
    """Wh as kWh with three decimals, as the registers of meters are written."""
    return f"{value / 1000:.3f}".rstrip("0").rstrip(".")


def _point(session: Session, target: ControlTarget) -> MeteringPoint | None:
    """The point, or one of a group's: it has their contract and zone."""
    if target.point_id is not None:
        return session.get(MeteringPoint, target.point_id)
    return session.exec(select(MeteringPoint).where(MeteringPoint.contract_id == target.contract_id)).first()


def _refresh(session: Session, subject: Subject, contracts: Collection[int | None]) -> None:
    """A live event for every user who has one of these contracts."""
    linked = select(ContractLink.user_id).where(col(ContractLink.contract_id).in_(contracts)).distinct()
    users = session.exec(linked.where(col(ContractLink.unlinked_at).is_(None))).all()
    session.add_all(LiveEvent(user_id=user, topic=TOPIC, created_at=subject.at) for user in users)
    session.flush()
