"""Network parameters in the user's words: phases now, the table of a snapshot, a period, the voltage week (Э-60)."""

from __future__ import annotations

from dataclasses import dataclass, field

from energo_cabinet.components.network.network_figure import DIGITS, bin_factor
from energo_cabinet.domain.network.network import GROUPS, PHASES, QUANTITIES, of_group
from energo_cabinet.domain.network.period import NetworkPeriod, PointNorm, Snapshot
from energo_cabinet.domain.network.voltage import VoltageNorm
from energo_cabinet.formatting import DASH, day, dots, number, quantity, span_words
from energo_cabinet.i18n import text
from energo_cabinet.services.network.network import NetworkNow
from energo_cabinet.state.shown import Column, LegendItem, Row, Table

COLOURS = ("phase-a", "phase-b", "phase-c")
SHAPES = ("line", "dash", "dot")
SCALE_PERCENT = 15.2
"""Half the width of a gauge: a little beyond the limits."""
PAGE = 48


@dataclass(frozen=True)
class PhaseCard:
    """A phase now; places on the gauge in % like «51.7%»; `tone` of the badge."""

    name: str
    colour: str
    volts: str
    badge: str
    tone: str
    words: str
    left: str
    ok_left: str
    ok_width: str
    low: str
    nominal: str
    high: str
    ok_right: str
    current: str
    power: str
    cos: str


@dataclass(frozen=True)
class NowView:
    """The newest snapshot; `is_fresh` "1" when it is not older than an hour."""

    at: str = ""
    is_fresh: str = ""
    phases: tuple[PhaseCard, ...] = ()
    table: Table = field(default_factory=Table)
    norm: str = ""
    set_points: str = ""


@dataclass(frozen=True)
class NetworkView:
    """A period below the toolbar."""

    title: str = ""
    sub: str = ""
    summary: str = ""
    legend: tuple[LegendItem, ...] = ()
    notes: tuple[str, ...] = ()
    table: Table = field(default_factory=Table)


def unit_of(group: str, language: str) -> str:
    """В, А, кВт …; "" for cos φ."""
    return "" if group == "cos" else text(f"network.unit.{group}", language)


def name_of(group: str, language: str) -> str:
    """«Напряжение U, В»."""
    return text(f"network.quantity.{group}", language)


def now_view(now: NetworkNow, language: str) -> NowView:
    """Cards of the phases and the table of everything that was measured."""
    told = norm_words(now.norm, language)
    if now.snapshot is None:
        return NowView(norm=told, set_points=_set_points(now.norm, language))
    snapshot = now.snapshot
    cards = tuple(
        _card(phase, snapshot, now.norm.norm, language, COLOURS[n])
        for n, phase in enumerate(PHASES)
        if f"U{phase}" in snapshot.facts
    )
    at = f"{day(snapshot.measured_at.date())}, {snapshot.measured_at:%H:%M:%S}"
    return NowView(
        at=text("network.updated", language, at=at),
        is_fresh="1" if snapshot.is_fresh else "",
        phases=cards,
        table=_snapshot_table(snapshot, now.norm, language),
        norm=told,
        set_points=_set_points(now.norm, language),
    )


def norm_words(norm: PointNorm, language: str) -> str:
    """«Номинальное напряжение 230 В (по прибору: 3*230/400); допустимо 207–253 В, ГОСТ …»."""
    low, high = (number(v, language, _digits(v)) for v in norm.norm.limits_v)
    nominal = number(norm.norm.nominal_v, language, _digits(norm.norm.nominal_v))
    origin = text(f"network.origin.{norm.origin}", language, source=norm.source)
    return text("network.norm", language, nominal=nominal, origin=origin, low=low, high=high)


def _set_points(norm: PointNorm, language: str) -> str:
    names = ("min", "low", "high", "max")
    told = [
        text(f"network.set_point.{name}", language, volts=number(v, language, _digits(v)))
        for name, v in zip(names, norm.set_points, strict=True)
        if v is not None
    ]
    return text("network.set_points", language, told=", ".join(told)) if told else ""


def _digits(value: object) -> int:
    return 0 if value == int(value) else 2  # type: ignore[call-overload]


def deviation_words(volts: float, norm: VoltageNorm, language: str) -> tuple[str, str]:
    """(words of the badge, its tone)."""
    tone = norm.tone(volts)
    if not tone:
        return text("network.in_norm", language), "success"
    away = norm.deviation_percent(volts)
    key = "network.lower" if away < 0 else "network.higher"
    words = text(key, language, percent=number(abs(away), language, 1))
    return words, "danger" if tone == "beyond" else "warning"


def _card(phase: str, snapshot: Snapshot, norm: VoltageNorm, language: str, colour: str) -> PhaseCard:
    volts, (low, high) = snapshot.facts[f"U{phase}"], norm.limits_v
    words, tone = deviation_words(volts, norm, language)
    edge = float(norm.limit_percent) * 50 / SCALE_PERCENT
    left = max(0.5, min(99.5, 50 + norm.deviation_percent(volts) * 50 / SCALE_PERCENT))
    ends = [number(v, language, _digits(v)) for v in (low, norm.nominal_v, high)]

    def fact(code: str, group: str) -> str:
        value = snapshot.facts.get(f"{code}{phase}")
        return DASH if value is None else quantity(value, unit_of(group, language), language, DIGITS[group]).strip()

    shown = quantity(volts, unit_of("u", language), language)
    return PhaseCard(
        name=text("network.phase", language, phase=phase),
        colour=colour,
        volts=number(volts, language),
        badge=words,
        tone=tone,
        words=text("network.gauge", language, volts=shown, low=ends[0], high=ends[2]),
        left=f"{left:.1f}%",
        ok_left=f"{50 - edge:.1f}%",
        ok_width=f"{2 * edge:.1f}%",
        low=ends[0],
        nominal=ends[1],
        high=ends[2],
        ok_right=f"{50 + edge:.1f}%",
        current=fact("I", "i"),
        power=fact("P", "p"),
        cos=fact("cos", "cos"),
    )


