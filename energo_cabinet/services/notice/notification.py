"""Notifications as their reader sees them: list, unread counts, read one, read all (Н-128…Н-137)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any, Literal
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Integer, Row, bindparam
from sqlmodel import Session, and_, col, func, or_, select, update
from sqlmodel.sql.expression import SelectOfScalar

from energo_cabinet.auth.access import Subject, caller, live_links, service, visible_contracts
from energo_cabinet.errors import NotFound
from energo_cabinet.models import (
    Contract,
    ContractLink,
    LiveEvent,
    Notification,
    NotificationKind,
    NotificationSource,
    Supplier,
)
from energo_cabinet.settings import get_settings

TOPIC = "notifications"
"""Of the live events that say: a user's notifications have changed."""

PAGE, LONGEST_PAGE = 20, 200

Show = Literal["all", "unread", "supplier", "meters"]
SHOWS: tuple[Show, ...] = ("all", "unread", "supplier", "meters")


@dataclass(frozen=True, slots=True)
class Works:
    """Planned works: from when to when (local to the supplier, aware), where; whether they are over."""

    start: datetime
    end: datetime
    address: str
    is_over: bool


@dataclass(frozen=True, slots=True)
class NotificationItem:
    """One notification. `title` "": worded by `kind` and `facts`; `created_at` is local to the supplier and aware.

    `works`: of planned works whose period the supplier told.
    """

    id: int
    kind: NotificationKind
    title: str
    text: str
    facts: dict[str, str]
    supplier_name: str
    contract_title: str
    link_id: int | None
    point_id: int | None
    created_at: datetime
    is_read: bool
    works: Works | None = None


@dataclass(frozen=True, slots=True)
class NotificationPage:
    """A page, newest first; `next` goes on after it as `before_id`, None at the end."""

    items: tuple[NotificationItem, ...]
    next: int | None


@dataclass(frozen=True, slots=True)
class Unread:
    """How many are unread, in all and by contract (link id → count, none for a contract without)."""

    total: int
    by_link: dict[int, int]


@service("customer", "notification.list")
def list_notifications(
    session: Session,
    subject: Subject,
    show: str = "all",
    before_id: int | None = None,
    limit: int = PAGE,
    keep_id: int | None = None,
) -> NotificationPage:
    """A page of the caller's notifications after the row `before_id`; anything unknown in `show` is "all".

    `keep_id`: one that stays in the list of unread ones though it has been read meanwhile.
    """
    size = min(max(limit, 1), LONGEST_PAGE)
    before = _own(session, subject, before_id) if before_id is not None else None
    query = _page_query(show if show in SHOWS else "all", bool(keep_id), before is not None)
    params: dict[str, Any] = caller(subject) | {"limit": size + 1, "keep": keep_id}
    if before is not None:
        params |= {"before": before.id, "before_at": before.created_at}
    found = tuple(_item(row, subject.at) for row in session.execute(query, params))
    return NotificationPage(found[:size], found[size - 1].id if len(found) > size else None)


@service("customer", "notification.count_unread")
def unread(session: Session, subject: Subject) -> Unread:
    """The caller's unread notifications, counted."""
    rows = session.execute(_UNREAD, caller(subject)).all()
    return Unread(sum(count for _, count in rows), {link: count for link, count in rows if link is not None})


@service("customer", "notification.mark_read")
def read_notification(session: Session, subject: Subject, notification_id: int) -> NotificationItem:
    """Mark one as read, the first time it is opened, and return it."""
    row = _own(session, subject, notification_id)
    first = update(Notification).where(col(Notification.id) == row.id, col(Notification.read_at).is_(None))
    if session.exec(first.values(read_at=subject.at)).rowcount:
        session.add(LiveEvent(user_id=subject.user, topic=TOPIC, created_at=subject.at))
    one = _with_senders(_visible(subject).where(Notification.id == row.id), 1)
    return _item(session.execute(one, caller(subject)).one(), subject.at)


@service("customer", "notification.mark_all_read")
def read_all(session: Session, subject: Subject) -> int:
    """Mark every notification the caller can see as read; how many were not."""
    ids = _visible(subject).with_only_columns(col(Notification.id)).where(col(Notification.read_at).is_(None))
    done = session.exec(update(Notification).where(col(Notification.id).in_(ids)).values(read_at=subject.at))
    if done.rowcount:
        session.add(LiveEvent(user_id=subject.user, topic=TOPIC, created_at=subject.at))
    return int(done.rowcount)


