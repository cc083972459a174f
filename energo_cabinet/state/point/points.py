"""The list of metering points (Н-63, Н-64)."""

from __future__ import annotations

from dataclasses import dataclass

import reflex as rx
from reflex.event import EventSpec

from energo_cabinet import routes
from energo_cabinet.auth.access import access
from energo_cabinet.errors import CabinetError
from energo_cabinet.formatting import NBSP, dots, moment, number
from energo_cabinet.i18n import text
from energo_cabinet.live.topics import on_change
from energo_cabinet.services.exchange.told import LOADED
from energo_cabinet.services.point.point import PointCard, list_points
from energo_cabinet.services.reading.decision import TOPIC
from energo_cabinet.state.base import PageState
from energo_cabinet.state.frame.session import SessionState


@dataclass(frozen=True)
class PointRow:
    """A point as the list shows it."""

    id: int
    number: str
    name: str
    place: str
    contract: str
    resource: str
    meter: str
    serial: str
    badge: str
    readings: tuple[str, ...]
    read_at: str
    address: str
    submit: str


@access("customer")
class PointsState(PageState, rx.State):
    """Points of the contract in view, or of all; `status` "loading", "ready", "empty", "no_contracts", "failed"."""

    rows: list[PointRow] = []
    shows_all: bool = False

    @rx.event
    async def load(self):
        """Read the list; `?all=1` in the address shows every contract's points."""
        return await self._read()

    @rx.event
    async def leave(self):
        """Forget the rows with the page."""
        self.reset()

    async def _read(self) -> EventSpec | None:
        session = await self.get_state(SessionState)
        self.shows_all = self.router.url.query_parameters.get("all", "") == "1"
        asked = self._ask(list_points, None if self.shows_all else session._contract_id)
        return await self._load(asked, lambda cards: self._show(cards, bool(session.contracts)))

    def _refused(self, error: CabinetError) -> bool:
        self._failed()
        return True

    def _failed(self) -> None:
        self.rows, self.status = [], "failed"

    def _show(self, cards: list[PointCard], has_contracts: bool) -> None:
        self.rows = [_row(card, self._language) for card in cards]
        self.status = "ready" if cards else "empty" if has_contracts else "no_contracts"


@on_change(LOADED)
@on_change(TOPIC)
async def refresh_points(root: rx.State) -> None:
    """A reading was sent or answered: the last readings anew in a tab that lists them."""
    state = await root.get_state(PointsState)
    if state.router.url.path.rstrip("/") == routes.POINTS and state.status != "loading":
        await state._read()


def _row(card: PointCard, language: str) -> PointRow:
    return PointRow(
        id=card.id,
        number=card.number,
        name=card.name,
        place=dots([card.place, card.address]),
        contract=card.contract_title,
        resource=text(f"resource.{card.resource.value}", language),
        meter=card.meter_model or card.serial_number or "—",
        serial=text("points.serial_short", language, number=card.serial_number) if card.meter_model else "",
        badge=text("points.smart_short", language) if card.is_smart else "",
        readings=tuple(
            f"{'' if r.zone == 'T0' else r.zone + NBSP}{number(r.value_kwh, language, 3)}" for r in card.last_readings
        ),
        read_at=moment(card.last_read_at),
        address=routes.point(card.id),
        submit="" if card.is_smart or not card.serial_number else routes.point(card.id, "submit"),
    )
