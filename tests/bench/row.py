"""What a bench says."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Row:
    """A ratio within one run with its bound: `most` or `least`; `figures` for the reader's eye."""

    name: str
    ratio: float
    most: float | None = None
    least: float | None = None
    figures: str = ""

    @property
    def is_ok(self) -> bool:
        """Whether the bound is kept."""
        return (self.most is None or self.ratio <= self.most) and (self.least is None or self.ratio >= self.least)


def seconds(work: Callable[[], object]) -> float:
    """Time one call takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start
