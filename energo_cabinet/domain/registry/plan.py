"""What becomes of every row of a registry file, before anything is written: new, changed, the same or refused.

Rows are looked at from the oldest installation to the newest, each against the registry with the rows before it. What
contradicts another row of the file is refused on both sides: nobody can tell which of the two is right.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from energo_cabinet.domain.registry.conflict import conflicts
from energo_cabinet.domain.registry.model import Registers, RegistryModel, Stand
from energo_cabinet.domain.registry.row import METER_FACTS, POINT_FACTS, Reason, RegistryRow


class Fate(StrEnum):
    """What becomes of a row."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Change:
    """A field: what it was ("" for nothing) and what it becomes. "point", "meter", "installation": a row of its own."""

    field: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class RowFate:
    """A row with what becomes of it and why."""

    row: RegistryRow
    fate: Fate
    changes: tuple[Change, ...] = ()
    reasons: tuple[Reason, ...] = ()


NEW_THINGS = frozenset({"point", "meter", "installation"})


def plan(rows: Sequence[RegistryRow], model: RegistryModel, today: date) -> list[RowFate]:
    """Fates in the order of the file; `model` becomes the registry as it will be."""
    wrong = conflicts(rows)
    found: dict[int, RowFate] = {}
    for row in sorted(rows, key=lambda r: (r.day("installed_on") or date.min if not r.errors else date.min, r.line)):
        reasons = row.errors or wrong.get(row.line, ()) or tuple(_dates(row, today)) or tuple(_refusals(row, model))
        found[row.line] = RowFate(row, Fate.REFUSED, (), reasons) if reasons else _taken(row, model)
    return [found[row.line] for row in rows]


def _dates(row: RegistryRow, today: date) -> Iterable[Reason]:
    installed, removed = row.day("installed_on"), row.day("removed_on")
    last, due = row.day("last_verification_on"), row.day("next_verification_on")
    for column in ("installed_on", "removed_on", "last_verification_on", "commissioned_on"):
        if (row.day(column) or today) > today:
            yield Reason("in_future", column)
    if installed and removed and removed < installed:
        yield Reason("removed_before_installed", "removed_on")
    if last and due and due < last:
        yield Reason("verification_order", "next_verification_on")
    if installed and due and due < installed:
        yield Reason("verification_before_installation", "next_verification_on")


def _refusals(row: RegistryRow, model: RegistryModel) -> Iterable[Reason]:
    """What the registry has against a row."""
    known = model.points.get(row.point)
    if known is None and not row.get("name"):
        yield Reason("name_needed", "name")
    if known and row.get("zone_name") not in ("", known.get("zone_name", "")):
        yield Reason("zone_fixed", "zone_name", {"zone": known.get("zone_name", "")})
    if row.get("contract") and row.get("contract") not in model.contracts:
        yield Reason("contract_unknown", "contract", {"number": row.get("contract")})
    if row.get("tariff") and row.get("tariff") not in model.tariffs:
        yield Reason("tariff_unknown", "tariff", {"code": row.get("tariff")})
    if row.serial:
        yield from _meter_refusals(row, model)


def _meter_refusals(row: RegistryRow, model: RegistryModel) -> Iterable[Reason]:
    known = model.models_of(row.serial)
    if row.get("model") and known and row.get("model") not in known:
        yield Reason("serial_other_model", "model", {"model": ", ".join(sorted(known)) or "—"})
    elif not row.get("model") and len(known) > 1:
        yield Reason("serial_ambiguous", "model", {"model": ", ".join(sorted(known))})
    else:
        yield from _standing_refusals(row, model)


