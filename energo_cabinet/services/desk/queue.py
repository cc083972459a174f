"""The queue of обращения of a supplier: overdue on top, then by deadline, then what waits for nobody, newest first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, case, tuple_
from sqlalchemy import text as literal_sql
from sqlmodel import Session, and_, col, func, or_, select
from sqlmodel.sql.expression import SelectOfScalar

from energo_cabinet.auth.access import Subject, service
from energo_cabinet.auth.looks import looked_at
from energo_cabinet.auth.supplier_access import of_supplier
from energo_cabinet.domain.time.working_days import NONE, OwnDays, working_days_between
from energo_cabinet.domain.typed import day_of, whole_number
from energo_cabinet.models import Contract, GatewayKind, Supplier, Ticket, TicketCategory, TicketStatus, User
from energo_cabinet.services.ticket.term import own_days
from energo_cabinet.settings import get_settings

PAGE, LONGEST_PAGE = 30, 200
OPEN = "open"
STATUSES = (OPEN, "all", *(status.value for status in TicketStatus))
MINE, NOBODY = "mine", "nobody"


@dataclass(frozen=True, slots=True)
class DeskFilter:
    """What is looked for. `status`: one of STATUSES; `assignee`: "", "mine", "nobody" or a colleague's user id."""

    status: str = OPEN
    category: str = ""
    assignee: str = ""
    is_overdue: bool = False
    text: str = ""


@dataclass(frozen=True, slots=True)
class DeskRow:
    """A ticket in the queue. `days_left`: working days to the deadline, None without one; negative when it is over."""

    id: int
    number: int
    theme: str
    customer: str
    contract: str
    category: TicketCategory
    status: TicketStatus
    due_on: date | None
    days_left: int | None
    is_overdue: bool
    assignee: str
    is_mine: bool
    created_at: datetime
    is_foreign: bool = False


@dataclass(frozen=True, slots=True)
class DeskCounts:
    """Open tickets: all, the caller's, nobody's, overdue, due today."""

    open: int = 0
    mine: int = 0
    nobody: int = 0
    overdue: int = 0
    today: int = 0


@dataclass(frozen=True, slots=True)
class DeskPage:
    """A page of the queue; `next` goes on after it, "" at the end."""

    items: tuple[DeskRow, ...]
    next: str
    counts: DeskCounts


@service("staff:desk", "desk.queue")
def desk_queue(
    session: Session, subject: Subject, asked: DeskFilter | None = None, after: str = "", limit: int = PAGE
) -> DeskPage:
    """A page of the queue with its counters. `after`: `DeskPage.next`; anything else begins at the top."""
    return _page(session, subject, asked or DeskFilter(), after, limit)


@service("staff:desk", "desk.queue_again", audited=False)
def desk_queue_again(
    session: Session, subject: Subject, asked: DeskFilter | None = None, limit: int = PAGE
) -> DeskPage:
    """The queue that is open already, after something has changed: as many as are shown."""
    looked_at(is_list=True)
    return _page(session, subject, asked or DeskFilter(), "", limit)


def _page(session: Session, subject: Subject, asked: DeskFilter, after: str, limit: int) -> DeskPage:
    size = min(max(limit, 1), LONGEST_PAGE)
    today, own = desk_day(session, subject)
    wanted = [of_supplier(subject, Ticket.supplier_id), *_wanted(subject, asked, today)]
    found: list[Ticket] = []
    due, cursor = _cursor(after)
    if (due is not None or not cursor) and asked.status != TicketStatus.CLOSED:
        found = list(session.exec(_dated(wanted, due, cursor).limit(size + 1)))
    if len(found) <= size and not asked.is_overdue:
        past = cursor if due is None else 0
        found += session.exec(_undated(wanted, past).limit(size + 1 - len(found)))
    names = _names(session, found[:size])
    items = tuple(_row(subject, ticket, names, today, own) for ticket in found[:size])
    more = len(found) > size
    return DeskPage(items, _place(items[-1]) if more else "", _counts(session, subject, today))


def desk_day(session: Session, subject: Subject) -> tuple[date, OwnDays]:
    """The member's day, and where the calendar of the supplier differs from the country's."""
    number = None if subject.kind == "system" else subject.member.supplier_id
    if number is None:
        return subject.at.astimezone(ZoneInfo(get_settings().default_zone)).date(), NONE
    zone = session.get_one(Supplier, number).zone_name or get_settings().default_zone
    return subject.at.astimezone(ZoneInfo(zone)).date(), own_days(session, number)


