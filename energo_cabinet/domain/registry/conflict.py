"""Rows of one file that contradict each other: the same serial twice, circles of replacements, differing facts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import groupby

from energo_cabinet.domain.registry.row import METER_FACTS, POINT_FACTS, Reason, RegistryRow

Found = dict[int, tuple[Reason, ...]]


def conflicts(rows: Sequence[RegistryRow]) -> Found:
    """Line → why its row is refused."""
    good = [row for row in rows if not row.errors]
    found: Found = {}
    for line, reason in (*_twice(good), *_circles(good), *_serials(good), *_differing(good)):
        found[line] = (*found.get(line, ()), reason)
    return found


def _twice(rows: Iterable[RegistryRow]) -> Iterable[tuple[int, Reason]]:
    seen: dict[tuple[str, ...], int] = {}
    for row in rows:
        first = seen.setdefault((row.point, row.serial, row.get("installed_on")), row.line)
        if first != row.line:
            yield row.line, Reason("row_twice", "", {"line": first})


def _circles(rows: Sequence[RegistryRow]) -> Iterable[tuple[int, Reason]]:
    """A replaced by B, B by A: no order of installations makes sense of it."""
    before = {row.serial: row.get("replaces") for row in rows if row.serial and row.get("replaces")}
    in_circle = {serial: chain for serial in before if (chain := _chain(serial, before))}
    for row in rows:
        if row.get("replaces") and row.serial in in_circle:
            yield row.line, Reason("circle", "replaces", {"chain": in_circle[row.serial]})


def _chain(serial: str, before: Mapping[str, str]) -> str:
    """«A ← B ← A» where following the replacements leads back; "" where it ends."""
    path = [serial]
    while (following := before.get(path[-1])) is not None:
        if following == serial:
            shown = [*path, serial]
            return " ← ".join(shown if len(shown) <= 6 else [*shown[:3], "…", *shown[-2:]])
        if following in path[1:] or len(path) > len(before):
            return ""
        path.append(following)
    return ""


def _serials(rows: Sequence[RegistryRow]) -> Iterable[tuple[int, Reason]]:
    """One meter in two places on the same days, or under two models."""
    ends = {(row.point, row.get("replaces")): row.day("installed_on") for row in rows if row.get("replaces")}
    ordered = sorted((row for row in rows if row.serial), key=lambda row: (row.serial, row.line))
    for _, same in groupby(ordered, key=lambda row: row.serial):
        group = list(same)
        if len(group) == 1:
            continue
        for row in group:
            other = next((r for r in group if r is not row and _clash(row, r, ends)), None)
            if other is not None:
                yield row.line, Reason("serial_twice", "serial", {"line": other.line})


def _clash(one: RegistryRow, two: RegistryRow, ends: Mapping[tuple[str, str], date | None]) -> bool:
    if one.get("model") and two.get("model") and one.get("model") != two.get("model"):
        return True
    if one.point == two.point:
        return False
    (start, end), (other_start, other_end) = _span(one, ends), _span(two, ends)
    return max(start, other_start) < min(end, other_end) or start == other_start


def _span(row: RegistryRow, ends: Mapping[tuple[str, str], date | None]) -> tuple[date, date]:
    end = row.day("removed_on") or ends.get((row.point, row.serial)) or date.max
    return row.day("installed_on") or date.min, end


def _differing(rows: Iterable[RegistryRow]) -> Iterable[tuple[int, Reason]]:
    """Two rows that say different things of one point or meter."""
    told: dict[tuple[str, str, str], tuple[str, int]] = {}
    for row in rows:
        named = [("point", row.point, name) for name in POINT_FACTS]
        named += [("meter", row.serial, name) for name in METER_FACTS] if row.serial else []
        for kind, key, name in named:
            value = row.get(name)
            first, line = told.setdefault((kind, key, name), (value, row.line)) if value else ("", 0)
            if value and first != value:
                yield row.line, Reason("differs", name, {"line": line, "value": first})
