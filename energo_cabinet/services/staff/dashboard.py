"""«Сводка»: what a supplier's day looks like in numbers, a statement a table."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import case
from sqlalchemy import text as literal_sql
from sqlmodel import Session, and_, col, func, select

from energo_cabinet.auth.access import Subject, service
from energo_cabinet.auth.supplier_access import of_supplier
from energo_cabinet.models import (
    ImportJob,
    ImportStatus,
    LinkRequest,
    LinkRequestStatus,
    LoginSession,
    Supplier,
    Ticket,
    User,
)
from energo_cabinet.services.staff.failure import failure_counts, of_people
from energo_cabinet.settings import get_settings

AGES = (1, 3, 7, 14, 30)
"""Days between the bars of «по возрасту»; older ones are the last bar."""
WEEKS = 12
BAD_IMPORTS = (ImportStatus.REFUSED, ImportStatus.FAILED, ImportStatus.PARTIAL)


@dataclass(frozen=True, slots=True)
class Dashboard:
    """Numbers of the member's supplier. `ages`: open tickets per AGES and beyond; `weeks`: (Monday, registered)."""

    open_tickets: int
    overdue: int
    requests: int
    imports: int
    imports_refused: int
    letters_failed: int
    sms_failed: int
    deliveries_failed: int
    sign_ins: int
    ages: tuple[int, ...]
    weeks: tuple[tuple[date, int], ...]


@service("staff:dashboard", "staff.dashboard", audited=False)
def dashboard(session: Session, subject: Subject) -> Dashboard:
    """The whole page at once."""
    today, start = _day(session, subject)
    ages, overdue = _tickets(session, subject, today)
    imports, refused = _imports(session, subject, start)
    failed = failure_counts(session, subject)
    return Dashboard(
        open_tickets=sum(ages),
        overdue=overdue,
        requests=_requests(session, subject),
        imports=imports,
        imports_refused=refused,
        letters_failed=failed["letter"],
        sms_failed=failed["sms"],
        deliveries_failed=failed["delivery"],
        sign_ins=_count(
            session,
            LoginSession,
            col(LoginSession.created_at) >= start,
            of_people(subject, LoginSession.user_id, User.id),
        ),
        ages=ages,
        weeks=_weeks(session, subject, today, start.tzinfo),
    )


def _day(session: Session, subject: Subject) -> tuple[date, datetime]:
    """The supplier's day and its midnight."""
    number = None if subject.kind == "system" else subject.member.supplier_id
    name = session.get_one(Supplier, number).zone_name if number is not None else ""
    zone = ZoneInfo(name or get_settings().default_zone)
    today = subject.at.astimezone(zone).date()
    return today, datetime.combine(today, time(), zone)


def _sum(condition: Any) -> Any:
    return func.coalesce(func.sum(case((condition, 1), else_=0)), 0)


def _tickets(session: Session, subject: Subject, today: date) -> tuple[tuple[int, ...], int]:
    made, edges = col(Ticket.created_at), [subject.at - timedelta(days=days) for days in AGES]
    sums = [_sum(made > edges[0])]
    sums += [_sum(and_(made <= newer, made > older)) for newer, older in itertools.pairwise(edges)]
    sums += [_sum(made <= edges[-1]), _sum(col(Ticket.answer_due_on) < today)]
    is_open = literal_sql("ticket.status <> 'closed'")
    row = session.execute(
        select(*sums).select_from(Ticket).where(of_supplier(subject, Ticket.supplier_id), is_open)
    ).one()
    return tuple(row[:-1]), row[-1]


def _requests(session: Session, subject: Subject) -> int:
    waiting = col(LinkRequest.status) == LinkRequestStatus.WAITING
    return _count(session, LinkRequest, waiting, of_supplier(subject, LinkRequest.supplier_id))


def _imports(session: Session, subject: Subject, start: datetime) -> tuple[int, int]:
    bad = _sum(col(ImportJob.status).in_(BAD_IMPORTS))
    mine = (of_supplier(subject, ImportJob.supplier_id), col(ImportJob.created_at) >= start)
    row = session.execute(select(func.count(), bad).select_from(ImportJob).where(*mine)).one()
    return row[0], row[1]


def _weeks(session: Session, subject: Subject, today: date, zone: Any) -> tuple[tuple[date, int], ...]:
    first = today - timedelta(days=today.weekday() + 7 * (WEEKS - 1))
    days = [first + timedelta(days=7 * n) for n in range(WEEKS + 1)]
    edges = [datetime.combine(day, time(), zone) for day in days]
    made = col(User.created_at)
    sums = [_sum(and_(made >= start, made < end)) for start, end in itertools.pairwise(edges)]
    query = select(*sums).select_from(User).where(made >= edges[0], of_people(subject, User.id, User.id))
    return tuple(zip(days, session.execute(query).one(), strict=False))


def _count(session: Session, table: Any, *conditions: Any) -> int:
    return int(session.execute(select(func.count()).select_from(table).where(*conditions)).scalar_one())
