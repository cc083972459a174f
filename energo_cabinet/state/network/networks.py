"""«Параметры сети»: every point of the caller with its newest voltages, kept up to date by pushes (Э-60)."""

from __future__ import annotations

from dataclasses import dataclass

import reflex as rx
from reflex.event import EventSpec

from energo_cabinet import routes
from energo_cabinet.auth.access import access
from energo_cabinet.domain.network.network import PHASES
from energo_cabinet.errors import CabinetError
from energo_cabinet.formatting import DASH, dots, moment, number
from energo_cabinet.i18n import text
from energo_cabinet.live.topics import on_change
from energo_cabinet.services.network.network import NetworkCard, list_networks
from energo_cabinet.services.values.network_write import TOPIC
from energo_cabinet.state.base import PageState
from energo_cabinet.state.network.network_view import deviation_words


@dataclass(frozen=True)
class NetworkRow:
    """A point as the list shows it; `tone` of its state, "" for a point without data."""

    name: str
    place: str
    contract: str
    volts: str
    amperes: str
    power: str
    state: str
    tone: str
    at: str
    address: str


@access("customer")
class NetworksState(PageState, rx.State):
    """`status` "loading", "ready", "empty", "failed"."""

    rows: list[NetworkRow] = []

    @rx.event
    async def load(self):
        """Read the list."""
        return await self._try()

    @rx.event
    async def leave(self):
        """Forget the rows with the page."""
        self.reset()

    async def _try(self) -> EventSpec | None:
        return await self._load(self._ask(list_networks), self._show)

    def _refused(self, error: CabinetError) -> bool:
        self._failed()
        return True

    def _failed(self) -> None:
        self.rows, self.status = [], "failed"

    def _show(self, cards: list[NetworkCard]) -> None:
        self.rows = [_row(card, self._language) for card in cards]
        self.status = "ready" if cards else "empty"


def _row(card: NetworkCard, language: str) -> NetworkRow:
    facts = card.snapshot.facts if card.snapshot else {}
    volts = [facts[f"U{phase}"] for phase in PHASES if f"U{phase}" in facts]
    norm = card.norm.norm
    worst = max(volts, key=lambda v: abs(norm.deviation_percent(v)), default=None)
    words, tone = ("", "") if worst is None else deviation_words(worst, norm, language)
    power = facts.get("P")
    if power is None and any(f"P{phase}" in facts for phase in PHASES):
        power = sum(facts.get(f"P{phase}", 0.0) for phase in PHASES)
    amperes = [number(facts[f"I{phase}"], language, 2) for phase in PHASES if f"I{phase}" in facts]
    return NetworkRow(
        name=card.point.name,
        place=dots([card.point.place, card.point.address]),
        contract=card.point.contract_title,
        volts=" / ".join(number(v, language) for v in volts) or DASH,
        amperes=" / ".join(amperes) or DASH,
        power=number(power, language, 2),
        state=words or text("network.nothing", language),
        tone=tone,
        at=moment(card.snapshot.measured_at if card.snapshot else None),
        address=routes.point(card.point.id, "network"),
    )


@on_change(TOPIC)
async def refresh_networks(root: rx.State) -> None:
    """Read the list anew in a tab that shows it."""
    state = await root.get_state(NetworksState)
    if state.router.url.path.rstrip("/") == routes.NETWORK and state.status != "loading":
        await state._try()
