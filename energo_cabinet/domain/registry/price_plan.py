"""What becomes of every row of a file of tariff prices: tariff, zone, first day, RUB per kWh."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from energo_cabinet.domain.registry.plan import Change, Fate, RowFate
from energo_cabinet.domain.registry.row import Reason, RegistryRow

PriceKey = tuple[str, str, date]
"""Code of a tariff, zone, first day."""


@dataclass(slots=True)
class PriceBook:
    """Tariffs by code with their zones; prices in their plain form."""

    zones: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    prices: dict[PriceKey, str] = field(default_factory=dict)

    def key(self, row: RegistryRow) -> PriceKey:
        """What a row prices; a tariff of one zone needs no name of it."""
        zones = self.zones.get(row.get("tariff"), ())
        zone = row.get("zone") or (zones[0] if len(zones) == 1 else "")
        return row.get("tariff"), zone, row.day("valid_from") or date.min

    def first_day(self, tariff: str) -> date | None:
        """The day the tariff's prices begin."""
        return min((day for code, _, day in self.prices if code == tariff), default=None)

    def priced(self, tariff: str, until: date) -> set[str]:
        """Zones that have a price on a day."""
        return {zone for code, zone, day in self.prices if code == tariff and day <= until}


def plan_prices(rows: Sequence[RegistryRow], book: PriceBook, today: date) -> list[RowFate]:
    """Fates in the order of the file; `book` becomes what it will be."""
    wrong = twice(rows, book.key, lambda row: row.get("price"))
    refused = {row.line: row.errors or wrong.get(row.line, ()) or tuple(_refusals(row, book)) for row in rows}
    refused = _uncovered([row for row in rows if not refused[row.line]], book) | {k: v for k, v in refused.items() if v}
    return [
        RowFate(row, Fate.REFUSED, (), refused[row.line]) if row.line in refused else _taken(row, book, today)
        for row in rows
    ]


def twice(
    rows: Iterable[RegistryRow], key: Callable[[RegistryRow], Hashable], value: Callable[[RegistryRow], Hashable]
) -> dict[int, tuple[Reason, ...]]:
    """Rows that repeat another one; where the two differ, both: nobody can tell which is right."""
    groups: dict[Hashable, list[RegistryRow]] = {}
    for row in rows:
        if not row.errors:
            groups.setdefault(key(row), []).append(row)
    found: dict[int, tuple[Reason, ...]] = {}
    for first, *others in (group for group in groups.values() if len(group) > 1):
        found |= {row.line: (Reason("row_twice", "", {"line": first.line}),) for row in others}
        if any(value(row) != value(first) for row in others):
            found[first.line] = (Reason("row_twice", "", {"line": others[0].line}),)
    return found


def _refusals(row: RegistryRow, book: PriceBook) -> Iterable[Reason]:
    tariff, zone, _ = book.key(row)
    zones = book.zones.get(tariff)
    if zones is None:
        yield Reason("tariff_unknown", "tariff", {"code": tariff})
    elif not zone:
        yield Reason("price_zone_needed", "zone", {"zones": ", ".join(zones)})
    elif zone not in zones:
        yield Reason("price_zone_unknown", "zone", {"zone": zone, "zones": ", ".join(zones)})


def _uncovered(rows: Sequence[RegistryRow], book: PriceBook) -> dict[int, tuple[Reason, ...]]:
    """Rows before a tariff's first day that leave some of its zones without a price on theirs."""
    found: dict[int, tuple[Reason, ...]] = {}
    priced: dict[str, set[str]] = {}
    days = sorted({(book.key(row)[0], book.key(row)[2]) for row in rows})
    for tariff, day in days:
        first = book.first_day(tariff)
        here = [row for row in rows if (book.key(row)[0], book.key(row)[2]) == (tariff, day)]
        known = priced.get(tariff, set()) | {book.key(row)[1] for row in here}
        known |= book.priced(tariff, day) if first is not None and first <= day else set()
        missing = [zone for zone in book.zones[tariff] if zone not in known]
        if missing:
            reason = Reason("price_zones_missing", "valid_from", {"zones": ", ".join(missing)})
            found |= {row.line: (reason,) for row in here}
        else:
            priced[tariff] = known
    return found


def _taken(row: RegistryRow, book: PriceBook, today: date) -> RowFate:
    key = tariff, zone, day = book.key(row)
    old, new = book.prices.get(key, ""), row.get("price")
    if old == new:
        return RowFate(row, Fate.SAME)
    changes = [Change("price", old, new)]
    if day <= today:
        following = min((d for code, z, d in book.prices if (code, z) == (tariff, zone) and d > day), default=None)
        changes.append(Change("recounts", "", f"{day:%d.%m.%Y}" + (f" – {following:%d.%m.%Y}" if following else "")))
    book.prices[key] = new
    return RowFate(row, Fate.CHANGED if old else Fate.NEW, tuple(changes))
