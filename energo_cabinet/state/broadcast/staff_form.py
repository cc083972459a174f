"""«Написать уведомление»: the form of a broadcast; the number of people follows the selection."""

from __future__ import annotations

from functools import partial

import reflex as rx
from reflex.event import EventSpec

from energo_cabinet import routes
from energo_cabinet.auth.access import access
from energo_cabinet.domain.typed import id_of
from energo_cabinet.door import Ask
from energo_cabinet.errors import CabinetError, NotFound
from energo_cabinet.formatting import place_of
from energo_cabinet.services.broadcast.broadcast import (
    Options,
    broadcast_audience,
    broadcast_options,
    save_broadcast,
)
from energo_cabinet.services.broadcast.form import FIELDS
from energo_cabinet.services.broadcast.history import BroadcastReport, broadcast_report
from energo_cabinet.services.broadcast.selection import Audience
from energo_cabinet.state.base import ItemPage, texts
from energo_cabinet.state.broadcast.staff_broadcasts_view import ReachView, reach_view

SELECTION = ("locality", "address_part", "consumer_class", "debt_from", "feeder")
NO_ERRORS = dict.fromkeys((*FIELDS, "form"), "")
EMPTY = dict.fromkeys(FIELDS, "") | {"kind": "message"}


@access("staff:notices")
class BroadcastFormState(ItemPage, rx.State):
    """`status`: "loading", "ready", "missing", "failed"; `values`: what the fields begin with; `draft`: its id."""

    draft: str = ""
    values: dict[str, str] = EMPTY
    errors: dict[str, str] = NO_ERRORS
    reach: ReachView = ReachView()
    localities: list[dict[str, str]] = []
    feeders: list[dict[str, str]] = []
    zone: str = ""
    is_busy: bool = False
    _chosen: dict[str, str] = {}

    @rx.event
    async def load(self):
        """An empty form, or the draft of the address: `?draft=5`."""
        self.reset()
        wanted = self.router.url.query_parameters.get("draft", "")
        return await self._load(self._read(wanted), lambda elsewhere: elsewhere)

    @rx.event
    async def choose(self, name: str, value: str):
        """A condition of the selection has changed: count anew."""
        if name not in SELECTION or not isinstance(value, str):
            return
        self._chosen = self._chosen | {name: value[:300]}
        await self._count()

    @rx.event
    async def submit(self, form: dict):
        """«Сохранить и проверить»."""
        self.is_busy, self.errors = True, NO_ERRORS
        yield
        given = texts(form, *FIELDS)
        try:
            saved = await self._ask(save_broadcast, given, _id(self.draft) if self.draft else None)
        except CabinetError as error:
            messages = self._field_messages(error)
            self.errors = NO_ERRORS | messages
            return
        finally:
            self.is_busy = False
        yield rx.redirect(routes.staff_notice(saved))

    @rx.event
    async def leave(self):
        """Forget the form with the page."""
        self.reset()

    async def _read(self, wanted: str) -> EventSpec | None:
        options, report, counted = await self._ask_together(partial(_opened, _id(wanted) if wanted else None))
        if report:
            if report.card.status != "draft":
                return rx.redirect(routes.staff_notice(report.card.id))
            self.values = EMPTY | dict(report.values)
        self.draft = wanted
        self.localities = _options([*options.localities, self.values["locality"]])
        self.feeders = _options([*options.feeders, self.values["feeder"]])
        self.zone = place_of(options.zone_name, self._language)
        self._chosen = _selection(self.values)
        self._show(counted)
        self.status = "ready"
        return None

    async def _count(self) -> None:
        self._show(await self._ask_together(partial(_counted, self._chosen)))

    def _show(self, counted: Audience | CabinetError) -> None:
        quiet = dict.fromkeys(SELECTION, "")
        if isinstance(counted, CabinetError):
            self.errors = self.errors | quiet | self._field_messages(counted)
            return
        self.errors = self.errors | quiet
        self.reach = reach_view(counted, self._language)


def _opened(draft_id: int | None, ask: Ask) -> tuple[Options, BroadcastReport | None, Audience | CabinetError]:
    """What the fields offer, the draft, and how many its selection reaches."""
    report = ask(broadcast_report, draft_id) if draft_id is not None else None
    values = EMPTY | dict(report.values) if report else EMPTY
    return ask(broadcast_options), report, _counted(_selection(values), ask)


def _counted(chosen: dict[str, str], ask: Ask) -> Audience | CabinetError:
    """How many a selection reaches, or what is wrong with it."""
    try:
        return ask(broadcast_audience, chosen)
    except CabinetError as error:
        return error


def _selection(values: dict[str, str]) -> dict[str, str]:
    return {name: values[name] for name in SELECTION}


def _id(value: str) -> int:
    """An id out of the address; NotFound for what is none."""
    if (found := id_of(value)) is None:
        raise NotFound
    return found


def _options(values: list[str]) -> list[dict[str, str]]:
    return [{"value": value, "label": value} for value in sorted(set(values) - {""})]