def _wanted(subject: Subject, asked: DeskFilter, today: date) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if asked.status in set(TicketStatus):
        found.append(col(Ticket.status) == TicketStatus(asked.status))
    if asked.status != "all" and asked.status != TicketStatus.CLOSED:
        found.append(literal_sql("ticket.status <> 'closed'"))  # type: ignore[arg-type]  # as the partial index says it
    if asked.category in set(TicketCategory):
        found.append(col(Ticket.category) == TicketCategory(asked.category))
    if asked.assignee == MINE:
        found.append(col(Ticket.assignee_id) == subject.user_id)
    elif asked.assignee == NOBODY:
        found.append(col(Ticket.assignee_id).is_(None))
    elif (assignee := whole_number(asked.assignee, 9)) is not None:
        found.append(col(Ticket.assignee_id) == assignee)
    if asked.is_overdue:
        found.append(col(Ticket.answer_due_on) < today)
    for word in asked.text.casefold().replace("№", "").split()[:8]:
        found.append(or_(*(c.contains(word, autoescape=True) for c in (col(Ticket.searched), col(Ticket.author)))))
    return found


def _dated(wanted: list[ColumnElement[bool]], due: date | None, ticket_id: int) -> SelectOfScalar[Ticket]:
    query = select(Ticket).where(*wanted, col(Ticket.answer_due_on).is_not(None))
    if due is not None:
        query = query.where(tuple_(col(Ticket.answer_due_on), col(Ticket.id)) > tuple_(due, ticket_id))
    return query.order_by(col(Ticket.answer_due_on), col(Ticket.id))


def _undated(wanted: list[ColumnElement[bool]], ticket_id: int) -> SelectOfScalar[Ticket]:
    query = select(Ticket).where(*wanted, col(Ticket.answer_due_on).is_(None))
    query = query.where(col(Ticket.id) < ticket_id) if ticket_id else query
    return query.order_by(col(Ticket.id).desc())


@dataclass(frozen=True, slots=True)
class _Names:
    """Who and what the tickets of a page are about, by id: read after the page, so that nothing stands in its order."""

    people: dict[int, str]
    contracts: dict[int, tuple[str, str]]
    foreign: frozenset[int]


def _names(session: Session, tickets: Sequence[Ticket]) -> _Names:
    people = {one.user_id for one in tickets} | {one.assignee_id for one in tickets if one.assignee_id}
    contracts, suppliers = {one.contract_id for one in tickets}, {one.supplier_id for one in tickets}
    named = session.execute(select(User.id, User.full_name).where(col(User.id).in_(people)))
    known = select(Contract.id, Contract.number, Contract.customer_name)
    numbers = session.execute(known.where(col(Contract.id).in_(contracts)))
    remote = (col(Supplier.id).in_(suppliers), Supplier.gateway != GatewayKind.LOCAL)
    foreign = session.exec(select(Supplier.id).where(*remote))
    return _Names(
        people={row[0]: row[1] for row in named},
        contracts={row[0]: (row[1], row[2]) for row in numbers},
        foreign=frozenset(number or 0 for number in foreign),
    )


def _place(row: DeskRow) -> str:
    return f"{row.due_on or ''}:{row.id}"


def _cursor(after: str) -> tuple[date | None, int]:
    """(deadline, id) of the row before; (None, 0) at the top, (None, id) among those without a deadline."""
    given, _, number = after.partition(":") if isinstance(after, str) else ("", "", "")
    day, ticket_id = day_of(given), whole_number(number, 9)
    return (None, 0) if ticket_id is None or (given and day is None) else (day, ticket_id)


def _row(subject: Subject, ticket: Ticket, names: _Names, today: date, own: OwnDays) -> DeskRow:
    due, (contract, customer) = ticket.answer_due_on, names.contracts[ticket.contract_id]
    return DeskRow(
        id=ticket.id,
        number=ticket.number,
        theme=ticket.theme,
        customer=names.people.get(ticket.user_id) or customer,
        contract=contract,
        category=ticket.category,
        status=ticket.status,
        due_on=due,
        days_left=None if due is None else working_days_between(today, due, own),
        is_overdue=due is not None and due < today,
        assignee=names.people.get(ticket.assignee_id or 0, ""),
        is_mine=ticket.assignee_id is not None and ticket.assignee_id == subject.user_id,
        created_at=ticket.created_at,
        is_foreign=ticket.supplier_id in names.foreign,
    )


def _counts(session: Session, subject: Subject, today: date) -> DeskCounts:
    def sums(condition: Any) -> Any:
        return func.coalesce(func.sum(case((condition, 1), else_=0)), 0)

    due, who = col(Ticket.answer_due_on), col(Ticket.assignee_id)
    is_open = and_(of_supplier(subject, Ticket.supplier_id), literal_sql("ticket.status <> 'closed'"))
    counted = (func.count(), sums(who == subject.user_id), sums(who.is_(None)), sums(due < today), sums(due == today))
    return DeskCounts(*session.execute(select(*counted).select_from(Ticket).where(is_open)).one())  # type: ignore[call-overload]
