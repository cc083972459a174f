"""The voltage week in words: shares within and beyond the limits, worst values, cases (R-13, F-3)."""

from __future__ import annotations

from dataclasses import dataclass

from energo_cabinet.domain.network.period import NetworkPeriod
from energo_cabinet.domain.network.voltage import Case, VoltageNorm, VoltageQuality, joint_minutes
from energo_cabinet.formatting import NBSP, counted, day_words, number, quantity, span_words
from energo_cabinet.i18n import text

MOST_CASES = 6


@dataclass(frozen=True)
class WeekRow:
    """A phase over the week."""

    phase: str
    colour: str
    normal: str
    near: str
    beyond: str
    is_beyond: bool
    worst: str
    worst_at: str


@dataclass(frozen=True)
class WeekCase:
    """Neighbouring intervals beyond the limits."""

    when: str
    note: str
    worst: str


@dataclass(frozen=True)
class WeekView:
    """`verdict` in one sentence, its `tone`; `title` "" without any voltages."""

    title: str = ""
    rows: tuple[WeekRow, ...] = ()
    cases: tuple[WeekCase, ...] = ()
    more: str = ""
    verdict: str = ""
    tone: str = "success"


def week_view(data: NetworkPeriod, norm: VoltageNorm, language: str) -> WeekView:
    """The week up to a day."""
    judged = data.voltage(norm)
    if not judged:
        return WeekView()
    found = [(case, phase) for phase, quality in judged.items() for case in quality.cases]
    found.sort(key=lambda pair: -pair[0].start)
    more = len(found) - MOST_CASES
    return WeekView(
        title=text("network.week", language, span=span_words(data.first, data.last, language)),
        rows=tuple(_row(phase, quality, data, language) for phase, quality in judged.items()),
        cases=tuple(_case(case, phase, data, language) for case, phase in found[:MOST_CASES]),
        more=text("network.more_cases", language, n=more) if more > 0 else "",
        verdict=verdict_of(judged, norm, language),
        tone="warning" if any(quality.beyond for quality in judged.values()) else "success",
    )


def verdict_of(judged: dict[str, VoltageQuality], norm: VoltageNorm, language: str) -> str:
    """«нарушение: 1 интервал, 10 мин, 0,099 %», by phase where there are several."""
    bad = {phase: quality for phase, quality in judged.items() if quality.beyond}
    limit = number(norm.limit_percent, language, 0)
    if not bad:
        return text("network.all_within", language, percent=limit)
    parts = [
        text(
            "network.violation",
            language,
            phase=phase,
            intervals=counted(q.beyond, "network.intervals", language),
            minutes=number(q.minutes_beyond, language, 0),
            percent=number(q.beyond_percent, language, 3),
        )
        for phase, q in bad.items()
    ]
    words = text("network.violations", language, percent=limit, parts="; ".join(parts))
    if len(bad) > 1:
        words += " " + text("network.joint", language, minutes=number(joint_minutes(list(bad.values())), language, 0))
    return words


def _row(phase: str, quality: VoltageQuality, data: NetworkPeriod, language: str) -> WeekRow:
    volt = text("network.unit.u", language)
    at = data.at(quality.worst_slot or 0)

    def share(count: int) -> str:
        percent = quality.percent(count)
        digits = 1 if percent is None or percent >= 1 or percent == 0 else 3
        return f"{number(percent, language, digits)}{NBSP}%"

    return WeekRow(
        phase=phase,
        colour=f"phase-{phase.lower()}",
        normal=share(quality.normal),
        near=share(quality.near),
        beyond=text("network.minutes", language, n=number(quality.minutes_beyond, language, 0)),
        is_beyond=quality.beyond > 0,
        worst=quantity((quality.worst_mv or 0) / 1000, volt, language),
        worst_at=f"{at:%d.%m}, {at:%H:%M}",
    )


def _case(case: Case, phase: str, data: NetworkPeriod, language: str) -> WeekCase:
    start, end = data.at(case.start), data.at(case.end)
    minutes = (case.end - case.start) * data.step_min
    return WeekCase(
        when=f"{day_words(start.date(), language)}, {start:%H:%M}–{end:%H:%M}",
        note=text("network.case", language, phase=phase, minutes=counted(minutes, "network.minute", language)),
        worst=quantity(case.worst_mv / 1000, text("network.unit.u", language), language),
    )
