"""What is planned and limited: a point, or a group of points of one contract that a customer puts together (F-7)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, delete, func, select

from energo_cabinet.auth.access import Subject, service, visible_contract, visible_contracts, visible_point
from energo_cabinet.domain.form_text import text_problem
from energo_cabinet.domain.time.local_day import from_epoch_day
from energo_cabinet.errors import InvalidInput, NotFound
from energo_cabinet.models import (
    Channel,
    Contract,
    ControlDue,
    ControlMember,
    ControlState,
    ControlTarget,
    MeteringPoint,
    PlanDay,
    PlanDayVersion,
    ProfileDay,
    ProfileSeries,
    Violation,
)

LONGEST_NAME, MOST_MEMBERS = 100, 200


@dataclass(frozen=True, slots=True)
class TargetCard:
    """A point or a group that can be chosen. `members`: ids of a group's points; `newest_on`: last day measured."""

    name: str
    point_id: int | None = None
    group_id: int | None = None
    members: tuple[int, ...] = ()
    has_plan: bool = False
    newest_on: date | None = None


@dataclass(frozen=True, slots=True)
class Load:
    """A target with what it is measured by. `series`: (series id, ratio); `row`: its limits, None for none yet."""

    name: str
    zone_name: str
    contract_id: int | None
    point_id: int | None
    group_id: int | None
    series: tuple[tuple[int, float], ...]
    row: ControlTarget | None

    @property
    def target_id(self) -> int:
        """Id of its row, 0 before there is one."""
        return (self.row.id) if self.row else 0


@service("customer", "control.list_targets")
def list_targets(session: Session, subject: Subject, contract_id: int) -> list[TargetCard]:
    """Groups, then points of a contract, by name. NotFound: not the caller's contract."""
    visible_contract(session, subject, contract_id)
    points = session.exec(select(MeteringPoint).where(MeteringPoint.contract_id == contract_id)).all()
    ids = [point.id for point in points]
    newest = _newest(session, ids)
    groups = session.exec(select(ControlTarget).where(ControlTarget.contract_id == contract_id)).all()
    of_points = session.exec(select(ControlTarget).where(col(ControlTarget.point_id).in_(ids))).all()
    planned = _planned(session, [row.id for row in (*groups, *of_points)])
    rows = {row.point_id: row.id for row in of_points}
    members = _members(session, [group.id for group in groups])
    cards = [
        TargetCard(g.name, None, g.id, members[g.id], g.id in planned, _last(newest, members[g.id]))
        for g in sorted(groups, key=lambda g: g.name.casefold())
    ]
    return cards + [
        TargetCard(p.name, p.id, None, (), rows.get(p.id, 0) in planned, newest.get(p.id))
        for p in sorted(points, key=lambda p: p.number)
    ]


@service("customer", "control.save_group")
def save_group(
    session: Session,
    subject: Subject,
    contract_id: int,
    title: str,
    members: Sequence[int],
    group_id: int | None = None,
) -> int:
    """Make a group of points of a contract, or change one; its id. InvalidInput: title, members."""
    visible_contract(session, subject, contract_id)
    row = ControlTarget(contract_id=contract_id) if group_id is None else _group(session, subject, group_id)
    if row.contract_id != contract_id:
        raise NotFound
    _check_group(session, contract_id, title, members)
    row.name, row.changed_at, row.changed_by = title.strip(), subject.at, subject.user_id
    session.add(row)
    session.flush()
    session.exec(delete(ControlMember).where(col(ControlMember.target_id) == row.id))
    session.add_all(ControlMember(target_id=row.id, point_id=point_id) for point_id in set(members))
    session.flush()
    return row.id


@service("customer", "control.delete_group")
def delete_group(session: Session, subject: Subject, group_id: int) -> None:
    """Delete a group with its plan, limits and violations; its points stay as they are."""
    row = _group(session, subject, group_id)
    for table in (ControlMember, ControlState, ControlDue, Violation, PlanDay, PlanDayVersion):
        session.exec(delete(table).where(col(table.target_id) == row.id))
    session.delete(row)
    session.flush()


