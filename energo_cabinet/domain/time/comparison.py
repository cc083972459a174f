"""The period set beside the asked one: equal days to equal days, or said to be unequal."""

from __future__ import annotations

from datetime import date, timedelta

from energo_cabinet.domain.time.local_day import By, Span, add_months, spans, whole_span


def previous_spans(first: date, last: date, by: By) -> list[Span]:
    """For each bucket of `spans(first, last, by)` the span to compare it with.

    months: as many months earlier as the period touches, the same days of them. weeks: whole weeks earlier, so that
    weekdays meet. days: within one month from its 1st on, the same days of the month before; else as many days
    immediately before. Days that the other month does not have are left out (`None` spans have last < first).
    """
    asked = spans(first, last, by)
    if by == "months":
        count = (last.year - first.year) * 12 + last.month - first.month + 1
        return [_months_earlier(span, count) for span in asked]
    if by == "days" and first.day == 1 and (first.year, first.month) == (last.year, last.month):
        return [_months_earlier(span, 1) for span in asked]
    days = len(asked) * 7 if by == "weeks" else (last - first).days + 1
    return [Span(s.first - timedelta(days=days), s.last - timedelta(days=days), s.is_clipped) for s in asked]


def is_known(span: Span) -> bool:
    """False for the 31st of a month of 30 days."""
    return span.first <= span.last


def _months_earlier(span: Span, months: int) -> Span:
    """The same days of the month `months` earlier; a whole month meets a whole month."""
    month_first = add_months(span.first.replace(day=1), -months)
    month_last = whole_span(month_first, "months")[1]
    is_whole = (span.first, span.last) == whole_span(span.first, "months")
    last = month_last if is_whole else month_first + timedelta(days=min(span.last.day, month_last.day) - 1)
    return Span(month_first + timedelta(days=span.first.day - 1), last, span.is_clipped)
