"""The table twin of a load profile: the largest values, or all by time, a page at once."""

from __future__ import annotations

from datetime import datetime

from energo_cabinet.components.energy.quality import quality_look
from energo_cabinet.domain.energy.load_profile import LoadProfile
from energo_cabinet.formatting import moment, number, quantity
from energo_cabinet.state.energy.load_profile_words import ProfileWords
from energo_cabinet.state.shown import Column, Row, Table

LARGEST, PAGE = 10, 48


def pages_of(data: LoadProfile) -> int:
    """Pages of the table by time."""
    return max(1, -(-len(data.kwh) // PAGE))


def profile_table(data: LoadProfile, words: ProfileWords, by_time: bool, page: int) -> Table:
    """The ten largest values, or a page of all by time."""
    if by_time:
        chosen = list(range((page - 1) * PAGE, min(page * PAGE, len(data.kwh))))
    else:
        known = [i for i, v in enumerate(data.kwh) if v is not None]
        chosen = sorted(known, key=lambda i: (-(data.kwh[i] or 0), i))[:LARGEST]
    columns = (
        Column(words("column_time")),
        Column(f"{words('power')}, {words.kw}", "n"),
        Column(f"{words('energy')}, {words.kwh}", "n"),
        Column(words("quality_column"), "n"),
    )
    caption = words("caption_time" if by_time else "caption_largest", period=words.period)
    place = words("page", page=page, pages=pages_of(data)) if by_time and pages_of(data) > 1 else ""
    return Table(columns, tuple(_row(data, i, words) for i in chosen), (), caption, place)


def _row(data: LoadProfile, slot: int, words: ProfileWords) -> Row:
    lang, energy = words.language, data.kwh[slot]
    power = None if energy is None else energy * 60 / data.step_min
    key, tone = quality_look(data.quality[slot])
    title = moment(data.at(slot)) + (_offset(data.at(slot)) if data.has_clock_change else "")
    return Row(
        cells=(title, number(power, lang, words.power_digits), number(energy, lang, 3)),
        quality=words(f"quality.{key}"),
        tone=tone,
        title=title,
        value=quantity(power, words.kw, lang, words.power_digits),
        note=words(f"quality.{key}"),
        value_note=quantity(energy, words.kwh, lang, 3),
    )


def _offset(at: datetime) -> str:
    shown = f"{at:%z}"
    return f" UTC{shown[:3]}" + (f":{shown[3:5]}" if shown[3:5] != "00" else "")
