"""A circuit per supplier: what keeps failing is left alone for a while, then tried by one call.

Own code, because what there is falls short here: pybreaker holds its lock during the call, so that everybody queues
behind a supplier that hangs; purgatory lets every waiting call through at once when the pause is over; both read the
clock themselves. Neither limits how many calls hang at once.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from energo_cabinet.gateways.supplier import Refused, SupplierUnavailable
from energo_cabinet.gateways.supplier_client import AccessRefused

FAILURES = 3
"""Failed calls in a row that open the circuit."""
PAUSE_S, LONGEST_PAUSE_S = 30.0, 900.0
AT_ONCE = 8
"""Calls of a supplier under way at once: the rest of the cabinet keeps its threads."""


class CircuitOpen(SupplierUnavailable):
    """The supplier is left alone for now."""


class Circuit:
    """Of one supplier, in this process; `clock` tells monotonic seconds."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock, self._lock = clock, threading.Lock()
        self._failures, self._under_way = 0, 0
        self._closed_again_at, self._is_probed = 0.0, False

    @property
    def is_open(self) -> bool:
        """Whether calls are turned away now."""
        with self._lock:
            return self._failures >= FAILURES and self._clock() < self._closed_again_at

    @contextmanager
    def call(self) -> Iterator[None]:
        """Around a call: SupplierUnavailable without making it, or what it raises."""
        is_probe = self._enter()
        failed, pause = True, PAUSE_S
        try:
            yield
            failed = False
        except AccessRefused:
            failed = False  # an answer, though not a kind one
            raise
        except SupplierUnavailable as error:
            pause = max(PAUSE_S, min(error.retry_after_s, LONGEST_PAUSE_S))
            raise
        except Refused:
            failed = False
            raise
        finally:
            self._leave(is_probe, failed, pause)

    def _enter(self) -> bool:
        """Let a call in; whether it is the one that tries after a pause."""
        with self._lock:
            if self._under_way >= AT_ONCE:
                raise CircuitOpen("too many calls under way")
            is_probe = self._failures >= FAILURES
            if is_probe and (self._is_probed or self._clock() < self._closed_again_at):
                raise CircuitOpen("left alone after failures")
            self._is_probed = is_probe
            self._under_way += 1
            return is_probe

    def _leave(self, is_probe: bool, failed: bool, pause: float) -> None:
        with self._lock:
            self._under_way -= 1
            if is_probe:
                self._is_probed = False
            if not failed:
                self._failures = 0
                return
            self._failures += 1
            if pause > PAUSE_S:  # the supplier has said when
                self._failures = max(self._failures, FAILURES)
            self._closed_again_at = self._clock() + pause


_circuits: dict[str, Circuit] = {}
_lock = threading.Lock()


def circuit_of(supplier: str) -> Circuit:
    """The circuit of a supplier in this process."""
    with _lock:
        return _circuits.setdefault(supplier, Circuit())


def forget_circuits() -> None:
    """Begin anew, as after a restart."""
    with _lock:
        _circuits.clear()
