"""Charges and payments side by side, month by month (Н-43)."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from energo_cabinet.components.ticks import NARROW_TICKS, WIDE_TICKS, left_margin, thinned, unit_note, value_axis
from energo_cabinet.domain.bill.ledger import LedgerMonth
from energo_cabinet.formatting import SEPARATORS, month_words, quantity
from energo_cabinet.i18n import text

BARS = ("fact", "phase-b")
"""Colours: charged, paid (hatched as well)."""


def bills_figure(months: Sequence[LedgerMonth], language: str) -> dict[str, Any]:
    """The figure of months, oldest first; a month charged below zero has no bar."""
    charged = [max(0.0, float(month.charged_rub)) for month in months]
    paid = [float(month.paid_rub) for month in months]
    axis = value_axis(max([*charged, *paid], default=0.0), language)
    margin, labels = left_margin(axis), _labels(months, language)
    ends = {"range": [-0.5, len(labels) - 0.5]}
    bar = {"type": "bar", "hoverinfo": "skip"}
    hatched = {"marker": {"pattern": {"shape": ["/"] * len(months)}}}
    return {
        "data": [
            bar | {"y": charged, "offsetgroup": "charged"},
            bar | {"y": paid, "offsetgroup": "paid"} | hatched,
            _hover(months, [max(pair) for pair in zip(charged, paid, strict=True)], language),
        ],
        "layout": {
            "separators": SEPARATORS[language],
            "margin": {"l": margin, "r": 4, "t": 22, "b": 24},
            "xaxis": ends | thinned(labels, WIDE_TICKS // 2),
            "yaxis": axis,
            "annotations": [unit_note("₽", margin)],
        },
        "narrow": {"xaxis": ends | thinned(labels, NARROW_TICKS)},
    }


def _labels(months: Sequence[LedgerMonth], language: str) -> list[str]:
    return [
        month_words(m.month, language, short=True) + (f" {m.month:%y}" if i == 0 or m.month.month == 1 else "")
        for i, m in enumerate(months)
    ]


def _hover(months: Sequence[LedgerMonth], tops: Sequence[float], language: str) -> dict[str, Any]:
    texts = [
        "<br>".join(
            [
                f"<b>{month_words(month.month, language)}</b>",
                f"{text('bills.charged', language)}: {_rub(month.charged_rub, language)}",
                f"{text('bills.paid', language)}: {_rub(month.paid_rub, language)}",
                f"{text('bills.balance', language)}: {_rub(month.closing_rub, language)}",
            ]
        )
        for month in months
    ]
    point = {"type": "scatter", "mode": "markers", "opacity": 0, "y": list(tops)}
    return point | {"text": texts, "hovertemplate": "%{text}<extra></extra>"}


def _rub(amount: Decimal, language: str) -> str:
    return quantity(amount, "₽", language, 2)
