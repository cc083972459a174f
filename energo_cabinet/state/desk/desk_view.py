"""The supplier's desk in the words and the shapes its page shows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from energo_cabinet import routes
from energo_cabinet.domain.phone_number import phone_words
from energo_cabinet.formatting import counted, day, moment
from energo_cabinet.i18n import text
from energo_cabinet.services.bill.balance import ContractBalance
from energo_cabinet.services.desk.customer import DeskCustomer
from energo_cabinet.services.desk.queue import OPEN, DeskCounts, DeskFilter, DeskRow
from energo_cabinet.services.desk.thread import DeskClock, DeskNote, DeskThread, OtherTicket
from energo_cabinet.services.ticket.ticket import TicketLine, TicketStatus
from energo_cabinet.state.bill.balance_view import rubles
from energo_cabinet.state.shown import FileLink
from energo_cabinet.state.ticket.tickets_view import TONES, file_size, status_words


@dataclass(frozen=True)
class DeskLine:
    """A ticket in the queue; `clock`: "ok", "warn", "late" or "" and its words in `left`."""

    id: int
    number: str
    theme: str
    who: str
    status: str
    tone: str
    clock: str
    left: str
    assignee: str
    is_mine: bool
    address: str


@dataclass(frozen=True)
class DeskQueueView:
    """What stands over the queue: the addresses of its quick choices with their counts."""

    open_address: str = ""
    open: str = ""
    mine_address: str = ""
    mine: str = ""
    nobody_address: str = ""
    nobody: str = ""
    overdue_address: str = ""
    overdue: str = ""
    summary: str = ""
    is_late: bool = False


@dataclass(frozen=True)
class Said:
    """A line of the thread: `kind` "theirs" (the customer), "mine" (the supplier), "inner" (a note) or "step"."""

    key: str
    kind: str
    by: str
    initials: str
    at: str
    text: str
    origin: str = ""
    is_fresh: bool = False
    files: tuple[FileLink, ...] = ()


@dataclass(frozen=True)
class PreparedWords:
    """A prepared answer with its fields filled in."""

    title: str
    text: str


@dataclass(frozen=True)
class OtherLine:
    """Another ticket of the customer."""

    id: str
    words: str
    status: str
    tone: str
    address: str
    is_open: bool


@dataclass(frozen=True)
class DeskView:
    """A ticket as the desk's page shows it; `id` 0 until loaded. `clock` as in DeskLine, `percent` of the term gone."""

    id: int = 0
    version: int = 0
    theme: str = ""
    title: str = ""
    state: str = ""
    status: str = ""
    tone: str = ""
    category: str = ""
    clock: str = ""
    left: str = ""
    until: str = ""
    percent: int = 0
    assignee_id: str = ""
    assignee: str = ""
    customer: str = ""
    customer_address: str = ""
    contract: str = ""
    address: str = ""
    email: str = ""
    phone: str = ""
    point: str = ""
    meter: str = ""
    balance: str = ""
    is_debtor: bool = False
    last_contact: str = ""
    rating: str = ""
    merged: str = ""
    merged_address: str = ""
    is_foreign: bool = False
    is_mine: bool = False
    draft: str = ""
    draft_key: str = ""
    present: str = ""
    lines: tuple[Said, ...] = ()
    prepared: tuple[PreparedWords, ...] = ()
    others: tuple[OtherLine, ...] = ()


def desk_address(asked: DeskFilter, ticket: int | None = None, **changed: str) -> str:
    """The address of the queue with a filter, and of a ticket beside it."""
    given = {"status": "" if asked.status == OPEN else asked.status, "category": asked.category}
    given |= {"assignee": asked.assignee, "overdue": "1" if asked.is_overdue else "", "text": asked.text}
    given |= {"ticket": str(ticket) if ticket else ""} | changed
    query = urlencode({name: value for name, value in given.items() if value})
    return f"{routes.STAFF_TICKETS}?{query}" if query else routes.STAFF_TICKETS


