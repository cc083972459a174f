"""Tickets in the words and the shapes the pages show."""

from __future__ import annotations

from dataclasses import dataclass

from energo_cabinet import routes
from energo_cabinet.domain.phone_number import phone_words
from energo_cabinet.formatting import day, moment, quantity
from energo_cabinet.i18n import text
from energo_cabinet.services.ticket.ticket import TicketCard, TicketLine, TicketStatus, TicketThread
from energo_cabinet.state.shown import FileLink

TONES = {"new": "info", "in_work": "warning", "awaiting": "danger", "closed": "gray"}


@dataclass(frozen=True)
class TicketRow:
    """A ticket in the list; `answer`: the newest words, or by when they come (`is_late`: they have not)."""

    id: int
    number: str
    date: str
    theme: str
    answer: str
    is_late: bool
    status: str
    tone: str
    is_unread: bool
    address: str
    is_waiting: bool = False


@dataclass(frozen=True)
class Line:
    """A line of the thread: `kind` "mine", "theirs" or "step" (a change of status); `way`: «будет отправлено» or ""."""

    key: str
    kind: str
    by: str
    initials: str
    at: str
    text: str
    is_fresh: bool
    files: tuple[FileLink, ...] = ()
    way: str = ""
    way_tone: str = "warning"


@dataclass(frozen=True)
class ThreadView:
    """A ticket as its page shows it; `id` 0 until loaded. `stage`: 0 new, 1 in work, 2 closed."""

    id: int = 0
    title: str = ""
    theme: str = ""
    state: str = ""
    status: str = ""
    tone: str = ""
    stage: int = 0
    due: str = ""
    is_late: bool = False
    is_unread: bool = False
    category: str = ""
    contract: str = ""
    point: str = ""
    phone: str = ""
    email: str = ""
    supplier: str = ""
    supplier_email: str = ""
    rating: int = 0
    rating_note: str = ""
    reply_key: str = ""
    merged: str = ""
    merged_address: str = ""
    lines: tuple[Line, ...] = ()


def row_of(card: TicketCard, language: str) -> TicketRow:
    """A line of «Обращения»."""
    return TicketRow(
        id=card.id,
        number=text("tickets.number_short", language, number=card.number),
        date=day(card.created_at.date()),
        theme=card.theme,
        answer=card.answer or _due(card, language),
        is_late=card.is_overdue and not card.answer,
        status=status_words(card.status, language),
        tone=TONES[card.status],
        is_unread=card.is_unread,
        address=routes.ticket(card.id),
        is_waiting=card.is_waiting,
    )


def status_words(status: TicketStatus, language: str) -> str:
    """«В РАБОТЕ»."""
    return text(f"tickets.status.{status.value}", language)


def thread_view(thread: TicketThread, language: str, seen: int) -> ThreadView:
    """`seen`: id of the newest line the reader had before; later ones of the supplier are marked."""
    card = thread.card
    opened = day(card.created_at.date())
    return ThreadView(
        id=card.id,
        title=text("tickets.number_of", language, number=card.number, date=opened),
        theme=card.theme,
        state=card.status.value,
        status=status_words(card.status, language),
        tone=TONES[card.status],
        stage={"new": 0, "closed": 2}.get(card.status.value, 1),
        due=_due(card, language),
        is_late=card.is_overdue,
        is_unread=card.is_unread,
        category=text(f"tickets.category.{thread.category.value}", language),
        contract=thread.contract_number,
        point=thread.point_name,
        phone=phone_words(thread.phone),
        email=thread.email,
        supplier=thread.supplier_name,
        supplier_email=thread.supplier_email,
        rating=thread.rating or 0,
        rating_note=thread.rating_note,
        reply_key=thread.reply_key,
        merged=text("tickets.merged", language, number=thread.merged_into.number) if thread.merged_into else "",
        merged_address=routes.ticket(thread.merged_into.id) if thread.merged_into else "",
        lines=tuple(_lines(thread, language, seen)),
    )


def _due(card: TicketCard, language: str) -> str:
    if card.answer_due_on is None:
        return ""
    key = "tickets.overdue" if card.is_overdue else "tickets.due"
    return text(key, language, day=day(card.answer_due_on))


def _lines(thread: TicketThread, language: str, seen: int) -> list[Line]:
    made: list[Line] = []
    status = TicketStatus.NEW
    for line in thread.lines:
        if line.text:
            made.append(_message(line, line.id > seen and not line.is_mine, language))
        if line.about is not None:
            made.append(_merger(line, language))
            status = line.becomes or status
        elif line.becomes is not None:
            step = _step(line, status)
            status = line.becomes
            words = text(f"tickets.step.{step}", language) if step else ""
            at = moment(line.created_at)
            made += [Line(f"{line.id}s", "step", "", "", at, words, is_fresh=False)] if step else []
    return made


def _merger(line: TicketLine, language: str) -> Line:
    """«Объединено с № 5», in either of the two."""
    key = "merged_into" if line.becomes == TicketStatus.CLOSED else "merged_here"
    words = text(f"tickets.step.{key}", language, number=line.about.number if line.about else "")
    return Line(f"{line.id}s", "step", "", "", moment(line.created_at), words, is_fresh=False)


def _message(line: TicketLine, is_fresh: bool, language: str) -> Line:
    initials = "".join(word[0].upper() for word in line.by.replace("«", "").split()[:2])
    kind = "mine" if line.is_mine else "theirs"
    files = tuple(FileLink(f"/api/attachments/{f.id}", f.name, file_size(f.size, language)) for f in line.files)
    origin = text("tickets.from_number", language, number=line.origin) if line.origin else ""
    by, at = (f"{line.by}, {origin}" if origin else line.by), moment(line.created_at)
    way = text(f"tickets.delivery_{line.delivery}", language) if line.delivery else ""
    tone = "danger" if line.delivery == "refused" else "warning"
    return Line(str(line.id), kind, by, initials, at, line.text, is_fresh, files, way, tone)


def file_size(size: int, language: str) -> str:
    """«120 КБ», «1,2 МБ»."""
    if size < 1 << 20:
        return quantity(max(1, round(size / 1024)), text("tickets.kilobytes", language), language, 0)
    return quantity(size / (1 << 20), text("tickets.megabytes", language), language, 1)


def _step(line: TicketLine, before: TicketStatus) -> str:
    """Which words say what happened; "" for what the message itself says."""
    if not line.is_mine:
        return f"theirs_{line.becomes}"
    if line.becomes == TicketStatus.CLOSED:
        return "mine_closed"
    return "mine_reopened" if before == TicketStatus.CLOSED else ""
