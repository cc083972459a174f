"""«Сравнение фактических и плановых величин» (Э-59): point or group and days, all in the address."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

import reflex as rx

from energo_cabinet import routes
from energo_cabinet.auth.access import access
from energo_cabinet.domain.time.period import YEARS, Period, profile_period
from energo_cabinet.door import Ask
from energo_cabinet.errors import CabinetError
from energo_cabinet.formatting import span_words
from energo_cabinet.live.topics import on_change
from energo_cabinet.services.control.plan import PlanFactDays, plan_fact, today
from energo_cabinet.services.control.target import TargetCard, list_targets
from energo_cabinet.services.control.violation_notice import TOPIC
from energo_cabinet.state.base import AddressedPage
from energo_cabinet.state.control.plan_fact_view import PlanFactView, plan_fact_view
from energo_cabinet.state.control.target_address import Chosen, card_of, first_of, options_of
from energo_cabinet.state.frame.session import SessionState
from energo_cabinet.state.period import address, dates_of, period_of, steps_of, told_period
from energo_cabinet.state.shown import PeriodView

LENGTHS = ("day", "week", "month")


@access("customer")
class PlanFactState(AddressedPage, rx.State):
    """`status`: "loading", "ready", "no_plan", "none", "invalid", "missing", "failed"."""

    targets: list[dict[str, str]] = []
    target: str = ""
    view: PlanFactView = PlanFactView()
    figure: dict[str, Any] = {}
    period: PeriodView = PeriodView()
    links: dict[str, str] = {}
    length: str = ""

    @rx.event
    async def load(self):
        """Read what the address asks for."""
        return await self._load(self._read())

    @rx.event
    async def choose(self, key: str):
        """Another point or group, the same days."""
        try:
            chosen = Chosen.from_key(key)
            asked = told_period(self._query())
        except CabinetError:
            return None
        return rx.redirect(address(routes.PLAN_FACT, asked, **chosen.query))

    @rx.event
    async def choose_dates(self, form: dict):
        """The period typed into the two date fields."""
        try:
            asked = dates_of(form)
            chosen = Chosen.from_key(self.target)
        except CabinetError as error:
            self._forget("invalid", self._message(error))
            return None
        return rx.redirect(address(routes.PLAN_FACT, asked, **chosen.query))

    @rx.event
    async def leave(self):
        """Forget figure and table with the page."""
        self.reset()

    def _query(self) -> dict[str, str]:
        return dict(self.router.url.query_parameters)

    @property
    def _is_in_view(self) -> bool:
        return self.router.url.path.rstrip("/") == routes.PLAN_FACT

    async def _read(self) -> None:
        session = await self.get_state(SessionState)
        opened = await self._ask_together(partial(_opened, session._contract_id, self._query()))
        if opened is None:
            self.targets = []
            self._forget("none", "")
            return
        if opened.found.contract_id and opened.found.contract_id != session._contract_id:
            await session._show_contract(opened.found.contract_id)
        self.targets, self.target = options_of(opened.cards), opened.chosen.key
        self._show(opened.found, opened.chosen, opened.asked, opened.newest)

    def _show(self, found: PlanFactDays, chosen: Chosen, asked: Period, newest: date) -> None:
        self.view, self.figure = plan_fact_view(found, self._language)
        base, query, steps = routes.PLAN_FACT, chosen.query, steps_of(asked, date(YEARS[-1], 1, 1))
        self.period = PeriodView(
            words=span_words(asked.first, asked.last, self._language),
            back=address(base, steps.back, **query) if steps.back else "",
            forward=address(base, steps.forward, **query) if steps.forward else "",
            first=asked.first.isoformat(),
            last=asked.last.isoformat(),
            csv=address("/api/plan-fact.csv", asked, **query),
        )
        edit = address(routes.PLAN_EDIT, None, day=asked.last.isoformat(), **query)
        lengths = {name: address(base, profile_period(name, max(asked.last, asked.first)), **query) for name in LENGTHS}
        self.links = lengths | {"edit": edit, "default": base, "limits": address(routes.LIMITS, None, **query)}
        self.length = {1: "day", 7: "week"}.get(asked.days, "month" if asked.is_month else "")
        self.message, self.status = "", "ready" if found.planned else "no_plan"

    def _forget(self, status: str, message: str) -> None:
        self.view, self.figure, self.period = PlanFactView(), {}, PeriodView()
        self.links = {"default": routes.PLAN_FACT}
        self.status, self.message = status, message


@on_change(TOPIC)
async def refresh_plan_fact(root: rx.State) -> None:
    """Read the comparison anew in a tab that shows it: new values have come."""
    state = await root.get_state(PlanFactState)
    if state._is_in_view and state.status in ("ready", "no_plan"):
        await state._read()


@dataclass(frozen=True)
class _Opened:
    """What one pass through the door has read."""

    cards: list[TargetCard]
    chosen: Chosen
    asked: Period
    newest: date
    found: PlanFactDays


def _opened(contract_id: int | None, query: Mapping[str, str], ask: Ask) -> _Opened | None:
    """The comparison of the target and days in the address, or of the first target's newest day; None: no target."""
    cards, asked = ask(list_targets, contract_id) if contract_id else [], Chosen.of(query)
    chosen = asked if asked.is_said else first_of(cards)
    if chosen is None:
        return None
    card = card_of(cards, chosen)
    newest = card.newest_on if card is not None and card.newest_on is not None else ask(today)
    period = period_of(query, profile_period("day", newest))
    found = ask(plan_fact, period, **chosen.ids)
    if found.contract_id and found.contract_id != contract_id:
        cards = ask(list_targets, found.contract_id)
    return _Opened(cards, chosen, period, newest, found)