def queue_view(asked: DeskFilter, counts: DeskCounts, ticket: int | None, language: str) -> DeskQueueView:
    """Quick choices keep the other filters out: they are whole queues."""
    whole = DeskFilter(text=asked.text)
    return DeskQueueView(
        open_address=desk_address(whole, ticket),
        open=str(counts.open),
        mine_address=desk_address(whole, ticket, assignee="mine"),
        mine=str(counts.mine),
        nobody_address=desk_address(whole, ticket, assignee="nobody"),
        nobody=str(counts.nobody),
        overdue_address=desk_address(whole, ticket, overdue="1"),
        overdue=str(counts.overdue),
        summary=text("desk.summary", language, overdue=counts.overdue, today=counts.today),
        is_late=counts.overdue > 0,
    )


def desk_line(row: DeskRow, asked: DeskFilter, language: str) -> DeskLine:
    """A line of the queue."""
    clock, left = _clock(row.status, row.days_left, row.is_overdue, language)
    return DeskLine(
        id=row.id,
        number=text("desk.number", language, number=row.number),
        theme=row.theme,
        who=row.customer,
        status=status_words(row.status, language),
        tone=TONES[row.status],
        clock=clock,
        left=left,
        assignee=short_name(row.assignee),
        is_mine=row.is_mine,
        address=desk_address(asked, row.id),
    )


def short_name(name: str) -> str:
    """«Громова Г. О.»."""
    words = name.split()
    return " ".join([words[0], *(f"{word[0]}." for word in words[1:3])]) if words else ""


def desk_view(thread: DeskThread, seen: tuple[int, int], language: str) -> DeskView:
    """`seen`: ids of the newest line and note the reader knows; later ones are marked."""
    term = thread.clock
    clock, left = _clock(thread.status, term.days_left, False, language)
    merged = thread.merged_into
    return DeskView(
        id=thread.id,
        version=thread.version,
        theme=thread.theme,
        title=_title(thread, language),
        state=thread.status.value,
        status=status_words(thread.status, language),
        tone=TONES[thread.status],
        category=thread.category.value,
        clock=clock,
        left=left,
        until=text("desk.deadline_until", language, day=day(term.due_on)) if term.due_on else "",
        percent=_percent(term),
        assignee_id=str(thread.assignee_id or ""),
        assignee=thread.assignee,
        **_customer(thread.customer, language),
        rating=_rating(thread, language),
        merged=text("desk.merged_note", language, number=merged.number) if merged else "",
        merged_address=desk_address(DeskFilter(), merged.id) if merged else "",
        is_foreign=thread.is_foreign,
        is_mine=thread.is_mine,
        draft=thread.draft,
        draft_key=thread.draft_key,
        present=", ".join(short_name(name) for name in thread.present),
        lines=tuple(said(thread, seen, language)),
        prepared=tuple(PreparedWords(one.title, one.text) for one in thread.prepared),
        others=tuple(_other(one, language) for one in thread.others),
    )


def said(thread: DeskThread, seen: tuple[int, int], language: str) -> list[Said]:
    """Messages, steps and internal notes in the order of time."""
    made: list[tuple[object, Said]] = []
    status = TicketStatus.NEW
    for line in thread.lines:
        fresh = line.id > seen[0]
        if line.text:
            made.append((line.created_at, _message(line, fresh, language)))
        step = _step(line, status, language)
        if step:
            made.append(
                (line.created_at, Said(f"s{line.id}", "step", "", "", moment(line.created_at), step, "", fresh))
            )
        status = line.becomes or status
    made += [(note.created_at, _note(note, note.id > seen[1], language)) for note in thread.notes]
    return [one for _, one in sorted(made, key=lambda pair: pair[0])]  # type: ignore[arg-type,return-value]


def _message(line: TicketLine, is_fresh: bool, language: str) -> Said:
    origin = text("desk.from_number", language, number=line.origin) if line.origin else ""
    files = tuple(FileLink(f"/api/staff/attachments/{f.id}", f.name, file_size(f.size, language)) for f in line.files)
    kind, initials = "theirs" if line.is_mine else "mine", _initials(line.by)
    return Said(f"m{line.id}", kind, line.by, initials, moment(line.created_at), line.text, origin, is_fresh, files)


