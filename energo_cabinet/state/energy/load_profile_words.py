"""Texts of one load profile: units, steps, title and the sentence that sums it up."""

from __future__ import annotations

from energo_cabinet.components.energy.profile_bins import Shown, bin_minutes
from energo_cabinet.components.energy.profile_figure import digits_of, unit_of
from energo_cabinet.domain.energy.load_profile import LoadProfile
from energo_cabinet.formatting import counted, moment, percent, quantity, span_words
from energo_cabinet.i18n import text


class ProfileWords:
    """Texts of this profile."""

    def __init__(self, data: LoadProfile, language: str, shown: Shown) -> None:
        self.data, self.language, self.shown = data, language, shown
        self.kw, self.kwh = unit_of(data, "kw", language), unit_of(data, "kwh", language)
        self.period = span_words(data.first, data.last, language)
        self.power_digits = min(2, digits_of(float(data.maximum_kw or 0)))

    def __call__(self, key: str, **params: object) -> str:
        """A text under `points.`."""
        return text(f"points.{key}", self.language, **params)

    def step(self, minutes: int) -> str:
        """«30 минут», «2 часа»."""
        if minutes % 60 or minutes == 60:
            return self("minutes", n=minutes)
        return counted(minutes // 60, "points.hours", self.language)

    def title(self) -> str:
        """«Мощность, шаг 30 минут»."""
        kind = ("energy" if self.shown == "kwh" else "power") + ("_reactive" if self.data.is_reactive else "")
        return self(f"profile_{kind}", step=self.step(bin_minutes(self.data)))

    def summary(self) -> str:
        """One sentence for whoever does not see the chart."""
        data = self.data
        if data.maximum_at is None:
            return self("summary_empty", title=self.title(), period=self.period, total="—")
        return self(
            "profile_summary",
            title=self.title(),
            period=self.period,
            maximum=quantity(data.maximum_kw, self.kw, self.language, self.power_digits),
            when=moment(data.maximum_at),
            total=quantity(data.total_kwh, self.kwh, self.language),
            share=percent(float(data.completeness_percent) / 100, self.language, 1),
        )
