"""A load profile in the user's words: figures, completeness by day, table (Н-100…Н-102)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from energo_cabinet.components.profile_bins import Shown, bin_minutes
from energo_cabinet.components.profile_figure import digits_of, unit_of
from energo_cabinet.domain.clock import slots_of_day
from energo_cabinet.domain.load_profile import DayCompleteness, LoadProfile
from energo_cabinet.formatting import counted, day_short, day_words, moment, number, percent, quantity, span_words
from energo_cabinet.i18n import text
from energo_cabinet.models import ReadingQuality
from energo_cabinet.state.shown import Column, LegendItem, Row, Stat, Table

LARGEST, PAGE, MOST_DAYS, CELLS = 10, 48, 62, 24
QUALITY = {
    ReadingQuality.VALID: ("valid", ""),
    ReadingQuality.ESTIMATED: ("estimated", "warning"),
    ReadingQuality.MANUAL: ("manual", "info"),
    ReadingQuality.NON_COMMERCIAL: ("non_commercial", "info"),
}


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
    words = _Words(data, language, shown)
    return ProfileView(
        title=words.title(),
        summary=words.summary(),
        average_summary=text("points.average_summary", language, period=span_words(data.first, data.last, language)),
        stats=_stats(data, words),
        legend=_legend(data, words),
        notes=_notes(data, words),
        days=tuple(_day_bar(data, d, words) for d in data.days) if len(data.days) <= MOST_DAYS else (),
        missing=_missing(data, words),
        table=_table(data, words, by_time, page),
    )


def pages_of(data: LoadProfile) -> int:
    """Pages of the table by time."""
    return max(1, -(-len(data.kwh) // PAGE))


class _Words:
    """Texts of this profile."""

    def __init__(self, data: LoadProfile, language: str, shown: Shown) -> None:
        self.data, self.language, self.shown = data, language, shown
        self.kw, self.kwh = unit_of(data, "kw", language), unit_of(data, "kwh", language)
        self.power_digits = min(2, digits_of(float(data.maximum_kw or 0)))

    def __call__(self, key: str, **params: object) -> str:
        return text(f"points.{key}", self.language, **params)

    def step(self, minutes: int) -> str:
        """«30 минут», «2 часа»."""
        if minutes % 60 or minutes == 60:
            return self("minutes", n=minutes)
        return counted(minutes // 60, "points.hours", self.language)

    def title(self) -> str:
        kind = ("energy" if self.shown == "kwh" else "power") + ("_reactive" if self.data.is_reactive else "")
        return self(f"profile_{kind}", step=self.step(bin_minutes(self.data)))

    def summary(self) -> str:
        data = self.data
        if data.maximum_at is None:
            return self(
                "summary_empty", title=self.title(), period=span_words(data.first, data.last, self.language), total="—"
            )
        return self(
            "profile_summary",
            title=self.title(),
            period=span_words(data.first, data.last, self.language),
            maximum=quantity(data.maximum_kw, self.kw, self.language, self.power_digits),
            when=moment(data.maximum_at),
            total=quantity(data.total_kwh, self.kwh, self.language),
            share=percent(float(data.completeness_percent) / 100, self.language, 1),
        )


def _stats(data: LoadProfile, words: _Words) -> tuple[Stat, ...]:
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


def _legend(data: LoadProfile, words: _Words) -> tuple[LegendItem, ...]:
    step = words.step(bin_minutes(data))
    first = words("legend_energy" if words.shown == "kwh" else "legend_power", step=step)
    items = [LegendItem(first, "fact", "" if words.shown == "kwh" else "line")]
    if data.estimated:
        items.append(LegendItem(words("quality.estimated"), "fact", "hatch"))
    if data.non_commercial:
        items.append(LegendItem(words("quality.non_commercial"), "fact", "hatch"))
    if data.present < data.expected:
        items.append(LegendItem(words("quality.missing"), "missing", "gap"))
    return tuple(items)


def _notes(data: LoadProfile, words: _Words) -> tuple[str, ...]:
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


def _day_bar(data: LoadProfile, facts: DayCompleteness, words: _Words) -> DayBar:
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


def _missing(data: LoadProfile, words: _Words) -> str:
    gaps = [d for d in data.days if d.present < d.expected]
    if not gaps:
        return ""
    count = sum(d.expected - d.present for d in gaps)
    if len(gaps) == 1:
        return words("missing_day", day=day_words(gaps[0].day, words.language), n=count)
    return words(
        "missing_days", days=counted(len(gaps), "points.days", words.language), n=number(count, words.language, 0)
    )


def _table(data: LoadProfile, words: _Words, by_time: bool, page: int) -> Table:
    lang = words.language
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
    caption = words("caption_time" if by_time else "caption_largest", period=span_words(data.first, data.last, lang))
    place = words("page", page=page, pages=pages_of(data)) if by_time and pages_of(data) > 1 else ""
    return Table(columns, tuple(_row(data, i, words) for i in chosen), (), caption, place)


def _row(data: LoadProfile, slot: int, words: _Words) -> Row:
    lang, energy = words.language, data.kwh[slot]
    power = None if energy is None else energy * 60 / data.step_min
    key, tone = QUALITY.get(ReadingQuality(data.quality[slot]), ("missing", ""))
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