def _standing_refusals(row: RegistryRow, model: RegistryModel) -> Iterable[Reason]:
    meter, since = model.meter_key(row), row.day("installed_on")
    here = model.standing(row.point, meter, since)
    if here is None and since is None:
        yield Reason("installed_on_needed", "installed_on")
        return
    start, removed = since or (here.installed_on if here else date.min), row.day("removed_on")
    if removed and removed < start:
        yield Reason("removed_before_installed", "removed_on")
    wanted = Stand(row.point, meter, start, removed or (here.removed_on if here else None))
    other = next((s for s in model.stands_of_meter(meter) if s is not here and s.overlaps(wanted)), None)
    if other is not None:
        params: dict[str, str | int] = {"point": other.point, "day": f"{other.installed_on:%d.%m.%Y}"}
        yield Reason("meter_elsewhere", "serial", params)
    old = model.replaced_by(row) if here is None else None
    if here is None and row.get("replaces"):
        yield from _replacement_refusals(row, model, old, start)
    taken = [s for s in model.stands_of_point(row.point) if s is not here and s is not old and s.overlaps(wanted)]
    if taken:
        yield Reason("point_taken", "installed_on", {"serial": taken[0].meter[0]})
    yield from _register_refusals(row, model)


def _replacement_refusals(row: RegistryRow, model: RegistryModel, old: Stand | None, since: date) -> Iterable[Reason]:
    if old is None:
        yield Reason("replaced_not_here", "replaces", {"serial": row.get("replaces")})
    elif since <= old.installed_on:
        yield Reason("replaced_before_installed", "installed_on", {"day": f"{old.installed_on:%d.%m.%Y}"})
    for column in ("replaced_final_kwh", "initial_kwh"):
        if not row.get(column):
            yield Reason("registers_needed", column)
    last, final = model.last_registers.get(row.point, {}), row.registers("replaced_final_kwh")
    zones = model.zones_of(row)
    if len(final) == len(zones) and any(wh < last.get(z, 0) for z, wh in zip(zones, final, strict=True)):
        yield Reason("final_below_last", "replaced_final_kwh")


def _register_refusals(row: RegistryRow, model: RegistryModel) -> Iterable[Reason]:
    zones = model.zones_of(row)
    for column in ("initial_kwh", "final_kwh", "replaced_final_kwh"):
        given = row.registers(column)
        if given and len(given) != len(zones):
            yield Reason("registers_count", column, {"expected": len(zones), "given": len(given)})


def _taken(row: RegistryRow, model: RegistryModel) -> RowFate:
    """The row put into the model."""
    changes = [*_point(row, model)]
    if row.serial:
        changes += [*_meter(row, model), *_installation(row, model)]
    is_new = any(change.field in NEW_THINGS for change in changes)
    fate = Fate.NEW if is_new else Fate.CHANGED if changes else Fate.SAME
    return RowFate(row, fate, tuple(changes))


def _point(row: RegistryRow, model: RegistryModel) -> Iterable[Change]:
    facts = model.points.get(row.point)
    if facts is None:
        facts = model.points[row.point] = {}
        yield Change("point", "", row.point)
    yield from _facts(row, POINT_FACTS, facts)


def _meter(row: RegistryRow, model: RegistryModel) -> Iterable[Change]:
    key = model.meter_key(row)
    facts = model.meters.get(key)
    if facts is None:
        facts = model.meters[key] = {}
        yield Change("meter", "", " ".join(filter(None, key)))
    yield from _facts(row, METER_FACTS, facts)


def _facts(row: RegistryRow, names: Iterable[str], facts: dict[str, str]) -> Iterable[Change]:
    for name in names:
        new, old = row.get(name), facts.get(name, "")
        if new and new != old:
            facts[name] = new
            yield Change(name, old, new)


def _installation(row: RegistryRow, model: RegistryModel) -> Iterable[Change]:
    meter, since, removed = model.meter_key(row), row.day("installed_on"), row.day("removed_on")
    stand = model.standing(row.point, meter, since)
    if stand is None and since is not None:
        old = model.replaced_by(row)
        if old is not None:
            yield Change("replaces", old.meter[0], row.serial)
            old.close(since)
            model.note(Registers(row.point, old.meter, since, row.registers("replaced_final_kwh"), is_final=True))
        stand = Stand(row.point, meter, since, None, is_changed=True)
        model.add(stand)
        model.note(Registers(row.point, meter, since, row.registers("initial_kwh"), is_final=False))
        yield Change("installation", "", f"{since:%d.%m.%Y}")
    if stand is not None and removed and removed != stand.removed_on:
        yield Change("removed_on", f"{stand.removed_on or ''}", f"{removed}")
        stand.close(removed)
        model.note(Registers(row.point, meter, removed, row.registers("final_kwh"), is_final=True))
