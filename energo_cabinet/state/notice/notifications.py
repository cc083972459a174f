"""The page «Уведомления» (Н-128…Н-137): what is listed, read and opened; kept up to date by pushes."""

from __future__ import annotations

import reflex as rx
from reflex.event import EventSpec

from energo_cabinet import routes
from energo_cabinet.auth.access import access
from energo_cabinet.errors import NotFound
from energo_cabinet.live.topics import on_change
from energo_cabinet.services.notice.notification import (
    PAGE,
    SHOWS,
    TOPIC,
    NotificationPage,
    list_notifications,
    read_all,
    read_notification,
)
from energo_cabinet.state.base import PageState
from energo_cabinet.state.notice.notifications_view import NotificationRow, row_of
from energo_cabinet.state.notice.unread import UnreadState


@access("customer")
class NotificationsState(PageState, rx.State):
    """`status`: "loading", "ready", "empty", "failed"; `show`: as the address asks; `opened`: the unfolded one."""

    show: str = "all"
    rows: list[NotificationRow] = []
    opened: int = 0
    has_more: bool = False
    _next: int | None = None

    @rx.event
    async def load(self):
        """Read the list; `?show=unread|supplier|meters` in the address filters it."""
        wanted = self.router.url.query_parameters.get("show", "")
        self.show, self.opened = (wanted if wanted in SHOWS else "all"), 0
        return await self._try(PAGE)

    @rx.event
    async def more(self):
        """Append the next page."""
        if self._next is None:
            return
        page = await self._ask(list_notifications, self.show, self._next)
        self.rows = [*self.rows, *self._rows(page)]

    @rx.event
    async def open(self, notification_id: int):
        """Mark one read; one that leads nowhere else unfolds, or folds again."""
        try:
            item = await self._ask(read_notification, notification_id)
        except NotFound:
            return await self._try(PAGE)
        leads_on = bool(row_of(item, self._language).address)
        self.opened = 0 if leads_on or self.opened == item.id else item.id
        return await self._reread()

    @rx.event
    async def read_all(self):
        """«Прочитать все»."""
        await self._ask(read_all)
        return await self._reread()

    @rx.event
    async def leave(self):
        """Forget the rows with the page."""
        self.reset()

    @property
    def _is_in_view(self) -> bool:
        return self.router.url.path.rstrip("/") == routes.NOTIFICATIONS

    async def _reread(self) -> EventSpec | None:
        """As many as are shown, and the numbers in the frame."""
        await (await self.get_state(UnreadState))._read()
        return await self._try(max(len(self.rows), PAGE))

    async def _try(self, limit: int) -> EventSpec | None:
        asked = self._ask(list_notifications, self.show, None, limit, self.opened or None)
        return await self._load(asked, self._show)

    def _failed(self) -> None:
        self.rows, self.status, self.has_more = [], "failed", False

    def _show(self, page: NotificationPage) -> None:
        self.rows = self._rows(page)
        self.status = "ready" if self.rows else "empty"

    def _rows(self, page: NotificationPage) -> list[NotificationRow]:
        self._next, self.has_more = page.next, page.next is not None
        return [row_of(item, self._language) for item in page.items]


@on_change(TOPIC)
async def refresh_notifications(root: rx.State) -> None:
    """Read the list anew in a tab that shows it."""
    state = await root.get_state(NotificationsState)
    if state._is_in_view and state.status != "loading":
        await state._try(max(len(state.rows), PAGE))
