"""«Контроль отклонений»: how everything stands, what was violated, acknowledgement with a comment (Э-58, F-7)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, func, select
from sqlmodel.sql.expression import SelectOfScalar

from energo_cabinet.auth.access import (
    Subject,
    service,
    visible_contract,
    visible_contracts,
    visible_points,
)
from energo_cabinet.domain.control.deviation import Standing, standing
from energo_cabinet.domain.form_text import has_forbidden
from energo_cabinet.errors import Conflict, InvalidInput, NotFound
from energo_cabinet.models import (
    Contract,
    ControlMember,
    ControlState,
    ControlTarget,
    LimitKind,
    LiveEvent,
    MeteringPoint,
    User,
    Violation,
)
from energo_cabinet.services.control.limit_read import Watched, targets_of
from energo_cabinet.services.control.state import Figure, decode_figures
from energo_cabinet.services.control.violation_notice import TOPIC
from energo_cabinet.services.notice.sending import readers_of
from energo_cabinet.settings import get_settings

PAGE, LONGEST_COMMENT = 20, 500
SHOWS = ("all", "open")


@dataclass(frozen=True, slots=True)
class BoardLine:
    """One limit of a target: value and bound in Wh or W (for a plan: fact and plan), as of `at` (local, aware)."""

    name: str
    point_id: int | None
    group_id: int | None
    kind: LimitKind
    standing: Standing
    value: int
    bound: int
    corridor_bp: int
    at: datetime | None


@dataclass(frozen=True, slots=True)
class Board:
    """All limits of a contract; `unset`: names of points and groups without any."""

    lines: tuple[BoardLine, ...]
    unset: tuple[tuple[str, int | None, int | None], ...]
    waiting: int


@dataclass(frozen=True, slots=True)
class ViolationItem:
    """Intervals in a row outside a limit; times local to the target and aware."""

    id: int
    name: str
    point_id: int | None
    group_id: int | None
    kind: LimitKind
    direction: int
    started_at: datetime
    ended_at: datetime
    worst_at: datetime
    intervals: int
    value: int
    bound: int
    excess_wh: int
    acknowledged_at: datetime | None
    acknowledged_by: str
    comment: str
    is_withdrawn: bool


@dataclass(frozen=True, slots=True)
class ViolationPage:
    """A page, newest first; `next` goes on after it, None at the end."""

    items: tuple[ViolationItem, ...]
    next: int | None


@service("customer", "control.board")
def control_board(session: Session, subject: Subject, contract_id: int) -> Board:
    """How the points and groups of a contract stood when their newest values came. NotFound: not the caller's."""
    visible_contract(session, subject, contract_id)
    rows = _targets(session, contract_id)
    watched = targets_of(session, [row.id for row, _ in rows])
    states = {
        s.target_id: s for s in session.exec(select(ControlState).where(col(ControlState.target_id).in_(watched)))
    }
    lines: list[BoardLine] = []
    for row, name in rows:
        target, state = watched.get(row.id), states.get(row.id)
        figures = decode_figures(state.figures) if state else {}
        lines += [
            _line(row, name, target, kind, figures.get(kind)) for kind in LimitKind if target and _is_set(target, kind)
        ]
    own = {(line.point_id, line.group_id) for line in lines}
    every = _names(session, contract_id)
    waiting = session.exec(
        select(func.count()).select_from(_of_contract(contract_id).where(_is_open()).subquery())
    ).one()
    return Board(tuple(lines), tuple(found for found in every if (found[1], found[2]) not in own), int(waiting))


@service("customer", "control.list_violations")
def list_violations(
    session: Session,
    subject: Subject,
    contract_id: int,
    show: str = "all",
    before: int = 0,
    limit: int = PAGE,
) -> ViolationPage:
    """Violations of a contract, newest first; `show` "open": those that nobody has acknowledged."""
    visible_contract(session, subject, contract_id)
    query = _of_contract(contract_id)
    if show == "open":
        query = query.where(_is_open())
    size = min(max(limit, 1), 200)
    place = col(Violation.started_s).desc(), col(Violation.id).desc()
    rows = session.exec(query.order_by(*place).offset(max(before, 0)).limit(size + 1)).all()
    return ViolationPage(_items(session, rows[:size]), max(before, 0) + size if len(rows) > size else None)


@service("customer", "control.acknowledge_violation")
def acknowledge(session: Session, subject: Subject, violation_id: int, comment: str) -> ViolationItem:
    """Accept a violation with an explanation. Conflict: somebody has; InvalidInput: comment."""
    row = _own(session, subject, violation_id)
    problem = _comment_problem(comment)
    if problem:
        raise InvalidInput({"comment": problem}, longest=LONGEST_COMMENT)
    if row.acknowledged_at is not None:
        raise Conflict("already_acknowledged", "comment")
    row.acknowledged_at, row.acknowledged_by, row.comment = subject.at, subject.user_id, comment.strip()
    session.add(row)
    target = session.get(ControlTarget, row.target_id)
    contract_id = _contract_of(session, target)
    for user in readers_of(session, contract_id or 0):
        session.add(LiveEvent(user_id=user.id, topic=TOPIC, created_at=subject.at))
    session.flush()
    return _items(session, [row])[0]


def _comment_problem(comment: object) -> str:
    if not isinstance(comment, str):
        return "wrong_type"
    if not comment.strip():
        return "required"
    if len(comment) > LONGEST_COMMENT:
        return "comment_too_long"
    return "invalid_characters" if any(has_forbidden(line.rstrip("\r")) for line in comment.split("\n")) else ""


