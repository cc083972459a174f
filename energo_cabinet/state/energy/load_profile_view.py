"""A load profile in the user's words: figures, completeness by day, table (Н-100…Н-102)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta

from energo_cabinet.components.energy.average_day_figure import AVERAGE_DAYS
from energo_cabinet.components.energy.profile_bins import Shown, bin_minutes
from energo_cabinet.domain.energy.load_profile import DayCompleteness, LoadProfile
from energo_cabinet.domain.time.local_day import slots_of_day
from energo_cabinet.formatting import counted, day_short, day_words, number
from energo_cabinet.state.energy.load_profile_table import profile_table
from energo_cabinet.state.energy.load_profile_words import ProfileWords
from energo_cabinet.state.shown import LegendItem, Stat, Table

MOST_DAYS, CELLS = 10, 24


@dataclass(frozen=True)
class DayBar:
    """Completeness of a day: its name, the state of each 24th ("", "no", "later"), «36 / 48» and the same in words."""

    name: str
    cells: tuple[str, ...]
    share: str
    words: str


@dataclass(frozen=True)
class ProfileView:
    """What «Профиль мощности» shows of a period."""

    title: str = ""
    summary: str = ""
    average_summary: str = ""
    stats: tuple[Stat, ...] = ()
    legend: tuple[LegendItem, ...] = ()
    notes: tuple[str, ...] = ()
    days: tuple[DayBar, ...] = ()
    missing: str = ""
    table: Table = field(default_factory=Table)


def profile_view(data: LoadProfile, language: str, shown: Shown, by_time: bool, page: int) -> ProfileView:
    """The whole page below the toolbar."""
    words = ProfileWords(data, language, shown)
    return ProfileView(
        title=words.title(),
        summary=words.summary(),
        average_summary=words("average_summary", period=words.period) if len(data.days) >= AVERAGE_DAYS else "",
        stats=_stats(data, words),
        legend=_legend(data, words),
        notes=_notes(data, words),
        days=tuple(_day_bar(data, d, words) for d in _shown_days(data)),
        missing=_missing(data, words),
        table=profile_table(data, words, by_time, page),
    )


def _stats(data: LoadProfile, words: ProfileWords) -> tuple[Stat, ...]:
    lang, digits = words.language, words.power_digits
    when = ""
    if data.maximum_at is not None:
        end = data.maximum_at + timedelta(minutes=data.step_min)
        when = f"{day_words(data.maximum_at.date(), lang)}, {data.maximum_at:%H:%M}–{end:%H:%M}"
    came = words("of", present=number(data.present, lang, 0), expected=number(data.expected, lang, 0))
    return (
        Stat(words("maximum"), number(data.maximum_kw, lang, digits), words.kw, when),
        Stat(words("mean"), number(data.average_kw, lang, digits), words.kw, words("mean_note")),
        Stat(words("energy"), number(data.total_kwh, lang), words.kwh, words("energy_note")),
        Stat(words("completeness"), number(data.completeness_percent, lang), "%", came),
    )


def _legend(data: LoadProfile, words: ProfileWords) -> tuple[LegendItem, ...]:
    step = words.step(bin_minutes(data))
    first = words("legend_energy" if words.shown == "kwh" else "legend_power", step=step)
    items = [LegendItem(first, "fact", "" if words.shown == "kwh" else "line")]
    if words.shown == "kw" and bin_minutes(data) > data.step_min:
        items.append(LegendItem(words("legend_peak", step=step), "fact", "dot"))
    if data.estimated:
        items.append(LegendItem(words("quality.estimated"), "fact", "hatch"))
    if data.non_commercial:
        items.append(LegendItem(words("quality.non_commercial"), "fact", "hatch"))
    if data.present < data.expected:
        items.append(LegendItem(words("quality.missing"), "missing", "gap"))
    return tuple(items)


def _notes(data: LoadProfile, words: ProfileWords) -> tuple[str, ...]:
    lang = words.language
    notes = []
    if data.ratio != 1:
        key = "ratio_applied" if data.ratio_applied else "ratio_inside"
        notes.append(words(key, ratio=number(data.ratio, lang, 0 if data.ratio % 1 == 0 else 2)))
    if data.is_coarser:
        notes.append(words("coarser", asked=words.step(data.asked_step_min), step=words.step(data.step_min)))
    if bin_minutes(data) > data.step_min:
        notes.append(words("binned", step=words.step(bin_minutes(data))))
    if data.estimated:
        notes.append(words("estimated_count", n=number(data.estimated, lang, 0)))
    if data.non_commercial:
        notes.append(words("non_commercial_count", n=number(data.non_commercial, lang, 0)))
    changed = [d.day for d in data.days if slots_of_day(d.day, data.zone_name, 60) != 24]
    if changed:
        days = ", ".join(day_words(d, lang) for d in changed[:3])
        notes.append(words("clock_changed", days=days))
    return tuple(notes)


def _shown_days(data: LoadProfile) -> tuple[DayCompleteness, ...]:
    """All days of a short period; of a long one those with gaps, the newest of them."""
    if len(data.days) <= MOST_DAYS:
        return data.days
    return tuple(d for d in data.days if d.present < d.expected)[-MOST_DAYS:]


def _day_bar(data: LoadProfile, facts: DayCompleteness, words: ProfileWords) -> DayBar:
    """24 cells, each a 24th of the day: missing when any of its values is, to come when none was due yet."""
    begin = sum(slots_of_day(d.day, data.zone_name, data.step_min) for d in data.days if d.day < facts.day)
    count = slots_of_day(facts.day, data.zone_name, data.step_min)
    due = facts.expected * facts.step_min // data.step_min
    states = []
    for k in range(CELLS):
        i, j = k * count // CELLS, max(k * count // CELLS + 1, (k + 1) * count // CELLS)
        if i >= due:
            states.append("later")
        else:
            states.append("no" if None in data.kwh[begin + i : begin + min(j, due)] else "")
    share = f"{facts.present} / {facts.expected}"
    spoken = words(
        "day_words", day=day_words(facts.day, words.language), present=facts.present, expected=facts.expected
    )
    return DayBar(day_short(facts.day, words.language), tuple(states), share, spoken)


def _missing(data: LoadProfile, words: ProfileWords) -> str:
    gaps = [d for d in data.days if d.present < d.expected]
    if not gaps:
        return ""
    count = sum(d.expected - d.present for d in gaps)
    if len(gaps) == 1:
        return words("missing_day", day=day_words(gaps[0].day, words.language), n=count)
    return words(
        "missing_days", days=counted(len(gaps), "points.days", words.language), n=number(count, words.language, 0)
    )
