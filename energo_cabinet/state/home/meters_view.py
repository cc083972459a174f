"""Meters of «Главная»: last and calculated readings by zone, and when the next are due (Н-44, Н-45, Н-67)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from energo_cabinet import routes
from energo_cabinet.formatting import DASH, counted, day_words, dots, moment, number
from energo_cabinet.i18n import text
from energo_cabinet.services.home.overview import METERS_SHOWN, Overview
from energo_cabinet.services.point.point import PointCard
from energo_cabinet.services.reading.meter import MeterToRead


@dataclass(frozen=True)
class RegisterView:
    """What a dial showed last, and what is calculated for today ("" for nothing); `zone` "" for the only one."""

    zone: str
    value: str
    calculated: str = ""


@dataclass(frozen=True)
class MeterLine:
    """A point with its meter. `submit`: where its readings are sent, "" when none are due; `note` says when."""

    name: str
    about: str
    registers: tuple[RegisterView, ...]
    read_at: str
    address: str
    is_smart: bool
    submit: str = ""
    note: str = ""


def meter_lines(found: Overview, language: str) -> list[MeterLine]:
    """The first points of the contract."""
    return [_line(point, found.to_read.get(point.id), language) for point in found.points[:METERS_SHOWN]]


def _line(point: PointCard, meter: MeterToRead | None, language: str) -> MeterLine:
    at = meter.read_at if meter else point.last_read_at
    return MeterLine(
        name=point.name,
        about=dots([text(f"resource.{point.resource.value}", language), point.meter_model or point.serial_number]),
        registers=_registers(point, meter, language),
        read_at=moment(at) if at else text("overview.never_read", language),
        address=routes.point(point.id),
        is_smart=point.is_smart,
        submit=routes.point(point.id, "submit") if meter and meter.is_due else "",
        note=_note(meter, language) if meter else "",
    )


def _registers(point: PointCard, meter: MeterToRead | None, language: str) -> tuple[RegisterView, ...]:
    if meter is None:
        last: Sequence[RegisterView] = [
            RegisterView(_zone(r.zone), number(r.value_kwh, language, 3)) for r in point.last_readings
        ]
        return tuple(last) or (RegisterView("", DASH),)
    return tuple(
        RegisterView(
            _zone(z.zone),
            number(z.last_kwh, language, 3),
            number(z.calculated_kwh, language, 1) if z.calculated_kwh is not None else "",
        )
        for z in meter.zones
    )


def _zone(zone: str) -> str:
    return "" if zone == "T0" else zone


def _note(meter: MeterToRead, language: str) -> str:
    window = meter.window
    if meter.pending:
        return text("overview.reading_sent", language)
    if not window.is_open:
        return text("overview.reading_opens", language, day=day_words(window.first, language))
    if window.days_left == 0:
        return text("overview.reading_last_day", language)
    left = counted(window.days_left, "overview.days", language)
    return text("overview.reading_until", language, day=day_words(window.last, language), left=left)
