"""The page «Передать показания»: typed, doubted, confirmed, sent; its history follows the supplier's answers live."""

from __future__ import annotations

import secrets
from functools import partial

import reflex as rx

from energo_cabinet.auth.access import access
from energo_cabinet.domain.attachment import attachment_ids
from energo_cabinet.door import Ask
from energo_cabinet.errors import CabinetError
from energo_cabinet.live.topics import on_change
from energo_cabinet.services.contract.contract import ContractCard, list_contracts
from energo_cabinet.services.reading.decision import TOPIC
from energo_cabinet.services.reading.meter import MeterToRead
from energo_cabinet.services.reading.submission import (
    PAGE,
    ReadingForm,
    SubmissionPage,
    Submitted,
    list_submissions,
    meter_to_read,
    submit_reading,
)
from energo_cabinet.state.base import ItemPage, texts
from energo_cabinet.state.frame.session import SessionState
from energo_cabinet.state.period import point_id_of
from energo_cabinet.state.reading.submission_view import SentView, SubmitView, doubt_words, sent_view, submit_view

REGISTERS = ("T0", "T1", "T2", "T3", "T4")
NO_ERRORS = dict.fromkeys((*REGISTERS, "read_on", "attachments", "form"), "")


@access("customer")
class SubmissionState(ItemPage, rx.State):
    """`status`: "loading", "open", "closed", "smart", "no_meter", "missing", "failed"; `asked`: how often doubted."""

    view: SubmitView = SubmitView()
    errors: dict[str, str] = NO_ERRORS
    doubts: list[str] = []
    asked: int = 0
    is_busy: bool = False
    sent: SentView = SentView()
    rows: list[SentView] = []
    has_more: bool = False
    _key: str = ""
    _doubted: dict[str, str] = {}

    @rx.event
    async def load(self):
        """Read the meter of the address and what was sent for it."""
        self.reset()
        self._key = secrets.token_hex(16)
        return await self._load(self._read())

    @rx.event
    async def submit(self, form: dict):
        """«Отправить показания»."""
        self.is_busy, self.errors = True, NO_ERRORS
        yield
        given = texts(form, *REGISTERS, "read_on", "attachments")
        values = {zone: given[zone] for zone in REGISTERS if given[zone]}
        typed = {**values, "read_on": given["read_on"]}
        confirmed = isinstance(form, dict) and form.get("confirmed") in (True, "on", "true") and typed == self._doubted
        files = tuple(attachment_ids(given["attachments"]))
        try:
            answer = await self._ask(
                submit_reading, self._point(), ReadingForm(self._key, values, given["read_on"], confirmed, files)
            )
            await self._answered(answer, typed)
        except CabinetError as error:
            self.errors = {**NO_ERRORS, **self._beside(error)}
        finally:
            self.is_busy = False

    @rx.event
    async def more(self):
        """Append the next page of the history."""
        if self.has_more and self.rows:
            page = await self._ask(list_submissions, self._point(), self.rows[-1].id)
            self.rows = [*self.rows, *(sent_view(item, self._language) for item in page.items)]
            self.has_more = page.next is not None

    @rx.event
    async def leave(self):
        """Forget the meter with the page."""
        self.reset()

    @property
    def _is_in_view(self) -> bool:
        path = self.router.url.path.rstrip("/")
        return path.startswith("/points/") and path.endswith("/submit")

    def _point(self) -> int:
        return point_id_of(self.router.url.path)

    def _beside(self, error: CabinetError) -> dict[str, str]:
        """Field → message; what belongs to none stands above the form."""
        found = self._field_messages(error)
        return {name if name in NO_ERRORS else "form": words for name, words in found.items()}

    async def _answered(self, answer: Submitted, typed: dict[str, str]) -> None:
        if answer.sent is None:
            meter = await self._ask(meter_to_read, self._point())
            self._doubted, self.asked = typed, self.asked + 1
            self.doubts = doubt_words(answer.doubts, meter, self._language) if meter else []
            return
        self.doubts, self._doubted, self._key = [], {}, secrets.token_hex(16)
        self.sent = sent_view(answer.sent, self._language)
        await self._read()

    async def _read(self) -> None:
        found = await self._ask_together(partial(_opened, self._point(), max(len(self.rows), PAGE)))
        if found is None:
            self.status, self.rows = "no_meter", []
            return
        meter, page, contracts = found
        self.view = submit_view(meter, self._language)
        self.rows = [sent_view(item, self._language) for item in page.items]
        self.has_more = page.next is not None
        self.sent = next((row for row in self.rows if row.id == self.sent.id), self.sent)
        self.status = "smart" if meter.is_smart else "open" if meter.window.is_open else "closed"
        (await self.get_state(SessionState))._show_among(contracts, meter.contract_id)


def _opened(point_id: int, limit: int, ask: Ask) -> tuple[MeterToRead, SubmissionPage, list[ContractCard]] | None:
    """The meter, the newest `limit` of what was sent for it, and the contracts of the frame; None without a meter."""
    meter = ask(meter_to_read, point_id)
    return None if meter is None else (meter, ask(list_submissions, point_id, None, limit), ask(list_contracts))


@on_change(TOPIC)
async def refresh_submissions(root: rx.State) -> None:
    """Read the history anew in a tab that shows it; what is being typed stays."""
    state = await root.get_state(SubmissionState)
    if state._is_in_view and state.status in ("open", "closed", "smart"):
        await state._read()