def _targets(session: Session, contract_id: int) -> list[tuple[ControlTarget, str]]:
    """Groups by name, then points by number."""
    groups = session.exec(select(ControlTarget).where(ControlTarget.contract_id == contract_id)).all()
    points = (
        select(ControlTarget, MeteringPoint.name)
        .join(MeteringPoint, col(MeteringPoint.id) == ControlTarget.point_id)
        .where(MeteringPoint.contract_id == contract_id)
        .order_by(MeteringPoint.number)
    )
    by_name = sorted(groups, key=lambda row: row.name.casefold())
    return [(row, row.name) for row in by_name] + [(row, name) for row, name in session.exec(points)]


def _names(session: Session, contract_id: int) -> list[tuple[str, int | None, int | None]]:
    groups = session.exec(select(ControlTarget).where(ControlTarget.contract_id == contract_id)).all()
    points = session.exec(select(MeteringPoint).where(MeteringPoint.contract_id == contract_id)).all()
    named: list[tuple[str, int | None, int | None]] = [(g.name, None, g.id) for g in groups]
    return named + [(p.name, p.id, None) for p in sorted(points, key=lambda p: p.number)]


def _is_set(target: Watched, kind: LimitKind) -> bool:
    return target.bounds[list(LimitKind).index(kind)] > 0


def _line(row: ControlTarget, name: str, target: Watched, kind: LimitKind, figure: Figure | None) -> BoardLine:
    place = list(LimitKind).index(kind)
    bound, corridor = target.bounds[place], target.bounds[-1] if kind is LimitKind.PLAN else 0
    value, end = (figure.value, figure.end_s) if figure else (-1, 0)
    if kind is LimitKind.PLAN:
        bound = figure.bound if figure else 0
    how = standing(kind, value, bound, corridor, get_settings().near_limit_percent)
    at = datetime.fromtimestamp(end, ZoneInfo(target.zone_name)) if end and value >= 0 else None
    return BoardLine(name, row.point_id, None if row.point_id else row.id, kind, how, value, bound, corridor, at)


def _of_contract(contract_id: int) -> SelectOfScalar[Violation]:
    points = select(MeteringPoint.id).where(MeteringPoint.contract_id == contract_id)
    own = (col(ControlTarget.contract_id) == contract_id) | col(ControlTarget.point_id).in_(points)
    return select(Violation).where(col(Violation.target_id).in_(select(ControlTarget.id).where(own)))


def _is_open() -> ColumnElement[bool]:
    return col(Violation.acknowledged_at).is_(None) & col(Violation.withdrawn_at).is_(None)


def _own(session: Session, subject: Subject, violation_id: object) -> Violation:
    contracts = visible_contracts(subject).with_only_columns(col(Contract.id))
    points = visible_points(subject).with_only_columns(col(MeteringPoint.id))
    mine = col(ControlTarget.contract_id).in_(contracts) | col(ControlTarget.point_id).in_(points)
    query = select(Violation).join(ControlTarget, col(ControlTarget.id) == Violation.target_id)
    row = session.exec(query.where(Violation.id == violation_id, mine).with_for_update()).first()
    if row is None:
        raise NotFound
    return row


def _contract_of(session: Session, target: ControlTarget | None) -> int | None:
    if target is None or target.contract_id is not None:
        return target.contract_id if target else None
    point = session.get(MeteringPoint, target.point_id)
    return point.contract_id if point else None


def _items(session: Session, rows: Sequence[Violation]) -> tuple[ViolationItem, ...]:
    facts = _facts(session, {row.target_id for row in rows})
    users = select(User.id, User.full_name).where(col(User.id).in_({row.acknowledged_by for row in rows}))
    names: dict[Any, str] = dict(session.exec(users).all())
    return tuple(_item(row, *facts[row.target_id], names.get(row.acknowledged_by, "")) for row in rows)


def _facts(session: Session, ids: set[int]) -> dict[int, tuple[ControlTarget, str, str]]:
    """Target → its row, name and zone."""
    rows = session.exec(select(ControlTarget).where(col(ControlTarget.id).in_(ids))).all()
    member = select(ControlMember.target_id, func.min(ControlMember.point_id)).group_by(col(ControlMember.target_id))
    first = dict(session.exec(member.where(col(ControlMember.target_id).in_(ids))).all())
    wanted = {row.point_id or first.get(row.id, 0) for row in rows}
    points = {p.id: p for p in session.exec(select(MeteringPoint).where(col(MeteringPoint.id).in_(wanted)))}
    found: dict[int, tuple[ControlTarget, str, str]] = {}
    for row in rows:
        point = points.get(row.point_id or first.get(row.id, 0))
        found[row.id] = (row, row.name or (point.name if point else ""), point.zone_name if point else "UTC")
    return found


def _item(row: Violation, target: ControlTarget, name: str, zone_name: str, by: str) -> ViolationItem:
    zone = ZoneInfo(zone_name)
    started, ended, worst = (datetime.fromtimestamp(at, zone) for at in (row.started_s, row.ended_s, row.worst_s))
    return ViolationItem(
        id=row.id,
        name=name,
        point_id=target.point_id,
        group_id=None if target.point_id else target.id,
        kind=row.kind,
        direction=row.direction,
        started_at=started,
        ended_at=ended,
        worst_at=worst,
        intervals=row.intervals,
        value=row.value,
        bound=row.bound,
        excess_wh=row.excess_wh,
        acknowledged_at=row.acknowledged_at.astimezone(UTC).astimezone(zone) if row.acknowledged_at else None,
        acknowledged_by=by,
        comment=row.comment,
        is_withdrawn=row.withdrawn_at is not None,
    )
