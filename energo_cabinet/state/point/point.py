"""«Общая информация» of a metering point: every field of Н-72…Н-96."""

from __future__ import annotations

import reflex as rx

from energo_cabinet.auth.access import access
from energo_cabinet.services.point.point import PointDetails
from energo_cabinet.state.point.head import PointHead, PointPage
from energo_cabinet.state.point.point_view import PassportView, passport_view


@access("customer")
class PointState(PointPage, rx.State):
    """The passport of the point in the address."""

    head: PointHead = PointHead()
    view: PassportView = PassportView()

    @rx.event
    async def load(self):
        """Read the point; a foreign or impossible id is "missing"."""
        return await self._open()

    @rx.event
    async def leave(self):
        """Forget the point with the page."""
        self.reset()

    def _show_tab(self, details: PointDetails, found: None) -> None:
        self.view, self.status = passport_view(details, self._language), "ready"

    def _forget(self, status: str, message: str) -> None:
        self.status = "failed"  # nothing of this address can be invalid
