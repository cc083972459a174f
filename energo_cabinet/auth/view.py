"""«Показать как видит абонент»: what may run while a member of the staff looks through a customer's eyes.

Default deny: the listed services read one supplier's contracts and nothing that is the person's own; the database
itself refuses them any write. Staff services run as the member; everything else is refused.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session

from energo_cabinet.errors import PermissionDenied

T = TypeVar("T")

REFUSED = "view_is_read_only"
_ENTERED = "view_is_entered"

READABLE = frozenset(
    [
        "bill.balance",
        "bill.list",
        "bill.open",
        "contract.list",
        "control.board",
        "control.list_targets",
        "control.list_violations",
        "energy.consumption",
        "energy.data",
        "energy.load_profile",
        "home.frame",
        "home.overview",
        "journal.all_events",
        "journal.event",
        "journal.events",
        "journal.list_all",
        "journal.of_point",
        "limit.list",
        "network.list",
        "network.now",
        "network.period",
        "network.voltage_around",
        "network.voltage_week",
        "notification.count_unread",
        "notification.list",
        "person.who_am_i",
        "phone.is_phone",
        "plan.day",
        "plan.fact",
        "plan.today",
        "plan.zone_name",
        "point.list",
        "point.passport",
        "point.transformers",
        "quality.claim_terms",
        "reading.list_submissions",
        "reading.meter_to_read",
        "reading.meters_to_read",
        "supplier.entry_page",
        "supplier.list_regions",
        "supplier.logo",
        "ticket.latest",
        "ticket.list",
        "ticket.thread",
    ]
)
"""Services that only read, and of contracts only."""

ALLOWED = frozenset({"sign_in.leave", "staff.landing"})
"""What may run as it always does: to leave is no write of the customer's."""


def run_in_view(session: Session, name: str, call: Callable[[], T]) -> T:
    """Run a service in a view, or PermissionDenied("view_is_read_only")."""
    if name in ALLOWED or (_ENTERED in session.info and name in READABLE):
        return call()
    if name not in READABLE:
        raise PermissionDenied(REFUSED)
    with _read_only(session):
        result = call()
        session.flush()
        return result


@contextmanager
def _read_only(session: Session) -> Iterator[None]:
    """No write within, whatever the service tries: the database refuses it."""
    session.flush()  # the caller's own session has been touched before
    is_sqlite = session.get_bind().dialect.name == "sqlite"
    session.execute(text("PRAGMA query_only = ON" if is_sqlite else "SET TRANSACTION READ ONLY"))
    session.info[_ENTERED] = True
    try:
        yield
    except DBAPIError as error:
        session.rollback()
        raise PermissionDenied(REFUSED) from error
    finally:
        del session.info[_ENTERED]
        if is_sqlite:
            session.execute(text("PRAGMA query_only = OFF"))
