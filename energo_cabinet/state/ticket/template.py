"""Words a ticket may begin with, filled from the contract's own data (F-16)."""

from __future__ import annotations

from energo_cabinet.i18n import text
from energo_cabinet.services.ticket.draft import NewForm

WITH_WORDS = ("meter", "readings", "verification", "quality", "charges", "tariff")


def templates_of(form: NewForm, chosen: str, language: str) -> dict[str, str]:
    """Category → its words; the meter named is that of the point chosen (its id) or the only one there is."""
    meter = text("tickets.template.a_meter", language)
    point = next((p for p in form.points if len(form.points) == 1 or str(p.id) == chosen), None)
    if point is not None:
        meter = text("tickets.template.the_meter", language, serial=point.serial or "—", point=point.name)
    facts = {"meter": meter, "contract": form.contract_number}
    return {name: text(f"tickets.template.{name}", language, **facts) for name in WITH_WORDS}
