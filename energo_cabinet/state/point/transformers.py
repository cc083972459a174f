"""«Трансформаторы тока и напряжения» of a metering point (Н-114…Н-127)."""

from __future__ import annotations

from collections.abc import Sequence

import reflex as rx

from energo_cabinet.auth.access import access
from energo_cabinet.services.point.point import PointDetails
from energo_cabinet.services.point.transformer import PhaseTransformers, list_transformers
from energo_cabinet.state.point.head import PointHead, PointPage, Tab
from energo_cabinet.state.point.transformers_view import PhaseView, transformers_view


@access("customer")
class TransformersState(PointPage, rx.State):
    """The transformers of the point in the address; `status` as in PointPage."""

    head: PointHead = PointHead()
    phases: list[PhaseView] = []

    @rx.event
    async def load(self):
        """Read them; a foreign or impossible id is "missing", a point without any "none"."""
        return await self._open()

    @rx.event
    async def leave(self):
        """Forget them with the page."""
        self.reset()

    def _tab(self, query: dict[str, str]) -> Tab:
        return lambda ask, details: ask(list_transformers, details.card.id)

    def _show_tab(self, details: PointDetails, found: Sequence[PhaseTransformers]) -> None:
        self.phases, self.status = transformers_view(found, self._language), "ready" if found else "none"

    def _forget(self, status: str, message: str) -> None:
        self.status = "failed"  # nothing of this address can be invalid
