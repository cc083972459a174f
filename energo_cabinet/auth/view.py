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
        "account.current_user",
        "balance.contract_balance",
        "bill.list_bills",
        "bill.one_bill",
        "consumption.consumption",
        "contract.list_contracts",
        "control_target.list_targets",
        "energy_data.energy_data",
        "entry.entry_page",
        "entry.list_regions",
        "entry.supplier_logo",
        "event_journal.journals",
        "event_journal.list_all_events",
        "frame.frame",
        "limit.limits_of",
        "load_profile.load_profile",
        "meter_event.event_details",
        "meter_event.journal",
        "meter_event.list_events",
        "metering_point.list_points",
        "metering_point.point_details",
        "network.list_networks",
        "network.network_now",
        "network.network_period",
        "network.voltage_around",
        "network.voltage_week",
        "notification.list_notifications",
        "notification.unread",
        "overview.overview",
        "paired_device.is_phone",
        "plan.plan_fact",
        "plan.plan_of_day",
        "plan.plan_zone",
        "plan.today",
        "quality_claim.quality_terms",
        "reading_meter.meter_to_read",
        "reading_meter.meters_to_read",
        "reading_submission.list_submissions",
        "ticket_reading.latest_tickets",
        "ticket_reading.list_tickets",
        "ticket_reading.ticket_thread",
        "transformer.list_transformers",
        "violation.control_board",
        "violation.list_violations",
    ]
)
"""Services that only read, and of contracts only."""

ALLOWED = frozenset({"account.sign_out", "staff_frame.landing"})
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
