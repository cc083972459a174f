"""Quality of a value: the text's key under `points.quality.` and the badge's tone ("" for plain words)."""

from __future__ import annotations

from energo_cabinet.models import ReadingQuality

MARKED = (ReadingQuality.ESTIMATED, ReadingQuality.NON_COMMERCIAL)
"""Qualities that a chart hatches."""

_LOOKS = {
    ReadingQuality.VALID: ("valid", ""),
    ReadingQuality.ESTIMATED: ("estimated", "warning"),
    ReadingQuality.MANUAL: ("manual", "info"),
    ReadingQuality.NON_COMMERCIAL: ("non_commercial", "info"),
}


def quality_look(quality: int) -> tuple[str, str]:
    """(key, tone) of a ReadingQuality; a gap for what is unknown."""
    return _LOOKS.get(quality, ("missing", ""))  # type: ignore[call-overload]
