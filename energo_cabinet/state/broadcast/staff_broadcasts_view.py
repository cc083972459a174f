"""Broadcasts in the words and the shapes the staff's pages show."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from energo_cabinet import routes
from energo_cabinet.domain.broadcast.words import period_words
from energo_cabinet.formatting import counted, day, dots, moment, number
from energo_cabinet.i18n import text
from energo_cabinet.services.broadcast.history import BroadcastCard, BroadcastReport, Preview
from energo_cabinet.services.broadcast.selection import Audience, Selection

TONES = {"draft": "gray", "scheduled": "info", "sending": "warning", "done": "success", "cancelled": "gray"}
LABELS = ("title", "text", "title_en", "text_en", "works_start", "works_end", "works_address")


@dataclass(frozen=True)
class BroadcastRow:
    """A line of the history; `told` «1 200 из 1 240»."""

    id: int
    when: str
    title: str
    kind: str
    whom: str
    told: str
    author: str
    status: str
    tone: str
    address: str


@dataclass(frozen=True)
class ReachView:
    """How many people a selection reaches; `count` 0: nobody."""

    count: int = 0
    people: str = ""
    in_cabinet: str = ""
    by_email: str = ""
    switched_off: str = ""


@dataclass(frozen=True)
class ReportView:
    """One broadcast; `id` 0 until loaded. `lacks`: fields a draft needs first, in words."""

    id: int = 0
    state: str = ""
    status: str = ""
    tone: str = ""
    title: str = ""
    kind: str = ""
    whom: str = ""
    author: str = ""
    made: str = ""
    when: str = ""
    ended: str = ""
    zone: str = ""
    lacks: str = ""
    has_english: bool = False
    is_starting: bool = False
    percent: int = 0
    told_of: str = ""
    queued: str = ""
    in_cabinet: str = ""
    by_email: str = ""
    letters_sent: str = ""
    switched_off: str = ""
    failed: str = ""
    spared: str = ""
    reach: ReachView = ReachView()


@dataclass(frozen=True)
class PreviewView:
    """What a reader will see; `number` "" when nobody is selected yet."""

    number: str = ""
    title: str = ""
    text: str = ""
    period: str = ""
    works_address: str = ""
    day: str = ""
    supplier: str = ""
    letter_subject: str = ""
    letter_text: str = ""


def row_of(card: BroadcastCard, language: str) -> BroadcastRow:
    """A line of the history."""
    return BroadcastRow(
        id=card.id,
        when=moment(card.send_at or card.created_at),
        title=card.title or text("broadcast.untitled", language),
        kind=text(f"broadcast.kind.{card.kind}", language),
        whom=selection_words(card.selection, language),
        told=_told(card, language) if card.queued else text("broadcast.told_none", language),
        author=card.author,
        status=text(f"broadcast.status.{card.status}", language),
        tone=TONES[card.status],
        address=routes.staff_notice(card.id),
    )


def report_view(report: BroadcastReport, language: str) -> ReportView:
    """The page of one broadcast."""
    card = report.card
    lacks = [_label(name, language) for name in LABELS if name in report.lacks]
    return ReportView(
        id=card.id,
        state=card.status.value,
        status=text(f"broadcast.status.{card.status}", language),
        tone=TONES[card.status],
        title=card.title or text("broadcast.untitled", language),
        kind=text(f"broadcast.kind.{card.kind}", language),
        whom=selection_words(card.selection, language),
        author=card.author,
        made=moment(card.created_at),
        when=moment(card.send_at) if card.send_at else "",
        ended=moment(card.finished_at) if card.finished_at else "",
        zone=card.zone_name,
        lacks=text("broadcast.send_lacks", language, fields=", ".join(f"«{name}»" for name in lacks)) if lacks else "",
        has_english=bool(report.values["title_en"]),
        **_numbers(report, language),
        reach=reach_view(report.audience or Audience(), language),
    )


def reach_view(audience: Audience, language: str) -> ReachView:
    """The size of a selection in words."""
    return ReachView(
        audience.people,
        people_words(audience.people, language),
        number(audience.in_cabinet, language, 0),
        number(audience.by_email, language, 0),
        number(audience.switched_off, language, 0) if audience.switched_off else "",
    )


def preview_view(seen: Preview) -> PreviewView:
    """What its reader will see."""
    works = seen.works
    return PreviewView(
        number=seen.number,
        title=seen.title,
        text=seen.text,
        period=period_words(works[0], works[1], str(works[0].tzinfo)) if works else "",
        works_address=works[2] if works else "",
        day=day(seen.at.date()),
        supplier=seen.supplier_name,
        letter_subject=seen.letter_subject,
        letter_text=seen.letter_text,
    )


def people_words(count: int, language: str) -> str:
    """«1 240 человек»."""
    return counted(count, "broadcast.people", language)


def selection_words(chosen: Selection, language: str) -> str:
    """«г. Северогорск · Квартиры · долг от 1 000 ₽»."""
    parts = [chosen.locality]
    parts += [text("broadcast.to_address_part", language, value=chosen.address_part)] if chosen.address_part else []
    parts += [text(f"broadcast.class.{chosen.consumer_class}", language)] if chosen.consumer_class else []
    if chosen.debt_from_rub:
        digits = 0 if chosen.debt_from_rub == int(chosen.debt_from_rub) else 2
        shown = number(chosen.debt_from_rub, language, digits)
        parts.append(text("broadcast.to_debt", language, value=f"{shown}\u00a0₽"))
    elif chosen.debt_from_rub is not None:
        parts.append(text("broadcast.to_any_debt", language))
    parts += [text("broadcast.to_feeder", language, value=chosen.feeder)] if chosen.feeder else []
    return dots(parts) or text("broadcast.to_all", language)


def _label(name: str, language: str) -> str:
    return text(f"broadcast.{name}" if name.startswith("works") else f"broadcast.{name}_label", language)


def _told(card: BroadcastCard, language: str) -> str:
    told, queued = number(card.told, language, 0), number(card.queued, language, 0)
    return text("broadcast.told_of", language, told=told, queued=queued)


def _numbers(report: BroadcastReport, language: str) -> dict[str, Any]:
    card = report.card
    plain = ("queued", "in_cabinet", "by_email", "switched_off", "failed")
    spared = card.queued - card.told if card.status == "cancelled" else 0
    return {name: number(getattr(card, name), language, 0) for name in plain} | {
        "is_starting": card.status == "sending" and not card.queued,
        "percent": 100 * card.told // card.queued if card.queued else 0,
        "told_of": _told(card, language),
        "letters_sent": text("broadcast.by_email_sent", language, sent=number(report.letters_sent, language, 0)),
        "spared": text("broadcast.spared", language, spared=number(spared, language, 0)) if spared else "",
    }
