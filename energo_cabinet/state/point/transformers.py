"""«Трансформаторы тока и напряжения» of a metering point (Н-114…Н-127)."""

from __future__ import annotations

import reflex as rx

from energo_cabinet import routes
from energo_cabinet.auth.access import access
from energo_cabinet.errors import NotFound, NotSignedIn
from energo_cabinet.services.point.point import point_details
from energo_cabinet.services.point.transformer import list_transformers
from energo_cabinet.state.base import log
from energo_cabinet.state.point.head import PointHead, PointPage, head_of
from energo_cabinet.state.point.transformers_view import PhaseView, transformers_view


@access("customer")
class TransformersState(PointPage, rx.State):
    """The transformers of the point in the address; `status` as in PointPage."""

    status: str = "loading"
    head: PointHead = PointHead()
    phases: list[PhaseView] = []

    @rx.event
    async def load(self):
        """Read them; a foreign or impossible id is "missing", a point without any "none"."""
        try:
            details = await self._ask(point_details, await self._point_id())
            await self._show_contract_of(details)
            found = await self._ask(list_transformers, details.card.id)
        except NotSignedIn:
            return rx.redirect(routes.LOGIN)
        except NotFound:
            self.reset()
            self.status = "missing"
            return None
        except Exception:
            log.exception("transformers failed to load")
            self.status = "failed"
            return None
        self.head = head_of(details, self._language)
        self.phases = transformers_view(found, self._language)
        self.status = "ready" if found else "none"
        return None

    @rx.event
    async def leave(self):
        """Forget them with the page."""
        self.reset()
