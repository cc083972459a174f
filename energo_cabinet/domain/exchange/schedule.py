"""When a supplier is asked again: suppliers do not come due together, one that is away is asked less and less often."""

from __future__ import annotations

from datetime import timedelta
from hashlib import sha256

FIRST_PAUSE_S, LONGEST_PAUSE_S = 5.0, 300.0
SPREAD = 0.2
"""A pause is longer or shorter by at most half of this share."""


def jittered(pause_s: float, seed: int) -> timedelta:
    """The pause, moved by up to ±10 % that always come out the same for a seed (the supplier's id)."""
    share = int.from_bytes(sha256(f"sync {seed}".encode()).digest()[:4], "big") / 2**32
    return timedelta(seconds=pause_s * (1 + SPREAD * (share - 0.5)))


def pause_after(failures: int, usual_s: float, seed: int) -> timedelta:
    """How long nobody asks: the usual pause after a success, after failures one that doubles up to LONGEST_PAUSE_S."""
    if not failures:
        return jittered(usual_s, seed)
    return jittered(min(FIRST_PAUSE_S * 2 ** min(failures - 1, 20), LONGEST_PAUSE_S), seed)
