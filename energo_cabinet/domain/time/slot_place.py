"""Which slot of a local day a wall-clock period is, on days when the clock changes too."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from functools import lru_cache

from energo_cabinet.domain.time.local_day import DAY_MINUTES, slot_starts

STEPS = (15, 30, 60)


class PeriodError(ValueError):
    """A period that has no place in the day; `index` of the period, `code` why."""

    def __init__(self, code: str, index: int) -> None:
        super().__init__(code)
        self.code, self.index = code, index


@lru_cache(maxsize=1024)
def wall_minutes(day: date, zone_name: str, step_min: int) -> tuple[int, ...]:
    """Minute of the wall clock at which each slot of the day begins."""
    return tuple(at.hour * 60 + at.minute for at in slot_starts(day, zone_name, step_min))


def place(
    day: date, zone_name: str, step_min: int, starts: Sequence[int], ends: Sequence[int], summer: Sequence[bool]
) -> list[int | None]:
    """Slot of each period given by wall minutes; None for an hour that the changed clock left out.

    The hour that comes twice is told apart by `summer`, else by order. PeriodError "period_length" or
    "duplicate_period".
    """
    walls = wall_minutes(day, zone_name, step_min)
    slots: dict[int, list[int]] = defaultdict(list)
    for slot, minute in enumerate(walls):
        slots[minute].append(slot)
    flagged = {minute for minute, is_summer in zip(starts, summer, strict=True) if is_summer}
    seen: dict[int, int] = defaultdict(int)
    placed: list[int | None] = []
    for index, (start, end) in enumerate(zip(starts, ends, strict=True)):
        candidates = slots.get(start, [])
        by_flag = start in flagged and len(candidates) > 1
        nth = int(not summer[index]) if by_flag else seen[start]
        seen[start] += 1
        if candidates and nth >= len(candidates):
            raise PeriodError("duplicate_period", index)
        found = candidates[nth] if candidates else None
        if not _is_long(start, end, step_min, walls, found):
            raise PeriodError("period_length", index)
        placed.append(found)
    _refuse_twice(placed)
    return placed


def _refuse_twice(placed: Sequence[int | None]) -> None:
    taken: set[int] = set()
    for index, slot in enumerate(placed):
        if slot is not None and slot in taken:
            raise PeriodError("duplicate_period", index)
        taken.add(-1 if slot is None else slot)


def _is_long(start: int, end: int, step_min: int, walls: Sequence[int], slot: int | None) -> bool:
    """Whether a period ends one step later, by the wall clock or where the next slot begins."""
    if end % DAY_MINUTES == (start + step_min) % DAY_MINUTES:
        return True
    return slot is not None and end % DAY_MINUTES == walls[(slot + 1) % len(walls)]
