"""«Общая информация» of a metering point: every field of Н-72…Н-96."""

from __future__ import annotations

import reflex as rx

from energo_cabinet import routes
from energo_cabinet.auth.access import access
from energo_cabinet.errors import NotFound, NotSignedIn
from energo_cabinet.services.point.point import point_details
from energo_cabinet.state.base import log
from energo_cabinet.state.point.head import PointHead, PointPage, head_of
from energo_cabinet.state.point.point_view import PassportView, passport_view


@access("customer")
class PointState(PointPage, rx.State):
    """The passport of the point in the address."""

    status: str = "loading"
    head: PointHead = PointHead()
    view: PassportView = PassportView()

    @rx.event
    async def load(self):
        """Read the point; a foreign or impossible id is "missing"."""
        try:
            details = await self._ask(point_details, await self._point_id())
            await self._show_contract_of(details)
        except NotSignedIn:
            return rx.redirect(routes.LOGIN)
        except NotFound:
            self.reset()
            self.status = "missing"
            return None
        except Exception:
            log.exception("a point failed to load")
            self.status = "failed"
            return None
        self.head, self.view = head_of(details, self._language), passport_view(details, self._language)
        self.status = "ready"
        return None

    @rx.event
    async def leave(self):
        """Forget the point with the page."""
        self.reset()
