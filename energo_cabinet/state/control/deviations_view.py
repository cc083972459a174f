"""The board and the journal of deviations in words (Э-58)."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from energo_cabinet import routes
from energo_cabinet.domain.control.deviation import LimitKind, Standing
from energo_cabinet.domain.control.plan_fact import share
from energo_cabinet.formatting import DASH, NBSP, counted, dots, moment, number, quantity
from energo_cabinet.i18n import text
from energo_cabinet.services.control.violation import Board, BoardLine, ViolationItem
from energo_cabinet.state.period import address

TONES = {
    Standing.OVER: "danger",
    Standing.NEAR: "warning",
    Standing.WITHIN: "success",
    Standing.UNKNOWN: "gray",
    Standing.UNSET: "gray",
}


@dataclass(frozen=True)
class BoardRow:
    """A limit and how it stands; `href` leads to the limits of its target."""

    key: str
    name: str
    kind: str
    limit: str
    now: str
    at: str
    deviation: str
    standing: str
    tone: str
    href: str


@dataclass(frozen=True)
class ViolationRow:
    """A violation; `can_accept` while nobody has and it still holds; `href`: where its days are shown."""

    id: int
    began: str
    name: str
    what: str
    lasted: str
    size: str
    detail: str
    status: str
    comment: str
    can_accept: bool
    href: str


def board_rows(board: Board, language: str) -> list[BoardRow]:
    """The worst first where there is something to worry about, then as the points stand; then what has no limit."""
    rank = {Standing.OVER: 0, Standing.NEAR: 1}
    lines = sorted(board.lines, key=lambda line: rank.get(line.standing, 2))
    rows = [_line(line, language) for line in lines]
    words = text("deviations.standing.unset", language)
    return rows + [
        BoardRow(
            f"unset {point} {group}",
            name,
            DASH,
            text("deviations.not_set", language),
            DASH,
            "",
            DASH,
            words,
            "gray",
            _limits(point, group),
        )
        for name, point, group in board.unset
    ]


def violation_rows(items: tuple[ViolationItem, ...], language: str) -> list[ViolationRow]:
    """The journal, as the service gives it."""
    return [_violation(item, language) for item in items]


def alarm_of(items: tuple[ViolationItem, ...], language: str) -> tuple[str, str, int]:
    """Title and text of the newest violation that nobody has accepted, and its id; 0 for none."""
    item = next((i for i in items if i.acknowledged_at is None and not i.is_withdrawn), None)
    if item is None:
        return "", "", 0
    row = _violation(item, language)
    what = row.what[:1].upper() + row.what[1:]
    title = text("deviations.alarm", language, what=what, lasted=row.lasted, when=row.began)
    return title, text("deviations.alarm_text", language, name=item.name, size=f"{row.size}, {row.detail}"), item.id


def _line(line: BoardLine, language: str) -> BoardRow:
    unit = _unit(line.kind, language)
    is_plan = line.kind is LimitKind.PLAN
    corridor = text(
        "deviations.corridor",
        language,
        percent=number(Decimal(line.corridor_bp) / 100, language, 1 if line.corridor_bp % 100 else 0),
    )
    percent = share(line.value - line.bound, line.bound) if line.value >= 0 and line.bound > 0 else None
    shown = "over_plan" if is_plan and line.standing is Standing.OVER else line.standing.value
    return BoardRow(
        key=f"{line.point_id} {line.group_id} {line.kind.value}",
        name=line.name,
        kind=text(f"deviations.kind.{line.kind.value}", language),
        limit=corridor if is_plan else _amount(line.bound, unit, language),
        now=_amount(line.value, unit, language) if line.value >= 0 else DASH,
        at=text("deviations.at", language, moment=moment(line.at)) if line.at else "",
        deviation=DASH if percent is None else f"{number(percent, language, 1, signed=True)}{NBSP}%",
        standing=text(f"deviations.standing.{shown}", language),
        tone=TONES[line.standing],
        href=_limits(line.point_id, line.group_id),
    )


def _violation(item: ViolationItem, language: str) -> ViolationRow:
    unit = _unit(item.kind, language)
    over = "below" if item.direction < 0 else item.kind.value
    percent = share(item.value - item.bound, item.bound)
    by_share = f"{number(percent, language, 1, signed=True)}{NBSP}%" if percent is not None else ""
    by_amount = _amount(item.value - item.bound, unit, language, signed=True)
    pair = {"value": _amount(item.value, unit, language), "bound": _amount(item.bound, unit, language)}
    accepted = item.acknowledged_by if item.acknowledged_at else ""
    when = f"{item.acknowledged_at:%d.%m.%Y}" if item.acknowledged_at else ""
    withdrawn = text("deviations.withdrawn", language) if item.is_withdrawn else ""
    return ViolationRow(
        id=item.id,
        began=moment(item.started_at),
        name=item.name,
        what=text(f"deviations.over.{over}", language),
        lasted=_lasted(item, language),
        size=by_share if item.kind is LimitKind.PLAN and by_share else by_amount,
        detail=text("deviations.plan_of" if item.kind is LimitKind.PLAN else "deviations.value_of", language, **pair),
        status=withdrawn or accepted or text("deviations.not_accepted", language),
        comment=dots([when, item.comment]),
        can_accept=item.acknowledged_at is None and not item.is_withdrawn,
        href=_shown(item),
    )


def _lasted(item: ViolationItem, language: str) -> str:
    minutes = round((item.ended_at - item.started_at).total_seconds()) // 60
    if minutes % 60 == 0 and minutes < 48 * 60:
        return counted(minutes // 60, "plan.count", language)
    if minutes < 120:
        return counted(minutes, "deviations.minutes", language)
    if minutes >= 48 * 60:
        return counted(minutes // 1440, "points.days", language)
    return f"{counted(minutes // 60, 'plan.count', language)} {counted(minutes % 60, 'deviations.minutes', language)}"


def _unit(kind: LimitKind, language: str) -> str:
    return text("unit.kw" if kind is LimitKind.POWER else "unit.kwh", language)


def _amount(value: int, unit: str, language: str, signed: bool = False) -> str:
    return quantity(Decimal(value) / 1000, unit, language, 1, signed)


def _limits(point_id: int | None, group_id: int | None) -> str:
    return address(routes.LIMITS, None, **({"point": point_id} if point_id else {"group": group_id or 0}))


def _shown(item: ViolationItem) -> str:
    """The day in the comparison, or in the point's load profile."""
    day = item.started_at.date().isoformat()
    if item.kind is LimitKind.PLAN or item.point_id is None:
        target = {"point": item.point_id} if item.point_id else {"group": item.group_id or 0}
        return address(routes.PLAN_FACT, None, first=day, last=day, **target)
    return address(routes.point(item.point_id, "load-profile"), None, first=day, last=day)