def load_of(session: Session, subject: Subject, point_id: int | None, group_id: int | None) -> Load:
    """A visible point or group; NotFound for anything else, both, or neither."""
    if (point_id is None) == (group_id is None):
        raise NotFound
    if group_id is not None:
        row = _group(session, subject, group_id)
        points = _points_of(session, row)
        zone = points[0].zone_name if points else "UTC"
        return Load(row.name, zone, row.contract_id, None, row.id, _series(session, points), row)
    point = visible_point(session, subject, point_id or 0)
    own = session.exec(select(ControlTarget).where(ControlTarget.point_id == point.id)).first()
    series = _series(session, [point])
    return Load(point.name, point.zone_name, point.contract_id, point.id, None, series, own)


def row_of(session: Session, subject: Subject, load: Load) -> ControlTarget:
    """The row of a target, made when there is none yet."""
    if load.row is not None:
        return load.row
    row = ControlTarget(point_id=load.point_id)
    session.add(row)
    session.flush()
    return row


def _group(session: Session, subject: Subject, group_id: object) -> ControlTarget:
    contracts = visible_contracts(subject).with_only_columns(col(Contract.id))
    mine = (ControlTarget.id == group_id, col(ControlTarget.contract_id).in_(contracts))
    row = session.exec(select(ControlTarget).where(*mine)).first()
    if row is None:
        raise NotFound
    return row


def _points_of(session: Session, group: ControlTarget) -> list[MeteringPoint]:
    """Those that still belong to the group's contract: a point that has moved to another one is a stranger's."""
    query = select(MeteringPoint).join(ControlMember, col(ControlMember.point_id) == MeteringPoint.id)
    own = (ControlMember.target_id == group.id, MeteringPoint.contract_id == group.contract_id)
    return list(session.exec(query.where(*own).order_by(col(MeteringPoint.id))))


def _series(session: Session, points: Iterable[MeteringPoint]) -> tuple[tuple[int, float], ...]:
    ratios = {point.id: float(point.current_ratio * point.voltage_ratio) for point in points}
    rows = session.exec(select(ProfileSeries).where(_of_points(list(ratios))).order_by(col(ProfileSeries.id)))
    return tuple((row.id, 1.0 if row.is_primary else ratios[row.point_id]) for row in rows)


def _of_points(ids: Sequence[int | None]):  # type: ignore[no-untyped-def]  # noqa: ANN202
    return (col(ProfileSeries.point_id).in_(ids)) & (col(ProfileSeries.channel) == Channel.A_PLUS)


def _newest(session: Session, ids: Sequence[int]) -> dict[int, date]:
    """Point → the last day of its load profile."""
    last = select(func.max(ProfileDay.day)).where(ProfileDay.series_id == ProfileSeries.id).scalar_subquery()
    rows = session.exec(select(ProfileSeries.point_id, last).where(_of_points(ids)))
    return {point_id: from_epoch_day(day) for point_id, day in rows if day is not None}


def _last(newest: Mapping[int, date], members: Sequence[int]) -> date | None:
    return max((newest[member] for member in members if member in newest), default=None)


def _planned(session: Session, ids: Sequence[int]) -> set[int]:
    return set(session.exec(select(PlanDay.target_id).where(col(PlanDay.target_id).in_(ids)).distinct()))


def _members(session: Session, ids: Sequence[int]) -> dict[int, tuple[int, ...]]:
    rows = session.exec(select(ControlMember).where(col(ControlMember.target_id).in_(ids))).all()
    return {i: tuple(sorted(row.point_id for row in rows if row.target_id == i)) for i in ids}


def _check_group(session: Session, contract_id: int, title: object, members: Sequence[int]) -> None:
    wrong = {"title": text_problem(title, LONGEST_NAME)}
    asked = set(members) if all(type(member) is int for member in members) else set()
    query = select(MeteringPoint.id, MeteringPoint.zone_name).where(MeteringPoint.contract_id == contract_id)
    known = dict(session.exec(query).all())
    if len(asked) < 2 or len(asked) > MOST_MEMBERS or not asked <= known.keys():
        wrong["members"] = "group_members"
    elif len({known[point_id] for point_id in asked}) > 1:
        wrong["members"] = "group_zones"
    if any(wrong.values()):
        raise InvalidInput({name: code for name, code in wrong.items() if code})
