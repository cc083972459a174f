"""Normatives of a supplier: a number the law or the region sets, its days and where it comes from (Н-94)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlmodel import Session, col, select

from energo_cabinet.auth.access import Subject, service
from energo_cabinet.auth.audit import audit_note
from energo_cabinet.auth.supplier_access import of_supplier, own_supplier
from energo_cabinet.domain.registry.row import plain
from energo_cabinet.domain.time.local_day import local_day
from energo_cabinet.domain.time.validity import Validity, ended, placed
from energo_cabinet.domain.typed import MAX_ID, stored_day
from energo_cabinet.errors import Conflict, InvalidInput, NotFound
from energo_cabinet.models import Normative, Supplier
from energo_cabinet.services.point.facts import Facts, checked, stamp

PAGE = 50
MOST = 200
NORMATIVE_FIELDS = ("normative", "value", "unit", "valid_from", "valid_to", "source")
NEEDED = ("normative", "value", "unit", "valid_from", "source")


@dataclass(frozen=True, slots=True)
class NormativeLine:
    """A normative; `when`: "now", "later" or "past"; `facts`: the form's texts, `seen`: their stamp."""

    id: int
    name: str
    value: Decimal
    unit: str
    valid_from: date
    valid_to: date | None
    source: str
    when: str
    facts: Mapping[str, str]
    seen: str


@dataclass(frozen=True, slots=True)
class NormativePage:
    """Some normatives by name, the newest first; `next`: how many to skip, None on the last page."""

    lines: tuple[NormativeLine, ...]
    next: int | None


@service("staff:registry", "normative.list")
def list_normatives(session: Session, subject: Subject, skip: int = 0, limit: int = PAGE) -> NormativePage:
    """Normatives of the member's supplier."""
    today = local_day(subject.at, own_supplier(session, subject).zone_name)
    query = select(Normative).where(of_supplier(subject, Normative.supplier_id))
    query = query.order_by(col(Normative.name), col(Normative.valid_from).desc())
    limit, skip = max(1, min(limit, MOST)), max(0, min(skip, MAX_ID))
    rows = session.exec(query.offset(skip).limit(limit + 1)).all()
    lines = tuple(_line(row, today) for row in rows[:limit])
    return NormativePage(lines, skip + limit if len(rows) > limit else None)


@service("staff:admin", "normative.add")
def add_normative(session: Session, subject: Subject, fields: Mapping[str, str]) -> int:
    """A normative; one of the same name that has no end ends on the day before. Its id. InvalidInput."""
    supplier = _locked(session, own_supplier(session, subject))
    given = _checked(fields)
    row = Normative(supplier_id=supplier.id, name="", value=Decimal(0), unit="", valid_from=date.min, source="")
    _place(session, row, given)
    session.add(row)
    session.flush()
    audit_note(session, normative_id=row.id, **given)
    return row.id


@service("staff:admin", "normative.save")
def save_normative(session: Session, subject: Subject, normative_id: int, fields: Mapping[str, str], seen: str) -> None:
    """Change a normative. InvalidInput; Conflict; NotFound."""
    row = _visible(session, subject, normative_id)
    _locked(session, own_supplier(session, subject))
    given, known = _checked(fields), facts_of_normative(row)
    changes = {name: f"{known[name]} → {text}" for name, text in given.items() if text != known[name]}
    if changes and seen != stamp(known):
        raise Conflict("registry_changed")
    _place(session, row, given)
    session.add(row)
    audit_note(session, changes=changes)


@service("staff:admin", "normative.remove")
def remove_normative(session: Session, subject: Subject, normative_id: int) -> None:
    """Take a normative out. NotFound."""
    row = _visible(session, subject, normative_id)
    audit_note(session, **facts_of_normative(row))
    session.delete(row)


def normatives_on(session: Session, supplier_id: int, day: date) -> Sequence[Normative]:
    """Those in force on a day, by name."""
    query = select(Normative).where(Normative.supplier_id == supplier_id, col(Normative.valid_from) <= day)
    query = query.where(col(Normative.valid_to).is_(None) | (col(Normative.valid_to) >= day))
    return session.exec(query.order_by(col(Normative.name))).all()


def facts_of_normative(row: Normative) -> Facts:
    """A normative as its form shows it."""
    return {
        "normative": row.name,
        "value": plain(row.value),
        "unit": row.unit,
        "valid_from": row.valid_from.isoformat(),
        "valid_to": row.valid_to.isoformat() if row.valid_to else "",
        "source": row.source,
    }


def put_normative(row: Normative, given: Mapping[str, str]) -> None:
    """The checked fields into the columns of a row."""
    row.name, row.value, row.unit, row.source = (
        given["normative"],
        Decimal(given["value"]),
        given["unit"],
        given["source"],
    )
    row.valid_from = date.fromisoformat(given["valid_from"])
    row.valid_to = stored_day(given["valid_to"])


def _checked(fields: Mapping[str, str]) -> Facts:
    texts = {name: text if isinstance(text := fields.get(name), str) else "" for name in NORMATIVE_FIELDS}
    clean = {name: "".join(c for c in text if c.isprintable()) for name, text in texts.items()}
    given = checked(NORMATIVE_FIELDS, clean, NEEDED)
    if given["valid_to"] and given["valid_to"] < given["valid_from"]:
        raise InvalidInput({"valid_to": "normative_order"})
    return given


def _place(session: Session, row: Normative, given: Facts) -> None:
    """The row with its fields, where its days leave the others of its name alone; InvalidInput."""
    wanted = Validity(date.fromisoformat(given["valid_from"]), stored_day(given["valid_to"]))
    same = select(Normative).where(Normative.supplier_id == row.supplier_id, Normative.name == given["normative"])
    others = {Validity(one.valid_from, one.valid_to): one for one in session.exec(same) if one.id != row.id}
    ends, in_way = placed(wanted, others)
    if in_way is not None:
        raise InvalidInput({"valid_from": "normative_overlaps"}, day=f"{in_way.first:%d.%m.%Y}")
    if ends is not None:
        others[ends].valid_to = ended(ends, wanted).last
        session.add(others[ends])
    put_normative(row, given)


def _line(row: Normative, today: date) -> NormativeLine:
    facts = facts_of_normative(row)
    when = "later" if row.valid_from > today else "past" if row.valid_to and row.valid_to < today else "now"
    return NormativeLine(
        row.id,
        row.name,
        row.value,
        row.unit,
        row.valid_from,
        row.valid_to,
        row.source,
        when,
        facts,
        stamp(facts),
    )


def _visible(session: Session, subject: Subject, normative_id: int) -> Normative:
    query = select(Normative).where(Normative.id == normative_id, of_supplier(subject, Normative.supplier_id))
    found = session.exec(query).first()
    if found is None:
        raise NotFound
    return found


def _locked(session: Session, supplier: Supplier) -> Supplier:
    """One change of a supplier's normatives at a time: none is to slip in between the look and the writing."""
    return session.exec(select(Supplier).where(Supplier.id == supplier.id).with_for_update()).one()
