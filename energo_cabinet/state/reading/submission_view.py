"""The page «Передать показания» in words: fields, window, doubts, what was sent (F-5)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from energo_cabinet import routes
from energo_cabinet.domain.reading.check import TOTAL, Doubt
from energo_cabinet.formatting import NBSP, counted, day, day_words, number, quantity
from energo_cabinet.i18n import text
from energo_cabinet.services.attachment import AttachmentItem
from energo_cabinet.services.reading.submission import MeterToRead, SubmissionItem
from energo_cabinet.state.shown import FileLink

TONES = {
    "sent": "info",
    "waiting": "warning",
    "unsent": "warning",
    "accepted": "success",
    "counted": "success",
    "rejected": "danger",
}
KNOWN_ZONES = ("T1", "T2", "T3", "T4")
AMOUNT = {"below", "rollover", "too_much"}


@dataclass(frozen=True)
class FieldView:
    """A register to type in: `last` as a number for the browser's sum, `last_words` for people; "" without one."""

    zone: str
    label: str
    colour: str
    last: str
    last_words: str
    placeholder: str


@dataclass(frozen=True)
class SubmitView:
    """Head, fields and notes of the page; "" where there is nothing to say."""

    title: str = ""
    parts: tuple[str, ...] = ()
    back: str = ""
    readings: str = ""
    fields: tuple[FieldView, ...] = ()
    hint: str = ""
    ratio: str = ""
    ratio_words: str = ""
    last_on: str = ""
    first_day: str = ""
    today: str = ""
    window: str = ""
    window_left: str = ""
    opens: str = ""
    calculated: str = ""
    is_done: bool = False


@dataclass(frozen=True)
class SentView:
    """A submission in the history; `note`: reason of a rejection or of a wait."""

    id: int = 0
    number: str = ""
    date: str = ""
    registers: tuple[str, ...] = ()
    used: str = ""
    status: str = ""
    badge: str = ""
    tone: str = ""
    note: str = ""
    files: tuple[FileLink, ...] = field(default=())


def submit_view(meter: MeterToRead, language: str) -> SubmitView:
    """The page for a meter."""
    window = meter.window
    span = text("submission.window_span", language, first=day_words(window.first, language), last=_day(meter, language))
    last_on = text("submission.last_on", language, day=day(meter.read_at.date())) if meter.read_at else ""
    has_ratio = meter.ratio != 1
    ratio = number(meter.ratio, language, 0 if meter.ratio == int(meter.ratio) else 2)
    return SubmitView(
        title=meter.point_title,
        parts=tuple(p for p in (meter.meter_model, _serial(meter, language)) if p),
        back=routes.point(meter.point_id),
        readings=routes.point(meter.point_id, "readings"),
        fields=tuple(_field(meter, i, language) for i in range(len(meter.zones))),
        hint=_digits(meter, language),
        ratio=str(meter.ratio.normalize()) if has_ratio else "1",
        ratio_words=text("submission.ratio_note", language, ratio=ratio) if has_ratio else "",
        last_on=last_on,
        first_day=f"{meter.read_at.date()}" if meter.read_at else "",
        today=f"{meter.today}",
        window=span,
        window_left=_left(meter, language) if window.is_open else "",
        opens=text("submission.window_closed_text", language, day=day_words(window.first, language)),
        calculated=_calculated(meter, language),
        is_done=bool(meter.pending),
    )


def doubt_words(doubts: Sequence[Doubt], meter: MeterToRead, language: str) -> list[str]:
    """Each reason as a sentence, with its register where there are several."""
    return [_doubt(doubt, meter, language) for doubt in doubts]


def sent_view(item: SubmissionItem, language: str) -> SentView:
    """A line of the history."""
    is_waiting = item.status.value == "sent" and item.is_doubtful
    status = "unsent" if item.is_waiting else "waiting" if is_waiting else item.status.value
    used = sum(item.used_kwh.values(), Decimal(0)) if item.used_kwh else None
    return SentView(
        id=item.id,
        number=item.number,
        date=day(item.read_at.date()),
        registers=tuple(f"{_short(zone)}{number(kwh, language, 2)}" for zone, kwh in item.values_kwh.items()),
        used=f"+{quantity(used, text('submission.kwh', language), language)}" if used is not None else "",
        status=status,
        badge=text(f"submission.status_{status}", language),
        tone=TONES[status],
        note=item.reason or _note(item, status, language),
        files=tuple(file_view(file, language) for file in item.files),
    )


def _note(item: SubmissionItem, status: str, language: str) -> str:
    words = {"unsent": "submission.unsent_text", "waiting": "submission.sent_doubt"}
    return text(words[status], language) if status in words else ""


def file_view(file: AttachmentItem, language: str) -> FileLink:
    """A sent file with its size."""
    size = quantity(Decimal(file.size) / 1024, text("submission.kilobytes", language), language, 0)
    return FileLink(f"/api/attachments/{file.id}", file.name, size)


def _field(meter: MeterToRead, index: int, language: str) -> FieldView:
    zone = meter.zones[index]
    decimals = meter.dial.decimals
    last = "" if zone.last_kwh is None else number(zone.last_kwh, language, decimals)
    unit = text("submission.kwh", language)
    example = number((zone.calculated_kwh or zone.last_kwh or Decimal(0)), language, 0)
    return FieldView(
        zone=zone.zone,
        label=text(f"submission.zone_{zone.zone if zone.zone in KNOWN_ZONES else TOTAL}", language),
        colour=f"var(--{zone.zone.lower()})" if zone.zone in KNOWN_ZONES and len(meter.zones) > 1 else "",
        last="" if zone.last_kwh is None else str(zone.last_kwh),
        last_words=f"{last}{NBSP}{unit}" if last else "",
        placeholder=example if zone.last_kwh is not None else "",
    )


def _doubt(doubt: Doubt, meter: MeterToRead, language: str) -> str:
    digits = 1 if doubt.code in AMOUNT else meter.dial.decimals
    words = text(
        f"submission.doubt_{doubt.code}", language, amount=number(Decimal(abs(doubt.wh)) / 1000, language, digits)
    )
    if len(meter.zones) == 1:
        return words[:1].upper() + words[1:]
    zone = doubt.zone or text("submission.total", language)
    return text("submission.doubt_zone", language, zone=zone, text=words)


def _left(meter: MeterToRead, language: str) -> str:
    left = meter.window.days_left
    if not left:
        return text("submission.window_last", language)
    return text("submission.window_left", language, left=counted(left, "submission.days", language))


def _calculated(meter: MeterToRead, language: str) -> str:
    known = [
        z.calculated_kwh - z.last_kwh for z in meter.zones if z.calculated_kwh is not None and z.last_kwh is not None
    ]
    if not known:
        return ""
    amount = number(sum(known, Decimal(0)) * meter.ratio, language, 0)
    return text("submission.calculated_text", language, amount=amount)


def _digits(meter: MeterToRead, language: str) -> str:
    key = "submission.digits" if meter.dial.decimals else "submission.digits_whole"
    return text(key, language, digits=meter.dial.digits, decimals=meter.dial.decimals)


def _serial(meter: MeterToRead, language: str) -> str:
    return text("points.serial", language, number=meter.serial_number) if meter.serial_number else ""


def _day(meter: MeterToRead, language: str) -> str:
    return day_words(meter.window.last, language)


def _short(zone: str) -> str:
    return "" if zone == TOTAL else f"{zone}{NBSP}"
