"""Notes behind the door who has looked at whose data (auth.looks), in a transaction of its own and in no hurry.

Reading never waits for it and never fails with it: while the database is locked or the disk is full the looks wait here
and are written by a later call. At most once a minute for the same looks of the same device.
"""

from __future__ import annotations

import logging
import threading
import time
from datetime import datetime
from typing import Any

from sqlalchemy.exc import SQLAlchemyError

from energo_cabinet.auth.access import Subject
from energo_cabinet.auth.looks import Looker, Looks, rows_of, store_rows
from energo_cabinet.database import impatient_connection

MOST_WAITING = 10_000
AFTER_FAULT_S = 2.0

log = logging.getLogger(__name__)


class Notebook:
    """Of one process: what it has noted this minute, and what it could not write yet, tried again `after_fault_s`."""

    def __init__(self, after_fault_s: float = AFTER_FAULT_S) -> None:
        self._after_fault_s = after_fault_s
        self._lock = threading.Lock()
        self._minute: datetime | None = None
        self._noted: set[tuple[Any, ...]] = set()
        self._waiting: list[tuple[Looker, Looks]] = []
        self._not_before = 0.0

    def note(self, subject: Subject, looks: Looks) -> None:
        """Write what a call has looked at, with whatever waits."""
        looker = _looker(subject)
        if not looks or looker is None or not self._is_new(looker, looks):
            return
        with self._lock:
            self._waiting.append((looker, looks))
            if len(self._waiting) > MOST_WAITING:
                log.error("who has looked at what could not be written for too long: the oldest is lost")
                del self._waiting[0]
            if time.monotonic() < self._not_before:
                return
            taken, self._waiting = self._waiting, []
        self._write(taken)

    def _is_new(self, looker: Looker, looks: Looks) -> bool:
        minute = looker.at.replace(second=0, microsecond=0)
        who = (looker.user_id, looker.session_id, looker.device_id, looker.ip, looker.viewing, looker.supplier_id)
        what = (
            frozenset(looks.contracts),
            frozenset(looks.points),
            frozenset(looks.people),
            looks.is_own,
            looks.is_list,
        )
        with self._lock:
            if minute != self._minute:
                self._minute, self._noted = minute, set()
            if (who, what) in self._noted:
                return False
            self._noted.add((who, what))
            return True

    def _write(self, taken: list[tuple[Looker, Looks]]) -> None:
        try:
            with impatient_connection() as connection:
                rows = [row for looker, looks in taken for row in rows_of(connection, looker, looks)]
                if rows:
                    store_rows(connection, rows)
        except SQLAlchemyError as error:
            log.warning("who has looked at what waits to be written: %s", type(error).__name__)
            with self._lock:
                self._waiting = taken + self._waiting
                self._not_before = time.monotonic() + self._after_fault_s


notebook = Notebook()


def _looker(subject: Subject) -> Looker | None:
    """None for visitors."""
    if subject.kind != "customer" or subject.user_id is None:
        return None
    return Looker(
        subject.at,
        subject.viewer_id or subject.user_id,
        subject.session_id or 0,
        subject.device_id or 0,
        subject.ip,
        subject.device[:200],
        (subject.staff.supplier_id or 0) if subject.staff else 0,
        subject.user_id if subject.viewer_id else 0,
    )