def _visible(subject: Subject) -> SelectOfScalar[Notification]:
    """The caller's own, without those of contracts that have left the cabinet and those he did not want here."""
    contracts = visible_contracts(subject).with_only_columns(col(Contract.id))
    own = select(Notification).where(Notification.user_id == subject.user, col(Notification.is_shown).is_(True))
    of_contracts = col(Notification.contract_id).in_(contracts)
    is_own = subject.viewing_supplier_id is None
    return own.where(or_(col(Notification.contract_id).is_(None), of_contracts) if is_own else of_contracts)


def _own(session: Session, subject: Subject, notification_id: int) -> Notification:
    row = session.exec(_visible(subject).where(Notification.id == notification_id)).first()
    if row is None:
        raise NotFound
    return row


def _filter(show: str, keeps: bool) -> list[ColumnElement[bool]]:
    if show == "unread":
        unread_: ColumnElement[bool] = col(Notification.read_at).is_(None)
        return [or_(unread_, col(Notification.id) == bindparam("keep")) if keeps else unread_]
    if show in set(NotificationSource):
        return [col(Notification.kind).in_([kind for kind in NotificationKind if kind.source == show])]
    return []


def _older() -> ColumnElement[bool]:
    at, number = col(Notification.created_at), col(Notification.id)
    then: Any = bindparam("before_at", type_=Notification.__table__.c.created_at.type)  # type: ignore[attr-defined]
    return or_(at < then, and_(at == then, number < bindparam("before")))


@lru_cache(maxsize=64)
def _page_query(show: str, keeps: bool, is_after: bool) -> Any:
    """The statement of a page, built once a kind: the caller's own, shown, of contracts still in the cabinet."""
    contracts = select(_LIVE.c.contract_id)
    own = select(Notification).where(
        Notification.user_id == bindparam("user"),
        col(Notification.is_shown).is_(True),
        or_(_OF_NONE, col(Notification.contract_id).in_(contracts)),
        *_filter(show, keeps),
    )
    return _with_senders(own.where(_older()) if is_after else own, bindparam("limit"))


def _with_senders(query: SelectOfScalar[Notification], limit: Any) -> Any:
    """The newest of them, with supplier and contract."""
    newest = query.order_by(col(Notification.created_at).desc(), col(Notification.id).desc()).limit(limit).subquery()
    name: Any = col(Supplier.name).label("supplier")
    title = _LIVE.c.title.label("contract")
    return (
        select(newest, name, Supplier.zone_name, _LIVE.c.id.label("link_id"), title)  # type: ignore[call-overload]
        .outerjoin(Contract, col(Contract.id) == newest.c.contract_id)
        .outerjoin(Supplier, col(Supplier.id) == Contract.supplier_id)
        .outerjoin(_LIVE, _LIVE.c.contract_id == newest.c.contract_id)
        .order_by(newest.c.created_at.desc(), newest.c.id.desc())
    )


def _item(row: Row, at: datetime) -> NotificationItem:  # type: ignore[type-arg]
    zone = ZoneInfo(row.zone_name or get_settings().default_zone)
    return NotificationItem(
        id=row.id,
        kind=row.kind,
        title=row.title,
        text=row.text,
        facts=dict(row.facts),
        supplier_name=row.supplier or "",
        contract_title=row.contract or "",
        link_id=row.link_id,
        point_id=row.point_id,
        created_at=row.created_at.astimezone(zone),
        is_read=row.read_at is not None,
        works=_works(row, zone, at),
    )


def _works(row: Row, zone: ZoneInfo, at: datetime) -> Works | None:  # type: ignore[type-arg]
    if row.kind != NotificationKind.PLANNED_WORKS or not {"start", "end"} <= row.facts.keys():
        return None
    start, end = (datetime.fromisoformat(row.facts[name]).astimezone(zone) for name in ("start", "end"))
    return Works(start, end, row.facts.get("address", ""), end <= at)


_LINKED = select(ContractLink.id, ContractLink.contract_id, ContractLink.title).where(*live_links())
_OF_NONE = and_(col(Notification.contract_id).is_(None), bindparam("viewing", 0, Integer) == 0)
"""About no contract: for the person's own eyes only, as it may be another supplier's."""
_LIVE = _LINKED.subquery()
_UNREAD = (  # built once: every page runs it
    select(_LIVE.c.id, func.count())
    .select_from(Notification)
    .outerjoin(_LIVE, _LIVE.c.contract_id == Notification.contract_id)
    .where(
        Notification.user_id == bindparam("user"),
        col(Notification.is_shown).is_(True),
        col(Notification.read_at).is_(None),
        or_(_OF_NONE, _LIVE.c.id.is_not(None)),
    )
    .group_by(_LIVE.c.id)
)
