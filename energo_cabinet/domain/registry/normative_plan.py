"""What becomes of every row of a file of normatives: name, value, unit, days of validity, source."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from energo_cabinet.domain.registry.plan import Change, Fate, RowFate
from energo_cabinet.domain.registry.price_plan import twice
from energo_cabinet.domain.registry.row import Reason, RegistryRow
from energo_cabinet.domain.time.validity import Validity, ended, placed
from energo_cabinet.domain.typed import stored_day

NORMATIVE_FIELDS = ("value", "unit", "valid_to", "source")
NormativeKey = tuple[str, date]


@dataclass(slots=True)
class NormativeBook:
    """Facts by name and first day; `closed`: those that end because another one begins."""

    facts: dict[NormativeKey, dict[str, str]] = field(default_factory=dict)
    closed: set[NormativeKey] = field(default_factory=set)

    def spans(self, name: str, besides: date | None = None) -> list[Validity]:
        """When a normative is valid, but for one of its periods."""
        own = ((day, facts) for (known, day), facts in self.facts.items() if known == name and day != besides)
        return [Validity(day, stored_day(facts.get("valid_to", ""))) for day, facts in own]


def plan_normatives(rows: Sequence[RegistryRow], book: NormativeBook) -> list[RowFate]:
    """Fates in the order of the file, worked out from the earliest day on; `book` becomes what it will be."""
    wrong = twice(rows, _key, lambda row: tuple(row.get(name) for name in NORMATIVE_FIELDS))
    found: dict[int, RowFate] = {}
    for row in sorted(rows, key=lambda row: row.day("valid_from") or date.min if not row.errors else date.min):
        reasons = row.errors or wrong.get(row.line, ()) or tuple(_refusals(row, book))
        found[row.line] = RowFate(row, Fate.REFUSED, (), reasons) if reasons else _taken(row, book)
    return [found[row.line] for row in rows]


def _key(row: RegistryRow) -> NormativeKey:
    return row.get("normative"), row.day("valid_from") or date.min


def _wanted(row: RegistryRow, book: NormativeBook) -> Validity:
    known = book.facts.get(_key(row), {})
    return Validity(_key(row)[1], stored_day(row.get("valid_to") or known.get("valid_to", "")))


def _refusals(row: RegistryRow, book: NormativeBook) -> Iterable[Reason]:
    wanted, known = _wanted(row, book), book.facts.get(_key(row))
    for name in ("unit", "source"):
        if known is None and not row.get(name):
            yield Reason("cell_needed", name)
    if wanted.last and wanted.last < wanted.first:
        yield Reason("validity_order", "valid_to")
        return
    _, in_way = placed(wanted, book.spans(row.get("normative"), wanted.first))
    if in_way is not None:
        yield Reason("validity_overlaps", "valid_from", {"day": f"{in_way.first:%d.%m.%Y}"})


def _taken(row: RegistryRow, book: NormativeBook) -> RowFate:
    key, wanted = _key(row), _wanted(row, book)
    known = book.facts.get(key)
    old = known or {}
    given = {name: row.get(name) for name in NORMATIVE_FIELDS if row.get(name)}
    changes = [Change(name, old.get(name, ""), text) for name, text in given.items() if text != old.get(name, "")]
    ends, _ = placed(wanted, book.spans(key[0], wanted.first))
    if ends is not None:
        last = ended(ends, wanted).last
        assert last is not None
        book.facts[(key[0], ends.first)]["valid_to"] = last.isoformat()
        book.closed.add((key[0], ends.first))
        changes.append(Change("closes", "", f"{ends.first:%d.%m.%Y} – {last:%d.%m.%Y}"))
    book.facts[key] = old | given
    fate = Fate.NEW if known is None else Fate.CHANGED if changes else Fate.SAME
    return RowFate(row, fate, tuple(changes))
