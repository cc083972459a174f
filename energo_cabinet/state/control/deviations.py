"""«Контроль отклонений» (Э-58): how everything stands, what was violated, acceptance with an explanation; live."""

from __future__ import annotations

import reflex as rx
from reflex.event import EventSpec

from energo_cabinet import routes
from energo_cabinet.auth.access import access
from energo_cabinet.errors import CabinetError
from energo_cabinet.formatting import counted
from energo_cabinet.i18n import text
from energo_cabinet.live.topics import on_change
from energo_cabinet.services.control.violation import PAGE, SHOWS, acknowledge, control_board, list_violations
from energo_cabinet.services.control.violation_notice import TOPIC
from energo_cabinet.state.base import PageState, texts
from energo_cabinet.state.control.deviations_view import BoardRow, ViolationRow, alarm_of, board_rows, violation_rows
from energo_cabinet.state.frame.session import SessionState


@access("customer")
class DeviationsState(PageState, rx.State):
    """`status`: "loading", "ready", "empty", "no_contracts", "failed"; `accepting`: the dialog's violation, or 0."""

    head: dict[str, str] = {"sub": "", "alarm": "", "alarm_text": "", "show": "all"}
    alarm: int = 0
    board: list[BoardRow] = []
    rows: list[ViolationRow] = []
    has_more: bool = False
    accepting: int = 0
    about: str = ""
    error: str = ""
    notice: str = ""

    @rx.event
    async def load(self):
        """Read board and journal; `?show=open` leaves what was accepted out."""
        self.accepting, self.error, self.notice = 0, "", ""
        return await self._try(PAGE)

    @rx.event
    async def more(self):
        """The next page of the journal."""
        return await self._try(len(self.rows) + PAGE)

    @rx.event
    async def open_accept(self, violation_id: int):
        """«Принять»: ask for the explanation."""
        row = next((row for row in self.rows if row.id == violation_id and row.can_accept), None)
        if row is not None:
            self.accepting, self.error = row.id, ""
            self.about = f"{row.name}: {row.what}. {row.began}, {row.lasted}, {row.size}"

    @rx.event
    async def close(self):
        """Close the dialog and the confirmation."""
        self.accepting, self.error, self.notice = 0, "", ""

    @rx.event
    async def accept(self, form: dict):
        """«Принять с пояснением»."""
        try:
            await self._ask(acknowledge, self.accepting, texts(form, "comment")["comment"])
        except CabinetError as error:
            self.error = " ".join(self._field_messages(error).values())
            return None
        self.accepting, self.error = 0, ""
        self.notice = text("deviations.accepted", self._language)
        return await self._try(max(len(self.rows), PAGE))

    @rx.event
    async def leave(self):
        """Forget everything with the page."""
        self.reset()

    @property
    def _is_in_view(self) -> bool:
        return self.router.url.path.rstrip("/") == routes.DEVIATIONS

    async def _try(self, limit: int) -> EventSpec | None:
        return await self._load(self._read(limit))

    def _failed(self) -> None:
        self.board, self.rows, self.status = [], [], "failed"

    async def _read(self, limit: int) -> None:
        session = await self.get_state(SessionState)
        if session._contract_id is None:
            self.status = "no_contracts"
            return
        wanted = self.router.url.query_parameters.get("show", "")
        show = wanted if wanted in SHOWS else "all"
        contract_id = session._contract_id
        board, page, waiting = await self._ask_together(
            lambda ask: (
                ask(control_board, contract_id),
                ask(list_violations, contract_id, show, 0, limit),
                ask(list_violations, contract_id, "open", 0, 1),
            )
        )
        title, words, self.alarm = alarm_of(waiting.items, self._language)
        count = counted(
            len({(line.point_id, line.group_id) for line in board.lines}) + len(board.unset),
            "deviations.points",
            self._language,
        )
        key = "deviations.sub_open" if board.waiting else "deviations.sub"
        sub = text(key, self._language, contract=session.title, points=count, open=board.waiting)
        self.head = {"sub": sub, "alarm": title, "alarm_text": words, "show": show}
        self.board, self.rows = board_rows(board, self._language), violation_rows(page.items, self._language)
        self.has_more = page.next is not None
        self.status = "ready" if board.lines or self.rows or show != "all" else "empty"


@on_change(TOPIC)
async def refresh_deviations(root: rx.State) -> None:
    """Read the board anew in a tab that shows it."""
    state = await root.get_state(DeviationsState)
    if state._is_in_view and state.status in ("ready", "empty"):
        await state._try(max(len(state.rows), PAGE))