def _snapshot_table(snapshot: Snapshot, norm: PointNorm, language: str) -> Table:
    heads = [text("network.phase", language, phase=phase) for phase in PHASES]
    columns = [Column(text("network.value", language)), *(Column(h, "n") for h in heads)]
    columns.append(Column(text("network.sum", language), "n"))
    rows = [_snapshot_row(group, snapshot, language) for group in GROUPS]
    return Table(tuple(columns), tuple(row for row in rows if row), (), text("network.now", language), strong=4)


def _snapshot_row(group: str, snapshot: Snapshot, language: str) -> Row | None:
    """One quantity; what it is of a phase or of all."""
    quantities = of_group(group)
    if not any(q.code in snapshot.facts for q in quantities):
        return None
    cells = {q.place: number(snapshot.facts.get(q.code), language, DIGITS[group]) for q in quantities}
    if group == "angle":
        shown = [f"{pair[0]}–{pair[1]} {cells[pair]}" for pair in ("AB", "BC", "CA")]
    else:
        shown = [cells.get(phase, DASH) for phase in PHASES]
    total = cells.get("", DASH)
    name = name_of(group, language)
    by_phase = dots([v for v in shown if v != DASH])
    if group == "angle":
        return Row((name, *shown, total), "", "", name, "", by_phase)
    value = total if total != DASH else by_phase
    return Row((name, *shown, total), "", "", name, value, "" if total == DASH else by_phase)


def period_view(data: NetworkPeriod, norm: PointNorm, group: str, language: str, page: int) -> NetworkView:
    """The chart's words and its table twin."""
    shown = [q for q in of_group(group) if q.code in data.values]
    span = span_words(data.first, data.last, language)
    factor = bin_factor(data, group)
    step = text("network.step", language, n=data.step_min)
    notes = []
    if factor > 1:
        key = "network.binned_worst" if group == "u" else "network.binned_mean"
        notes.append(text(key, language, n=factor * data.step_min))
    if group == "f":
        notes.append(text("network.frequency", language, limit=number(norm.frequency_limit_hz, language)))
    title = name_of(group, language)
    return NetworkView(
        title=title,
        sub=dots([step, norm_words(norm, language)]) if group == "u" else step,
        summary=_summary(data, norm.norm, group, title, span, language),
        legend=_legend(shown, group, language),
        notes=tuple(notes),
        table=_period_table(data, group, language, page, span),
    )


def _legend(shown: list, group: str, language: str) -> tuple[LegendItem, ...]:  # type: ignore[type-arg]
    items = []
    for q in shown:
        if q.place == "":
            words = text("network.sum", language) if group != "f" else name_of("f", language)
            items.append(LegendItem(words, "fact", "line"))
        else:
            n = ("A", "B", "C").index(q.place[0])
            pair = "–".join(q.place)
            words = pair if group == "angle" else text("network.phase", language, phase=q.place)
            items.append(LegendItem(words, COLOURS[n], SHAPES[n]))
    return tuple(items)


def _summary(data: NetworkPeriod, norm: VoltageNorm, group: str, title: str, span: str, language: str) -> str:
    if group != "u":
        return text("network.summary", language, title=title, period=span)
    parts = []
    for phase, found in data.voltage(norm).items():
        volts = quantity((found.worst_mv or 0) / 1000, unit_of("u", language), language)
        parts.append(text("network.summary_phase", language, phase=phase, worst=volts, minutes=found.minutes_beyond))
    return text("network.summary_voltage", language, period=span, phases="; ".join(parts))


def pages_of(data: NetworkPeriod) -> int:
    """Pages of the table."""
    return max(1, -(-data.reach // PAGE))


def _period_table(data: NetworkPeriod, group: str, language: str, page: int, span: str) -> Table:
    shown = [q for q in of_group(group) if q.code in data.values]
    heads = [Column(text("network.time", language)), *(Column(_head(q.code, group, language), "n") for q in shown)]
    rows = []
    for slot in range((page - 1) * PAGE, min(page * PAGE, data.reach)):
        at = data.at(slot)
        when = f"{day(at.date())}, {at:%H:%M}"
        cells = [number(data.shown(q.code, slot), language, DIGITS[group]) for q in shown]
        rows.append(Row((when, *cells), "", "", when, dots(cells)))
    pages = pages_of(data)
    place = text("points.page", language, page=page, pages=pages) if pages > 1 else ""
    caption = text("network.caption", language, title=name_of(group, language), period=span)
    return Table(tuple(heads), tuple(rows), (), caption, place, strong=-1)


def _head(code: str, group: str, language: str) -> str:
    place = QUANTITIES[code].place
    if place == "":
        return text("network.sum", language) if group != "f" else name_of("f", language)
    return "–".join(place) if group == "angle" else text("network.phase", language, phase=place)
