"""The quality board in the words and the shapes its page shows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from energo_cabinet import routes
from energo_cabinet.formatting import DASH, day_words, dots, moment, month_words, number, percent
from energo_cabinet.i18n import text
from energo_cabinet.services.quality.imbalance import ImbalancePage
from energo_cabinet.services.quality.quality import DayCell, HeatPage, SilentPoint
from energo_cabinet.state.shown import Stat

BOUNDS = ((1.0, "whole"), (0.9, "most"), (0.5, "some"), (1e-9, "few"))


@dataclass(frozen=True)
class HeatCell:
    """A day of a point: `cls` the colour, `shown` the words in the cell, `title` all of it."""

    shown: str
    cls: str
    title: str


@dataclass(frozen=True)
class HeatLine:
    """A point with its days."""

    key: str
    name: str
    number: str
    href: str
    total: str
    is_low: bool
    cells: tuple[HeatCell, ...]


@dataclass(frozen=True)
class HeatDay:
    """A column: the day's number, a whole day for screen readers."""

    shown: str
    words: str


@dataclass(frozen=True)
class HeatView:
    """The columns."""

    days: tuple[HeatDay, ...] = ()


@dataclass(frozen=True)
class SilentRow:
    """A silent point."""

    key: str
    name: str
    number: str
    href: str
    since: str
    days: str
    how: str


@dataclass(frozen=True)
class BalanceRow:
    """Intervals against registers of a point."""

    key: str
    name: str
    number: str
    href: str
    intervals: str
    registers: str
    difference: str
    percent: str
    verdict: str
    tone: str


@dataclass(frozen=True)
class BalanceView:
    """The month and what was compared; `months`: those to choose from."""

    month: str = ""
    sub: str = ""
    months: tuple[dict[str, str], ...] = ()


def stats_of(whole: DayCell, silent: int, language: str) -> list[Stat]:
    """The four figures above."""
    counts = {"present": number(Decimal(whole.present), language, 0)}
    counts["expected"] = number(Decimal(whole.expected), language, 0)
    of_values, of_present = text("quality.of_values", language, **counts), text("quality.of_present", language)
    return [
        Stat(text("quality.complete", language), _share(whole.present, whole.expected, language), "", of_values),
        Stat(text("quality.silent_count", language), str(silent), text("quality.points_word", language)),
        Stat(text("quality.estimated", language), _share(whole.estimated, whole.present, language), "", of_present),
        Stat(
            text("quality.non_commercial", language),
            _share(whole.non_commercial, whole.present, language),
            "",
            of_present,
        ),
    ]


def heat_view(page: HeatPage, language: str) -> HeatView:
    """A column for each day."""
    return HeatView(tuple(HeatDay(str(day.day), day_words(day, language)) for day in page.days))


def heat_lines(page: HeatPage, language: str) -> Iterable[HeatLine]:
    """Points of a page."""
    for row in page.rows:
        whole = row.whole
        yield HeatLine(
            key=str(row.id),
            name=row.name or row.number,
            number=row.number,
            href=routes.registry_point(row.id),
            total=_share(whole.present, whole.expected, language),
            is_low=whole.present < whole.expected * 0.9,
            cells=tuple(_cell(cell, day, language) for cell, day in zip(row.cells, page.days, strict=True)),
        )


def silent_row(point: SilentPoint, language: str) -> SilentRow:
    """A line of «Кто молчит»."""
    return SilentRow(
        key=str(point.id),
        name=point.name or point.number,
        number=point.number,
        href=routes.registry_point(point.id),
        since=moment(point.last_at) if point.last_at else text("quality.silent_never", language),
        days=DASH if point.days is None else str(point.days),
        how=text("quality.silent_by_hand" if point.by_hand else "quality.silent_by_profile", language),
    )


def balance_view(page: ImbalancePage, language: str) -> BalanceView:
    """The head of the card."""
    tolerance = percent(page.tolerance_percent / 100, language, 1)
    sub = text("quality.balance_sub", language, percent=tolerance, source=page.source, n=page.compared, over=page.over)
    return BalanceView(page.month.isoformat(), sub, _months(page.months, language))


def balance_rows(page: ImbalancePage, language: str) -> Iterable[BalanceRow]:
    """Lines of the card."""
    for row in page.rows:
        yield BalanceRow(
            key=str(row.id),
            name=row.name or row.number,
            number=row.number,
            href=routes.registry_point(row.id),
            intervals=number(row.intervals_kwh, language, 1),
            registers=number(row.registers_kwh, language, 1),
            difference=number(row.difference_kwh, language, 1, signed=True),
            percent=number(row.percent, language, 2, signed=True),
            verdict=text("quality.balance_over" if row.is_over else "quality.balance_fine", language),
            tone="danger" if row.is_over else "gray",
        )


def _months(months: Iterable[date], language: str) -> tuple[dict[str, str], ...]:
    return tuple({"value": month.isoformat(), "label": month_words(month, language)} for month in months)


def _cell(cell: DayCell, day: date, language: str) -> HeatCell:
    share = cell.present / cell.expected if cell.expected else 0.0
    cls = next((name for bound, name in BOUNDS if share >= bound), "none")
    counts = {"present": cell.present, "expected": cell.expected}
    title = text("quality.heat_cell", language, day=day_words(day, language), **counts)
    flags = cell.estimated or cell.non_commercial
    if flags:
        more = {"estimated": cell.estimated, "non_commercial": cell.non_commercial}
        title = dots((title, text("quality.heat_flags", language, **more)))
    shown = "" if cls == "whole" else str(int(share * 100))
    return HeatCell(shown, f"heat {cls} flagged" if flags else f"heat {cls}", title)


def _share(part: int, whole: int, language: str) -> str:
    return percent(part / whole, language, 1) if whole else DASH
