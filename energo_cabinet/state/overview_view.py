"""«Главная» in the user's words: meters, the contract and its supplier, who is welcomed on which day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from babel.dates import format_date

from energo_cabinet import routes
from energo_cabinet.formatting import DASH, dots, locale_of, moment, number
from energo_cabinet.i18n import text
from energo_cabinet.services.metering_point import PointCard
from energo_cabinet.services.overview import ContractInfo

METERS_SHOWN = 6


@dataclass(frozen=True)
class InfoLine:
    """A line of the contract's card; `href` "" for plain text."""

    label: str
    value: str
    href: str = ""


@dataclass(frozen=True)
class RegisterView:
    """What a dial shows; `zone` "" for the only one."""

    zone: str
    value: str


@dataclass(frozen=True)
class MeterLine:
    """A point with its meter's last readings."""

    name: str
    about: str
    registers: tuple[RegisterView, ...]
    read_at: str
    address: str
    is_smart: bool


def greeted(full_name: str) -> str:
    """«Анна» of «Соколова Анна Викторовна»; a single word as it is."""
    words = full_name.split()
    return words[1] if len(words) > 1 else full_name


def today_words(day: date, language: str) -> str:
    """«Суббота, 21 ноября 2026»."""
    words = format_date(day, "EEEE, d MMMM y", locale=locale_of(language))
    return words[:1].upper() + words[1:]


def info_lines(info: ContractInfo, language: str) -> tuple[InfoLine, ...]:
    """The contract, its customer and how to reach the supplier; what nobody told is left out (Н-42)."""
    phone = "".join(c for c in info.supplier_phone if c.isdigit() or c == "+")
    site = info.supplier_website
    lines = (
        ("supplier", info.supplier_name, ""),
        ("number", info.number, ""),
        ("customer", info.customer_name, ""),
        ("address", info.address, ""),
        ("phone", info.supplier_phone, f"tel:{phone}"),
        ("email", info.supplier_email, f"mailto:{info.supplier_email}"),
        ("website", site.partition("://")[2] or site, site if site.startswith("https://") else ""),
        ("office", info.supplier_address, ""),
    )
    return tuple(InfoLine(text(f"overview.info_{key}", language), value, href) for key, value, href in lines if value)


def meter_lines(points: tuple[PointCard, ...], language: str) -> tuple[MeterLine, ...]:
    """The first points of the contract with what their meters showed last (Н-44, Н-45)."""
    return tuple(_meter(point, language) for point in points[:METERS_SHOWN])


def _meter(point: PointCard, language: str) -> MeterLine:
    resource = text(f"resource.{point.resource.value}", language)
    registers = tuple(
        RegisterView("" if r.zone == "T0" else r.zone, number(r.value_kwh, language, 3)) for r in point.last_readings
    )
    return MeterLine(
        name=point.name,
        about=dots([resource, point.meter_model or point.serial_number]),
        registers=registers or (RegisterView("", DASH),),
        read_at=moment(point.last_read_at) if point.last_read_at else text("overview.never_read", language),
        address=routes.point(point.id),
        is_smart=point.is_smart,
    )
