"""A customer's page in words."""

from __future__ import annotations

from dataclasses import dataclass

from energo_cabinet import routes
from energo_cabinet.domain.phone_number import phone_words
from energo_cabinet.formatting import DASH, day, moment, month_words, number
from energo_cabinet.i18n import text
from energo_cabinet.services.customers.customer import (
    ContractTicket,
    CustomerPage,
    LinkedPerson,
    SentNotification,
    ShutOut,
)
from energo_cabinet.services.point.point import PointCard
from energo_cabinet.state.bill.balance_view import BalanceView, balance_view

_NO_BALANCE = BalanceView()


@dataclass(frozen=True)
class PersonRow:
    """Who has the contract, or (`reason` not "") is shut out by the supplier."""

    id: int
    name: str
    contact: str
    note: str
    reason: str = ""


@dataclass(frozen=True)
class Line:
    """A line of a list: what, below it a note, on the right a value with its note; `href` "" without a page."""

    id: int
    title: str
    note: str
    value: str = ""
    value_note: str = ""
    href: str = ""


@dataclass(frozen=True)
class CustomerView:
    """What the page shows; `blocked` "" for an open contract."""

    id: int = 0
    number: str = ""
    name: str = ""
    address: str = ""
    consumer_class: str = ""
    can_print: bool = False
    has_password: bool = False
    issue: int = 0
    blocked: str = ""
    blocked_note: str = ""
    contact_email: str = ""
    contact_phone: str = ""
    balance: BalanceView = _NO_BALANCE
    people: tuple[PersonRow, ...] = ()
    shut_out: tuple[PersonRow, ...] = ()
    points: tuple[Line, ...] = ()
    bills: tuple[Line, ...] = ()
    tickets: tuple[Line, ...] = ()
    sent: tuple[Line, ...] = ()


def customer_view(page: CustomerPage, language: str) -> CustomerView:
    """The page of a contract."""
    return CustomerView(
        id=page.contract_id,
        number=page.number,
        name=page.customer_name,
        address=page.address,
        consumer_class=page.consumer_class.value,
        can_print=page.can_print,
        has_password=page.has_password,
        issue=page.issue,
        contact_email=page.contact_email,
        contact_phone=phone_words(page.contact_phone),
        blocked=page.blocked_reason,
        blocked_note=_by(page.blocked_by, moment(page.blocked_at, language=language)) if page.blocked_at else "",
        balance=balance_view(page.balance, language) if page.balance else BalanceView(),
        people=tuple(_person(person, language) for person in page.people),
        shut_out=tuple(_shut_out(person, language) for person in page.shut_out),
        points=tuple(_point(point, language) for point in page.points),
        bills=tuple(_bills(page, language)),
        tickets=tuple(_ticket(ticket, language) for ticket in page.tickets),
        sent=tuple(_sent(i, sent, language) for i, sent in enumerate(page.notifications)),
    )


def _person(person: LinkedPerson, language: str) -> PersonRow:
    contact = " · ".join(part for part in (person.email, phone_words(person.phone)) if part)
    seen = moment(person.last_seen_at, language=language) if person.last_seen_at else DASH
    facts = {"since": day(person.linked_at.date()), "sessions": person.sessions, "seen": seen}
    return PersonRow(person.customer_id, person.full_name, contact, text("customers.person_note", language, **facts))


def _shut_out(person: ShutOut, language: str) -> PersonRow:
    note = _by(person.by, moment(person.at, language=language))
    return PersonRow(person.customer_id, person.full_name, person.email, note, person.reason)


def _point(point: PointCard, language: str) -> Line:
    serial = text("points.serial_short", language, number=point.serial_number)
    meter = " ".join(part for part in (point.meter_model, serial) if part)
    values = ", ".join(f"{r.zone} {number(r.value_kwh, language, 2)}" for r in point.last_readings)
    read_on = day(point.last_read_at.date()) if point.last_read_at else ""
    note = f"{point.name} · {meter}" if point.serial_number else point.name
    return Line(point.id, point.number, note, values or DASH, read_on, routes.registry_point(point.id))


def _bills(page: CustomerPage, language: str) -> list[Line]:
    return [
        Line(
            i,
            month_words(month.month, language),
            text("customers.paid", language, amount=number(month.paid_rub, language, 2)),
            f"{number(month.charged_rub, language, 2)} ₽",
            month.bill.bill.number if month.bill else "",
        )
        for i, month in enumerate(page.bills)
    ]


def _sent(place: int, sent: SentNotification, language: str) -> Line:
    title = sent.title or text(f"notifications.kind.{sent.kind.value}.title", language, **sent.facts)
    read = text("customers.read" if sent.is_read else "customers.unread", language)
    return Line(place, title, sent.to, moment(sent.created_at, language=language), read)


def _ticket(ticket: ContractTicket, language: str) -> Line:
    short = text("tickets.number_short", language, number=ticket.number)
    note = f"{short} · {day(ticket.created_at.date())}"
    status = text(f"tickets.status.{ticket.status.value}", language)
    href = f"{routes.STAFF_TICKETS}?ticket={ticket.ticket_id}"
    return Line(ticket.ticket_id, ticket.theme, note, status, href=href)


def _by(name: str, at: str) -> str:
    return " · ".join(part for part in (name, at) if part)
