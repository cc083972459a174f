"""Whose data an account, an address or a device looked at between two moments: the duty of 24 and 72 hours.

From `data_look`, and from the audit journal, which knows what staff have opened and since before there were looks.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from ipaddress import ip_address
from typing import Any, Literal
from zoneinfo import ZoneInfo

from sqlmodel import Session, col, delete, func, or_, select

from energo_cabinet.auth.access import Subject, service
from energo_cabinet.auth.audit import audit_note
from energo_cabinet.auth.supplier_access import of_supplier
from energo_cabinet.domain.typed import MAX_ID, whole_number
from energo_cabinet.errors import InvalidInput
from energo_cabinet.models import AuditEntry, Contract, DataLook, Supplier, User
from energo_cabinet.services.notice.administrators import tell_administrators
from energo_cabinet.services.table import Label, Row, Table
from energo_cabinet.settings import get_settings

MOST = 5000
"""Lines of the two sources that are read; a report beyond says that it is cut."""

By = Literal["account", "address", "session", "phone"]
WAYS: tuple[By, ...] = ("account", "address", "session", "phone")
COLUMNS = ("look_kind", "contract_number", "look_whose", "supplier", "look_by", "look_ip", "look_first", "look_last")


@dataclass(slots=True)
class Seen:
    """A contract, a person ("person") or a supplier's lists that were looked at.

    Times in the default zone; `by`: e-mails of the accounts, `ips`: their addresses.
    """

    kind: Literal["contract", "person", "list"]
    number: str
    whose: str
    supplier: str
    first: datetime
    last: datetime
    by: set[str] = field(default_factory=set)
    ips: set[str] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class LookReport:
    """What was looked at, contracts first; `kept_since`: looks of before are forgotten; `is_cut`: there is more."""

    rows: tuple[Seen, ...]
    first: datetime
    last: datetime
    kept_since: datetime
    is_cut: bool


Line = tuple[int, int, int, str, int, datetime, datetime]
"""contract, person, supplier, address, account, first, last."""


@service("staff:admin", "look.report", step_up=True)
def look_report(session: Session, subject: Subject, by: str, value: str, first: str, last: str) -> LookReport:
    """Of the caller's supplier's customers; of all for an administrator of the installation.

    `by` one of WAYS with its `value`: e-mail, address, number of a session or a phone. `first`, `last`: local moments
    of the default zone, YYYY-MM-DDTHH:MM. InvalidInput: by, value, first, last.
    """
    zone = ZoneInfo(get_settings().default_zone)
    begin, end = _moments(first, last, zone)
    looks, entries = _asked(session, by, value)
    audit_note(session, by=by, value=str(value).strip(), first=begin, last=end)
    found = _looks(session, subject, looks, begin, end)
    told = _entries(session, subject, entries, begin, end) if entries is not None else []
    rows = _merged(session, [*found, *told], zone)
    supplier_id = None if subject.kind == "system" else subject.member.supplier_id
    tell_administrators(session, subject, supplier_id, "look.report", str(value).strip())
    kept = subject.at - timedelta(days=get_settings().looks_keep_days)
    is_cut = max(len(found), len(told)) >= MOST
    return LookReport(rows, begin.astimezone(zone), end.astimezone(zone), kept.astimezone(zone), is_cut)


@service("system", "look.forget")
def forget_looks(session: Session, subject: Subject) -> int:
    """Delete looks that are older than `looks_keep_days`; how many."""
    until = subject.at - timedelta(days=get_settings().looks_keep_days)
    return int(session.exec(delete(DataLook).where(col(DataLook.minute) < until)).rowcount)


def look_table(report: LookReport) -> Table:
    """The report for a spreadsheet."""
    rows: list[Row] = [
        (
            Label(seen.kind, catalogue="looks.kind"),
            seen.number,
            seen.whose,
            seen.supplier,
            ", ".join(sorted(seen.by)),
            ", ".join(sorted(seen.ips)),
            seen.first,
            seen.last,
        )
        for seen in report.rows
    ]
    name = f"looks-{report.first:%Y%m%d-%H%M}-{report.last:%Y%m%d-%H%M}"
    return Table(name, tuple(Label(column) for column in COLUMNS), tuple(rows))


def _moments(first: object, last: object, zone: ZoneInfo) -> tuple[datetime, datetime]:
    found, wrong = [], {}
    for name, value in (("first", first), ("last", last)):
        try:
            moment = datetime.fromisoformat(value if isinstance(value, str) else "")
        except ValueError:
            wrong[name] = "look_moment"
        else:
            found.append(moment if moment.tzinfo else moment.replace(tzinfo=zone))
    if wrong:
        raise InvalidInput(wrong)
    if found[0] >= found[1]:
        raise InvalidInput({"last": "look_order"})
    return found[0], found[1]


def _asked(session: Session, by: object, value: object) -> tuple[Any, Any | None]:
    """Conditions on the looks and on the journal; None for what the journal does not know."""
    words = value.strip()[:254] if isinstance(value, str) else ""
    if by == "account" and "@" in words:
        user = session.exec(select(User.id).where(User.email == words.casefold())).first() or 0
        return col(DataLook.user_id) == user, col(AuditEntry.actor_id) == user
    if by == "address":
        try:
            address = str(ip_address(words))
        except ValueError:
            raise InvalidInput({"value": "look_address"}) from None
        return col(DataLook.ip).in_({address, words}), col(AuditEntry.ip).in_({address, words})
    number = whole_number(words, 10)
    if by in ("session", "phone") and number is not None and 0 < number <= MAX_ID:
        return (col(DataLook.session_id) if by == "session" else col(DataLook.device_id)) == number, None
    raise InvalidInput({"value": f"look_{by}"} if by in WAYS else {"by": "look_by"})


def _looks(session: Session, subject: Subject, asked: Any, begin: datetime, end: datetime) -> list[Line]:
    """By object, address and account."""
    row = DataLook
    keys: tuple[Any, ...] = (row.contract_id, row.whose_id, row.supplier_id, row.ip, row.user_id)
    times: tuple[Any, ...] = (func.min(row.minute), func.max(row.minute))
    since = begin.replace(second=0, microsecond=0)
    query = select(*keys, *times).where(asked, col(row.minute) >= since, col(row.minute) <= end)
    query = query.where(of_supplier(subject, row.supplier_id)).group_by(*keys).order_by(*keys).limit(MOST)
    return [tuple(found) for found in session.execute(query)]


def _entries(session: Session, subject: Subject, asked: Any, begin: datetime, end: datetime) -> list[Line]:
    """The same from the audit journal, where it names a contract or a person."""
    row = AuditEntry
    keys: tuple[Any, ...] = (row.contract_id, row.whose_id, row.supplier_id, row.ip, row.actor_id)
    times: tuple[Any, ...] = (func.min(row.at), func.max(row.at))
    named = or_(col(row.contract_id).is_not(None), col(row.whose_id).is_not(None))
    query = select(*keys, *times).where(asked, named, col(row.at) >= begin, col(row.at) <= end)
    query = query.where(of_supplier(subject, row.supplier_id)).group_by(*keys).order_by(*keys).limit(MOST)
    return [(*(key or 0 for key in found[:3]), found[3], found[4] or 0, *found[5:]) for found in session.execute(query)]


def _merged(session: Session, lines: Iterable[Line], zone: ZoneInfo) -> tuple[Seen, ...]:
    known, found = _Names(session), dict[tuple[int, int, int], Seen]()
    for contract, person, supplier, ip, account, first, last in lines:
        key = (contract, 0, 0) if contract else (0, person, 0 if person else supplier)
        begin, end = _aware(first, zone), _aware(last, zone)
        seen = found.setdefault(key, known.seen(contract, person, supplier, begin, end))
        seen.first, seen.last = min(seen.first, begin), max(seen.last, end)
        seen.by.add(known.email(account))
        seen.ips.update({ip} - {""})
    order = ("contract", "person", "list")
    return tuple(sorted(found.values(), key=lambda seen: (order.index(seen.kind), seen.number, seen.whose)))


def _aware(moment: datetime, zone: ZoneInfo) -> datetime:
    return moment.astimezone(zone)


class _Names:
    """Names of what the lines are about, each read once."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def seen(self, contract_id: int, person_id: int, supplier_id: int, first: datetime, last: datetime) -> Seen:
        """An object."""
        if contract_id:
            contract = self._session.get(Contract, contract_id)
            number, whose = (contract.number, contract.customer_name) if contract else (str(contract_id), "")
            supplier_id = contract.supplier_id if contract else supplier_id
            return Seen("contract", number, whose, self._supplier(supplier_id), first, last)
        if person_id:
            return Seen("person", "", self.email(person_id), self._supplier(supplier_id), first, last)
        return Seen("list", "", "", self._supplier(supplier_id), first, last)

    def email(self, user_id: int) -> str:
        """An account's address."""
        user = self._session.get(User, user_id) if user_id else None
        return user.email if user else "—"

    def _supplier(self, supplier_id: int) -> str:
        supplier = self._session.get(Supplier, supplier_id) if supplier_id else None
        return supplier.name if supplier else ""
