"""Points, meters and transformers as fields of a form: texts in one form, checked, with a stamp of what was seen."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlmodel import Session, SQLModel

from energo_cabinet.auth.access import Subject
from energo_cabinet.auth.audit import audit_note
from energo_cabinet.domain.registry.row import METER_DAYS, POINT_NUMBERS, POINT_TEXTS, plain
from energo_cabinet.domain.typed import stored_day
from energo_cabinet.errors import Conflict, InvalidInput
from energo_cabinet.formats.registry.cell import WrongCell, read_cell
from energo_cabinet.models import Contract, Meter, MeteringPoint, RegistryChange, Tariff, Transformer

Facts = dict[str, str]
Changes = list[list[str]]
"""[field, old, new]"""

POINT_COLUMNS = (*(name for name in POINT_TEXTS if name != "zone_name"), *POINT_NUMBERS)
POINT_FIELDS = (*POINT_COLUMNS, "contract", "tariff")
METER_FIELDS = (
    "serial",
    "model",
    "registry_number",
    "accuracy_class",
    "nominal_voltage",
    "current_range",
    "zone_count",
    *METER_DAYS,
)
TRANSFORMER_FIELDS = (
    "model",
    "serial_number",
    "registry_number",
    "primary_current_a",
    "secondary_current_a",
    "accuracy_class",
    "nominal_voltage",
    "place",
    "commissioned_on",
    "last_verification_on",
    "next_verification_on",
)
COLUMN_OF = {"serial": "serial_number"}
NUMBERS = frozenset({*POINT_NUMBERS, "primary_current_a", "secondary_current_a"})
DAYS = frozenset(METER_DAYS)


def facts_of_point(session: Session, point: MeteringPoint) -> Facts:
    """Fields of a point; the contract by its number, the tariff by its code."""
    contract = session.get(Contract, point.contract_id) if point.contract_id else None
    tariff = session.get(Tariff, point.tariff_id) if point.tariff_id else None
    links = {"contract": contract.number if contract else "", "tariff": tariff.code if tariff else ""}
    return columns_of(point, POINT_COLUMNS) | links


def facts_of_meter(meter: Meter) -> Facts:
    """Fields of a meter."""
    return columns_of(meter, METER_FIELDS)


def facts_of_transformer(transformer: Transformer) -> Facts:
    """Fields of a measuring transformer."""
    return columns_of(transformer, TRANSFORMER_FIELDS)


def columns_of(row: SQLModel, names: Iterable[str]) -> Facts:
    """Columns of a row as the form shows them."""
    return {name: _text(getattr(row, COLUMN_OF.get(name, name))) for name in names}


def stamp(facts: Mapping[str, str]) -> str:
    """What was seen, in 16 characters: another stamp says that somebody changed it meanwhile."""
    return hashlib.sha256(json.dumps(dict(facts), sort_keys=True).encode()).hexdigest()[:16]


def checked(names: Iterable[str], fields: Mapping[str, str], required: Iterable[str] = ()) -> Facts:
    """The typed fields in one form; InvalidInput tells every wrong one."""
    found: Facts = {}
    wrong: dict[str, str] = {}
    for name in names:
        text = fields.get(name, "")
        try:
            found[name] = read_cell(name, text if isinstance(text, str) else "")
        except WrongCell as error:
            wrong[name] = f"registry_{error.code}"
    wrong |= {name: "registry_needed" for name in required if name in found and not found[name]}
    if wrong:
        raise InvalidInput(wrong)
    return found


def check_days(given: Mapping[str, str], today: date, installed_on: date | None = None) -> None:
    """InvalidInput for days in the wrong order."""
    days = {name: date.fromisoformat(text) for name, text in given.items() if name in DAYS and text}
    wrong = {name: "registry_in_future" for name in days if name != "next_verification_on" and days[name] > today}
    due, last = days.get("next_verification_on"), days.get("last_verification_on")
    if due and last and due < last:
        wrong["next_verification_on"] = "registry_verification_order"
    elif due and installed_on and due < installed_on:
        wrong["next_verification_on"] = "registry_verification_before_installation"
    if wrong:
        raise InvalidInput(wrong)


def check_seen(facts: Facts, given: Facts, seen: str) -> Changes:
    """What changes; Conflict when the row is not what the form was opened with."""
    changes = [[name, facts.get(name, ""), text] for name, text in given.items() if text != facts.get(name, "")]
    if changes and stamp(facts) != seen:
        raise Conflict("registry_changed")
    return changes


def put(row: SQLModel, given: Mapping[str, str]) -> None:
    """The checked fields into the columns of a row."""
    for name, text in given.items():
        value: Any = text
        if name in DAYS:
            value = stored_day(text)
        elif name in NUMBERS:
            value = Decimal(text) if text else None
        elif name == "zone_count":
            value = int(text)
        setattr(row, COLUMN_OF.get(name, name), value)


def note_change(session: Session, subject: Subject, point_id: int, what: str, changes: Changes) -> None:
    """Into the point's history and the audit journal; nothing where nothing changed."""
    if not changes:
        return
    by = subject.staff.name if subject.staff else ""
    session.add(RegistryChange(point_id=point_id, at=subject.at, by=by, what=what, changes=changes))
    audit_note(session, changes={name: f"{old} → {new}" for name, old, new in changes})


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return plain(value)
    return value.isoformat() if isinstance(value, date | datetime) else str(value)
