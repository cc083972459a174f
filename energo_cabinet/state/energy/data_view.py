"""Values of a set of points in the user's words: figures, columns by group, table twin (Э-56, Э-62)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np

from energo_cabinet.components.energy.data_figure import BARS, MOST_GROUPS, bucket_factor, energy_figure
from energo_cabinet.domain.time.local_day import Span
from energo_cabinet.formatting import DASH, day, day_short, dots, month_words, number, percent, quantity, span_words
from energo_cabinet.i18n import text
from energo_cabinet.services.energy.data import EnergyData, Group
from energo_cabinet.state.shown import Column, LegendItem, Row, Stat, Table

PAGE, MOST_COLUMNS = 48, MOST_GROUPS


@dataclass(frozen=True)
class DataView:
    """What the page shows below the toolbar."""

    title: str = ""
    summary: str = ""
    stats: tuple[Stat, ...] = ()
    legend: tuple[LegendItem, ...] = ()
    notes: tuple[str, ...] = ()
    table: Table = field(default_factory=Table)


def unit_words(key: str, language: str) -> str:
    """кВт·ч, квар·ч, Гкал, м³."""
    return text(f"data.unit_of.{key}", language)


def group_words(group: Group, data: EnergyData, language: str) -> str:
    """«Ввод 1 · A+», «Холодное водоснабжение»."""
    has_resources = len({g.resource for g in data.groups}) > 1 or not (group.point or group.channel)
    resource = text(f"resource.{group.resource.value}", language) if has_resources or not group.point else ""
    is_told = group.channel and (data.asked.split == "channels" or len({g.channel for g in data.groups}) > 1)
    return dots([group.point, resource if not group.point or has_resources else "", group.channel if is_told else ""])


def digits_of(data: EnergyData) -> int:
    """Decimals that keep small values apart."""
    values = data.total.values
    top = float(np.nanmax(values)) if len(values) and not np.isnan(values).all() else 0.0
    return 3 if top < 1 else 2 if top < 100 else 1


def pages_of(data: EnergyData) -> int:
    """Pages of the table."""
    return max(1, -(-len(data.total.values) // PAGE))


class DataWords:
    """An answer in a language: its drawn columns (the largest groups, the others joined) and their names."""

    def __init__(self, data: EnergyData, language: str) -> None:
        self.data, self.language, self.digits = data, language, digits_of(data)
        self.unit = unit_words(data.unit.key, language)
        self.period = span_words(data.asked.period.first, data.asked.period.last, language)
        self.title = text(f"data.title_{data.asked.by}", language)
        self.names = [group_words(group, data, language) for group in data.groups]
        self.rows = [group.sums.values for group in data.groups]
        if len(self.rows) > MOST_COLUMNS:
            self._join_the_smaller()

    def _join_the_smaller(self) -> None:
        kept = sorted(range(len(self.rows)), key=lambda i: -np.nansum(self.rows[i]))[: MOST_COLUMNS - 1]
        rest = np.stack([row for i, row in enumerate(self.rows) if i not in kept])
        joined = np.where(np.isnan(rest).all(axis=0), np.nan, np.nansum(rest, axis=0))
        self.names = [self.names[i] for i in sorted(kept)] + [text("data.others", self.language, n=len(rest))]
        self.rows = [self.rows[i] for i in sorted(kept)] + [joined]

    def number(self, value: float) -> str:
        """A value; «—» for a gap."""
        return DASH if np.isnan(value) else number(value, self.language, self.digits)

    def label(self, place: int, short: bool = False) -> str:
        """The name of a bucket."""
        data = self.data
        if data.starts:
            at = data.starts[place]
            if short:
                return f"{at:%H:%M}" if data.asked.period.days == 1 else day_short(at.date(), self.language)
            return f"{day(at.date())}, {at:%H:%M}" + (f" {at:%z}" if self._is_changed else "")
        return _span_label(data.spans[place], data.asked.by, self.language, short)

    @property
    def _is_changed(self) -> bool:
        return self.data.starts[0].utcoffset() != self.data.starts[-1].utcoffset()


def _span_label(span: Span, by: str, language: str, short: bool) -> str:
    if by == "days":
        return str(span.first.day) if short else day(span.first)
    if by == "weeks":
        return day_short(span.first, language) if short else f"{day(span.first)} – {day(span.last)}"
    if by == "months":
        return month_words(span.first, language, short)
    return str(span.first.year)


def data_figure(words: DataWords) -> dict[str, Any]:
    """The chart."""
    count = len(words.data.total.values)
    labels, ticks = [words.label(i) for i in range(count)], [words.label(i, short=True) for i in range(count)]
    return energy_figure(words.rows, labels, ticks, words.unit, words.digits, words.language)


def data_view(words: DataWords, page: int) -> DataView:
    """Everything but the chart."""
    data, lang = words.data, words.language
    return (
        DataView(
            title=words.title,
            summary=_summary(words),
            stats=_stats(words),
            legend=tuple(LegendItem(n, BARS[i]) for i, n in enumerate(words.names)) if len(words.names) > 1 else (),
            notes=tuple(_notes(words)),
            table=_table(
                words, page, text("data.caption", lang, title=words.title, period=words.period, unit=words.unit)
            ),
        )
        if data.groups
        else DataView(title=words.title)
    )


def _top(words: DataWords) -> int | None:
    values = words.data.total.values
    return None if np.isnan(values).all() else int(np.nanargmax(values))


def _summary(words: DataWords) -> str:
    top, total = _top(words), words.data.total
    if top is None:
        return text("data.summary_empty", words.language, title=words.title, period=words.period)
    shown = quantity(total.total, words.unit, words.language, words.digits)
    most = quantity(float(total.values[top]), words.unit, words.language, words.digits)
    params = {"title": words.title, "period": words.period, "total": shown, "most": most, "when": words.label(top)}
    return text("data.summary", words.language, **params)


def _stats(words: DataWords) -> tuple[Stat, ...]:
    total, lang, top = words.data.total, words.language, _top(words)
    present, expected = int(total.present.sum()), int(total.expected.sum())
    share = percent(present / expected if expected else None, lang, 1)
    mean = None if top is None else float(np.nanmean(total.values))
    came = text("points.of", lang, present=number(present, lang, 0), expected=number(expected, lang, 0))
    return (
        Stat(text("data.total", lang), number(total.total, lang, words.digits), words.unit, words.period),
        Stat(
            text("data.most", lang),
            DASH if top is None else words.number(float(total.values[top])),
            words.unit,
            "" if top is None else words.label(top),
        ),
        Stat(text("data.mean", lang), number(mean, lang, words.digits), words.unit, words.title),
        Stat(text("points.completeness", lang), share, "", came),
    )


def _notes(words: DataWords) -> list[str]:
    data, lang, notes = words.data, words.language, []
    factor = bucket_factor(len(data.total.values), len(words.rows))
    if factor > 1:
        notes.append(text("data.binned", lang, n=factor))
    if data.by_readings:
        notes.append(text("data.by_readings", lang, points=", ".join(data.by_readings[:5])))
    if data.silent:
        shown = ", ".join(data.silent[:5]) + ("…" if len(data.silent) > 5 else "")
        notes.append(text("data.silent", lang, points=shown))
    return notes


def _table(words: DataWords, page: int, caption: str) -> Table:
    lang, total = words.language, words.data.total
    heads = [Column(text(f"data.column_{words.data.asked.by}", lang))]
    groups = words.names if len(words.names) > 1 else []
    heads += [Column(name, "n") for name in groups]
    heads += [
        Column(f"{text('data.total', lang)}, {words.unit}", "n"),
        Column(text("points.quality_column", lang), "n"),
    ]
    count = len(total.values)
    rows = tuple(_row(words, i) for i in range((page - 1) * PAGE, min(page * PAGE, count)))
    sums = [words.number(float(np.nansum(row)) if not np.isnan(row).all() else np.nan) for row in words.rows]
    foot = (text("data.total", lang), *(sums if groups else []), number(total.total, lang, words.digits), "")
    pages = pages_of(words.data)
    place = text("points.page", lang, page=page, pages=pages) if pages > 1 else ""
    return Table(tuple(heads), rows, foot, caption, place, strong=len(groups) + 1)


def _row(words: DataWords, place: int) -> Row:
    total, lang = words.data.total, words.language
    own = [words.number(float(row[place])) for row in words.rows] if len(words.rows) > 1 else []
    value = words.number(float(total.values[place]))
    present, expected = int(total.present[place]), int(total.expected[place])
    if not present:
        quality, tone = text("points.quality.missing" if expected else "points.quality.future", lang), "gray"
    elif present < expected:
        share = percent(present / expected, lang, 1)
        quality, tone = text("points.quality.incomplete", lang, share=share), "warning"
    else:
        quality, tone = text("data.complete", lang), ""
    label = words.label(place)
    return Row(
        (label, *own, value), quality, tone, label, f"{value} {words.unit}" if present else value, dots(own), quality
    )
