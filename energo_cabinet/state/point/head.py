"""What stands above the tabs of a metering point, and the way its pages begin to load."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from typing import Any

from reflex.event import EventSpec

from energo_cabinet import routes
from energo_cabinet.door import Ask
from energo_cabinet.errors import CabinetError, NotFound
from energo_cabinet.formatting import moment
from energo_cabinet.i18n import text
from energo_cabinet.services.contract.contract import ContractCard, list_contracts
from energo_cabinet.services.point.point import PointDetails, point_details
from energo_cabinet.state.base import AddressedPage, tried
from energo_cabinet.state.frame.session import SessionState
from energo_cabinet.state.period import point_id_of

Tab = Callable[[Ask, PointDetails], Any]
"""Reads a tab's own part of a point; it runs in the door's thread."""


@dataclass(frozen=True)
class PointHead:
    """Title, badge, subtitle and the addresses of the tabs; `title` "" until loaded."""

    title: str = ""
    badge: str = ""
    parts: tuple[str, ...] = ()
    info: str = ""
    readings: str = ""
    profile: str = ""
    events: str = ""
    transformers: str = ""
    submit: str = ""
    network: str = ""


class PointPage(AddressedPage, mixin=True):
    """Mixin of the tabs: `status` is "loading", "ready", "empty", "none", "invalid", "missing", "failed".

    A tab adds `_tab`, which says what it reads of the point, `_show_tab`, which shows that, and `_forget`, which shows
    nothing but why. The point and the tab's own part pass the door together.
    """

    head: PointHead = PointHead()

    async def _open(self) -> EventSpec | None:
        """The point in the address: its head, its contract in the frame, then what the tab reads of it."""
        return await self._load(self._read_point())

    async def _read_point(self) -> None:
        session = await self.get_state(SessionState)
        asked = partial(_opened, point_id=self._point_id(), shown=session._contract_id, tab=self._tab(self._query()))
        details, contracts, found = await self._ask_together(asked)
        if details.card.contract_id is not None and contracts is not None:
            session._show_among(contracts, details.card.contract_id)
        self.head = head_of(details, self._language)
        self._show_head()
        self._show_tab(details, found())

    def _refused(self, error: CabinetError) -> bool:
        if not isinstance(error, NotFound):
            return super()._refused(error)
        self.reset()
        self.status = "missing"
        return True

    def _tab(self, query: dict[str, str]) -> Tab:
        """What is read of the point besides its passport, by the choices of the address."""
        return lambda ask, details: None

    def _show_head(self) -> None:
        """The point is known, whatever becomes of the rest."""

    def _show_tab(self, details: PointDetails, found: Any) -> None:
        raise NotImplementedError

    def _point_id(self) -> int:
        """The id in the address; NotFound for what is none."""
        return point_id_of(self.router.url.path)

    def _query(self) -> dict[str, str]:
        return dict(self.router.url.query_parameters)


def _opened(
    ask: Ask, point_id: int, shown: int | None, tab: Tab
) -> tuple[PointDetails, list[ContractCard] | None, Callable[[], Any]]:
    """The point, the contracts where the frame shows another than the point's, and what the tab shows or why not."""
    details = ask(point_details, point_id)
    contracts = None if details.card.contract_id in (None, shown) else ask(list_contracts)
    return details, contracts, tried(lambda: tab(ask, details))


def newest_day(details: PointDetails) -> date | None:
    """The newest day with data, so that old data open on themselves; None for a point without any.

    A reading at midnight closes the day before.
    """
    if details.card.last_interval_on is not None:
        return details.card.last_interval_on
    at = details.card.last_read_at
    return None if at is None else (at - timedelta(seconds=1)).date()


def head_of(details: PointDetails, language: str) -> PointHead:
    """The head in the user's language."""
    card = details.card
    kind = "points.smart" if card.is_smart else "points.plain"
    serial = text("points.serial", language, number=card.serial_number) if card.serial_number else ""
    at = text("points.read_at", language, moment=moment(card.last_read_at)) if card.last_read_at else ""
    return PointHead(
        title=card.name,
        badge=text(kind, language) if card.serial_number else "",
        parts=tuple(part for part in (card.meter_model, serial, at) if part),
        info=routes.point(card.id),
        readings=routes.point(card.id, "readings"),
        profile=routes.point(card.id, "load-profile"),
        events=routes.point(card.id, "events"),
        transformers=routes.point(card.id, "transformers"),
        submit="" if card.is_smart or not card.serial_number else routes.point(card.id, "submit"),
        network=routes.point(card.id, "network"),
    )
