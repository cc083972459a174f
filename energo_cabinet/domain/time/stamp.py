"""Local stamps without an offset to instants, where the clock changes too: by continuation and order."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

_EPOCH = datetime(1970, 1, 1)  # noqa: DTZ001  wall clock


@lru_cache(maxsize=65536)
def _only_offset(day: int, zone_name: str) -> int | None:
    """UTC offset in seconds of a wall-clock day (days since 1970); None when it changes around that day."""
    noon = datetime.combine(date(1970, 1, 1) + timedelta(days=day), datetime.min.time(), ZoneInfo(zone_name))
    hours = (noon + timedelta(hours=hour) for hour in (-24, -3, 0, 3, 24, 27))
    offsets = {at.utcoffset() for at in hours}
    return int((offsets.pop() or timedelta()).total_seconds()) if len(offsets) == 1 else None


def wall_seconds(at: datetime) -> int:
    """A naive wall-clock time as seconds since 1970 of the wall clock."""
    return int((at - _EPOCH).total_seconds())


class LocalStamps:
    """Resolves the wall-clock stamps of one series, in the order of the file.

    `is_end`: stamps mark the end of their interval. Both ways of writing that exist are understood: the wall clock at
    the end, and the wall clock at the beginning plus the step.
    """

    def __init__(self, zone_name: str, step: int, is_end: bool) -> None:
        self._zone_name, self._step, self._is_end = zone_name, step, is_end
        self._info = ZoneInfo(zone_name)
        self._seen: set[int] = set()
        self._last: int | None = None

    def resolve(self, walls: Sequence[int]) -> list[int | None]:
        """Epoch seconds of each stamp; None for a time that the changed clock left out."""
        found: list[int | None] = []
        for wall in walls:
            offset = _only_offset(wall // 86400, self._zone_name)
            instant = wall - offset if offset is not None else self._on_changed_day(wall)
            found.append(instant)
            self._last = instant if instant is not None else self._last
        return found

    def _on_changed_day(self, wall: int) -> int | None:
        if self._last is not None:
            following = self._last + self._step
            goes_on = self._wall(following) == wall
            if goes_on or (self._is_end and self._wall(self._last) + self._step == wall):
                self._seen.add(following)
                return following
        candidates = [at for at in self._folds(wall) if self._wall(at) == wall]
        if not candidates:
            before = self._folds(wall)[0]
            ends_there = self._is_end and self._wall(before - 1) == wall - 1
            return before if ends_there else None
        instant = next((at for at in candidates if at not in self._seen), candidates[-1])
        self._seen.add(instant)
        return instant

    def _folds(self, wall: int) -> list[int]:
        naive = _EPOCH + timedelta(seconds=wall)
        first, second = (int(naive.replace(tzinfo=self._info, fold=fold).timestamp()) for fold in (0, 1))
        return [first] if first == second else [first, second]

    def _wall(self, instant: int) -> int:
        return wall_seconds(datetime.fromtimestamp(instant, UTC).astimezone(self._info).replace(tzinfo=None))