def _note(note: DeskNote, is_fresh: bool, language: str) -> Said:
    by, at, to = short_name(note.by), moment(note.created_at), short_name(note.facts.get("to", ""))
    if note.kind == "assign":
        words = text("desk.step.assigned" if to else "desk.step.released", language, by=by, to=to)
        return Said(f"n{note.id}", "step", "", "", at, words, "", is_fresh)
    if note.kind == "transfer":
        key = "desk.step.transferred" if to else "desk.step.transferred_nobody"
        category = text(f"tickets.category.{note.facts['category']}", language)
        words = text(key, language, by=by, category=category, to=to)
        return Said(f"n{note.id}", "inner", words, _initials(note.by), at, note.text, "", is_fresh)
    return Said(f"n{note.id}", "inner", by, _initials(note.by), at, note.text, "", is_fresh)


def _step(line: TicketLine, before: TicketStatus, language: str) -> str:
    if line.about is not None:
        key = "merged_into" if line.becomes == TicketStatus.CLOSED else "merged_here"
        return text(f"desk.step.{key}", language, number=line.about.number)
    if line.becomes is None:
        return ""
    if line.becomes == TicketStatus.CLOSED:
        return text(f"desk.step.closed_{'mine' if line.is_mine else 'theirs'}", language)
    if line.is_mine:
        return text("desk.step.reopened", language) if before == TicketStatus.CLOSED else ""
    return text(f"desk.step.{line.becomes.value}", language)


def _clock(status: TicketStatus, days_left: int | None, is_late: bool, language: str) -> tuple[str, str]:
    if days_left is None:
        return "", "" if status == TicketStatus.CLOSED else _idle(status, language)
    if is_late or days_left < 0:
        return "late", text("desk.late", language, days=counted(max(-days_left, 1), "desk.days", language))
    if days_left == 0:
        return "warn", text("desk.due_today", language)
    return "warn" if days_left == 1 else "ok", counted(days_left, "desk.days", language)


def _title(thread: DeskThread, language: str) -> str:
    category = text(f"tickets.category.{thread.category.value}", language)
    return text("desk.of_date", language, number=thread.number, date=day(thread.created_at.date()), category=category)


def _percent(term: DeskClock) -> int:
    """How much of the term is gone."""
    gone = term.days_given - max(term.days_left or 0, 0)
    return min(100, round(100 * gone / term.days_given)) if term.days_given else 0


def _customer(who: DeskCustomer, language: str) -> dict[str, Any]:
    """What the view says of the person."""
    return {
        "customer": who.name,
        "customer_address": routes.staff_customer(who.contract_id),
        "contract": who.contract,
        "address": who.address,
        "email": who.email,
        "phone": phone_words(who.phone),
        "point": who.point,
        "meter": who.meter,
        "balance": _balance(who.balance, language),
        "is_debtor": who.balance is not None and who.balance.status == "debt",
        "last_contact": moment(who.last_contact, language=language) if who.last_contact else "",
    }


def _balance(balance: ContractBalance | None, language: str) -> str:
    if balance is None:
        return ""
    amount = balance.debt_rub if balance.status == "debt" else abs(balance.amount_rub)
    return text(f"desk.balance_{balance.status}", language, amount=rubles(amount, language))


def _idle(status: TicketStatus, language: str) -> str:
    return text("desk.pause" if status == TicketStatus.AWAITING else "desk.no_term", language)


def _rating(thread: DeskThread, language: str) -> str:
    if thread.rating is None:
        return ""
    words = f"{thread.rating} — {text(f'tickets.rating.{thread.rating}', language)}"
    return f"{words}. {thread.rating_note}" if thread.rating_note else words


def _other(one: OtherTicket, language: str) -> OtherLine:
    words = f"{text('desk.number', language, number=one.number)} · {one.theme}"
    tone, is_open = TONES[one.status], one.status != TicketStatus.CLOSED
    address = desk_address(DeskFilter(), one.id)
    return OtherLine(str(one.id), words, status_words(one.status, language), tone, address, is_open)


def _initials(name: str) -> str:
    return "".join(word[0].upper() for word in name.replace("«", "").split()[:2])
