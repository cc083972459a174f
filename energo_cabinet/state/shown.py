"""Shapes of what a page shows: ready texts, so that components only place them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Stat:
    """A figure with its label, unit and note."""

    label: str
    value: str
    unit: str = ""
    note: str = ""


@dataclass(frozen=True)
class LegendItem:
    """A series: words, colour token like "t1", shape "", "line", "dash", "hatch" or "gap"."""

    words: str
    colour: str
    shape: str = ""


@dataclass(frozen=True)
class FileLink:
    """A file that was sent: where it is, its name and size."""

    address: str
    name: str
    size: str


@dataclass(frozen=True)
class Column:
    """A table column; `kind` "n" for numbers."""

    label: str
    kind: str = ""


@dataclass(frozen=True)
class Row:
    """A table row: cells, then the quality (a badge when `tone` is not ""), and the same in two lines for a phone."""

    cells: tuple[str, ...]
    quality: str
    tone: str
    title: str
    value: str
    note: str = ""
    value_note: str = ""


@dataclass(frozen=True)
class Table:
    """The table twin of a chart; `foot` () for none, `strong` the column that answers the question."""

    columns: tuple[Column, ...] = ()
    rows: tuple[Row, ...] = ()
    foot: tuple[str, ...] = ()
    caption: str = ""
    page: str = ""
    strong: int = 1


@dataclass(frozen=True)
class PeriodView:
    """The period as words, its neighbours' addresses ("" for none) and its days for the two date fields."""

    words: str = ""
    back: str = ""
    forward: str = ""
    first: str = ""
    last: str = ""
    csv: str = ""
