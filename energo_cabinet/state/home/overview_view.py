"""«Главная» in the user's words: the contract and its supplier, who is welcomed on which day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from babel.dates import format_date

from energo_cabinet.formatting import locale_of
from energo_cabinet.i18n import text
from energo_cabinet.services.home.overview import ContractInfo


@dataclass(frozen=True)
class InfoLine:
    """A line of the contract's card; `href` "" for plain text."""

    label: str
    value: str
    href: str = ""


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
