"""Reads the feed of live events from where it stands on, and overlooks nothing that commits late."""

from __future__ import annotations

import time

from energo_cabinet import door
from energo_cabinet.services.notice.live_event import Change, changes_after, newest_change

SETTLED_S = 30.0
"""An id drawn by a transaction that commits within this time after a higher one is still seen (PostgreSQL)."""


class Feed:
    """A position in the feed: everything up to `_floor` is settled, `_seen` are the ids above it (→ when seen)."""

    def __init__(self, floor: int) -> None:
        self._floor = floor
        self._seen: dict[int, float] = {}

    def look(self) -> list[Change]:
        """Events not taken yet; reads the database, changes nothing here."""
        return door.run_as_system(changes_after, self._floor, tuple(self._seen))

    def take(self, changes: list[Change]) -> dict[int, set[str]]:
        """User → topics of these events, which are known from now on."""
        now = time.monotonic()
        self._seen |= {change.id: now for change in changes}
        self._close_ranks()
        self._settle(now - SETTLED_S)
        found: dict[int, set[str]] = {}
        for change in changes:
            found.setdefault(change.user_id, set()).add(change.topic)
        return found

    def _close_ranks(self) -> None:
        """Ids that follow each other without a gap cannot have one commit late between them: they need no memory.

        A broadcast tells thousands at once, and what is remembered is read again at every look.
        """
        while self._floor + 1 in self._seen:
            self._floor += 1
            del self._seen[self._floor]

    def _settle(self, before: float) -> None:
        old = [number for number, seen in self._seen.items() if seen < before]
        if old:
            self._floor = max(old)
            self._seen = {number: seen for number, seen in self._seen.items() if number > self._floor}


def open_feed() -> Feed:
    """Behind what there is: a tab that opens now reads the database anyway."""
    return Feed(door.run_as_system(newest_change))
